"""A static site of a dataset that opens from disk: `civic-actors report`."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline.export.dataset import Dataset, load_dataset
from pipeline.export.report.words import Language


def report(
    dataset: Dataset | str | Path,
    out: str | Path,
    *,
    all_people: bool = False,
    texts: bool = True,
    language: Language = "pl",
    made_on: date | None = None,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write a static site about a dataset; it opens from disk, without a server or network.

    Args:
        dataset: A dataset or its folder.
        out: New or empty folder, or one that holds an older report, which is replaced.
        all_people: Keep people without a public office too.
        texts: Keep the whole texts of articles; without them a person's sentences and the sources remain.
        language: What the pages speak at first, `pl` or `en`; a reader's switch changes it.
        made_on: Day named on the page about the data; None takes today.
        progress: Called now and then with the number of pages written.

    Returns:
        How many pages were written.

    Raises:
        OutputError: `dataset` is no finished dataset, or `out` holds other files.
    """
    from pipeline.export.public import public_only
    from pipeline.export.report.facts import gather_facts
    from pipeline.export.report.site import About, check_folder, write_site

    whole = dataset if isinstance(dataset, Dataset) else load_dataset(dataset)
    check_folder(Path(out))
    facts = gather_facts(whole if all_people else public_only(whole))
    has_all = all_people and not whole.manifest.get("public_only")
    about = About(made_on=made_on or date.today(), has_all=has_all, texts=texts, manifest=whole.manifest)
    return write_site(Path(out), facts, about, language=language, tell=progress)
