"""The spine: ingest, extract, normalise, resolve, export."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from pipeline.config import Config, load_config
from pipeline.engines.local import map_chunks
from pipeline.export.dataset import Summary, check_output, finished_summary, read_ids, write_dataset
from pipeline.export.erased import find_file, load_erased
from pipeline.export.manifest import hash_file, make_manifest
from pipeline.export.summary import summarise
from pipeline.extract.nlp import extract_mentions, load_nlp
from pipeline.ingest import Limits, ingest_documents, sort_input
from pipeline.normalise import normalise_extraction
from pipeline.records import Document, Reading
from pipeline.resolve import resolve_actors
from pipeline.resolve.judgements import judged_pairs, load_judgements

Progress = Callable[[int], None]


def run(
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    workers: int | None = None,
    model: str | Path | None = None,
    columns: dict[str, str] | None = None,
    sources: Path | None = None,
    ids: Path | None = None,
    judgements: Path | None = None,
    public_only: bool = False,
    erased: Path | None = None,
    config: Config | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Read articles and write the dataset of their civic actors to the folder `out`.

    Args:
        inputs: Files, folders, globs, or `-` for standard input.
        out: Folder of the dataset; made when missing.
        workers: Processes; the dataset's bytes do not depend on it.
        model: A spaCy pipeline, by folder or package name; None takes the shipped one.
        columns: Names of columns for tables, such as `{"text": "body"}`.
        sources: A CSV of url prefixes or folders with the municipality of each.
        ids: `ids.parquet` of an earlier dataset, whose ids are kept.
        judgements: `judgements.jsonl`: which mentions are of one person, and which are not.
        public_only: Leave out people who hold no public function; `█` stands for their names.
        erased: Who `erase` took out of a dataset, to be left out here too; None takes OUT/erased.jsonl.
        config: Settings; None takes the defaults of config.toml.
        progress: Called with the number of articles read so far.

    Returns:
        What was read, found and refused.

    Raises:
        CivicActorsError: The call, the model or the output folder cannot be used.
    """
    settings = (config or load_config()).changed(workers=workers)
    limits = Limits(max_bytes=settings.max_bytes, max_chars=settings.max_chars)
    ingested = sort_input(ingest_documents(inputs, columns=columns, sources=sources, limits=limits))
    manifest = make_manifest(ingested.all_documents, ingested.rejects, model=model, config=settings)
    manifest |= {"ids": hash_file(ids), "judgements": hash_file(judgements)}
    erased = find_file(out, erased)
    manifest |= {"public_only": public_only, "erased": hash_file(erased)}
    if check_output(Path(out), manifest):
        return finished_summary(Path(out))
    readings = read_documents(ingested.documents, model=model, config=settings, progress=progress)
    judged = judged_pairs(load_judgements(judgements)) if judgements else {}
    resolution = resolve_actors(readings, history=read_ids(ids), judged=judged)
    summary = summarise(Path(out), ingested, readings, resolution)
    return write_dataset(
        Path(out),
        manifest=manifest,
        readings=readings,
        copies=ingested.copies,
        resolution=resolution,
        rejects=ingested.rejects,
        summary=summary,
        public_only=public_only,
        erased=load_erased(erased) if erased else (),
    )


def read_documents(
    documents: Iterable[Document],
    *,
    model: str | Path | None = None,
    config: Config | None = None,
    progress: Progress | None = None,
) -> list[Reading]:
    """Return what each article says, names in the nominative, sorted by article_id."""
    settings = config or load_config()
    read_chunk = partial(_read_chunk, model=model, batch_size=settings.batch_size)
    readings: list[Reading] = []
    for reading in map_chunks(
        read_chunk, documents, chunk_size=settings.chunk_articles, workers=settings.workers
    ):
        readings.append(reading)
        if progress is not None:
            progress(len(readings))
    return sorted(readings, key=lambda reading: reading.document.article_id)


def _read_chunk(
    documents: tuple[Document, ...], *, model: str | Path | None, batch_size: int
) -> list[Reading]:
    extractions = extract_mentions(documents, load_nlp(model), batch_size=batch_size)
    return [normalise_extraction(extraction) for extraction in extractions]
