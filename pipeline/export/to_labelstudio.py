"""Tasks for Label Studio, everything found filled in, to be corrected and read back as gold."""

from pathlib import Path

from pipeline.export.content import Content, Written
from pipeline.files import write_json, write_text
from pipeline.training.labelstudio import labelling_config, make_task
from pipeline.training.prefill import prefill_gold, tell_undated


def write(content: Content, folder: Path) -> Written:
    """Write `tasks.json` to import, and `config.xml` for the labelling interface."""
    tasks, config = folder / "tasks.json", folder / "config.xml"
    articles = list(prefill_gold(content))
    write_json(tasks, [make_task(article, model_version=content.model[:16]) for article in articles])
    write_text(config, labelling_config())
    return Written((tasks, config), tell_undated(articles))
