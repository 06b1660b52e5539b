"""The spine: ingest, extract, normalise, resolve, export."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.addresses import is_here
from pipeline.config import Config, load_config
from pipeline.engines.chunks import make_reader
from pipeline.engines.local import Engine, read_here, read_missing
from pipeline.engines.places import open_places
from pipeline.engines.progress import Meter, StageClock, Tell
from pipeline.engines.readings import Readings
from pipeline.engines.store import ReadingStore
from pipeline.errors import OutputError
from pipeline.export.dataset import (
    Summary,
    finished_summary,
    read_ids,
    read_rejects,
    write_dataset,
)
from pipeline.export.erased import Erased, find_file, load_erased
from pipeline.export.grow import Older
from pipeline.export.ingested import load_ingested, save_ingested
from pipeline.export.manifest import FILE_NAME as MANIFEST
from pipeline.export.manifest import hash_file, hash_input, made_with, read_manifest
from pipeline.export.summary import summarise
from pipeline.export.workspace import Workspace, is_finished, open_workspace, refuse_differences
from pipeline.extract.nlp import load_nlp
from pipeline.files import write_json
from pipeline.garbage import paused_collection
from pipeline.ingest import Ingested, Limits, Mirror, hash_listing, list_inputs, read_listed, sort_input
from pipeline.ingest.spool import Spool
from pipeline.records import Document, Reading
from pipeline.resolve.growth import Grown, grow_actors
from pipeline.resolve.judgements import judged_pairs, load_corrections, load_judgements
from pipeline.resolve.memory import load_memory, save_memory
from pipeline.resolve.settle import Before


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """What a run was asked for, as every stage needs it; `made_with` holds the hashes of model, tables and code."""

    space: Workspace
    made_with: dict[str, Any]
    model: str | Path | None
    config: Config
    update: bool
    ids: Path | None
    judgements: Path | None
    public_only: bool
    erased: Path | None


def run(
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    workers: int | None = None,
    engine: str | None = None,
    spark_master: str | None = None,
    model: str | Path | None = None,
    columns: dict[str, str] | None = None,
    sources: Path | None = None,
    update: bool = False,
    ids: Path | None = None,
    judgements: Path | None = None,
    public_only: bool = False,
    erased: Path | None = None,
    config: Config | None = None,
    progress: Tell | None = None,
) -> Summary:
    """Read articles and write the dataset of their civic actors to the folder `out`.

    Whatever stops a run, the same call goes on where it was: what has been read is kept in `out/.work`.

    Args:
        inputs: Files, folders, globs, `file:` addresses, or `-` for standard input; with Spark also addresses of
            every file system that it knows, such as `hdfs:` and `s3a:`.
        out: Folder of the dataset, or its `file:` address, with Spark any other too; made when missing.
        workers: Processes; the dataset's bytes do not depend on it.
        engine: `local`: processes of this machine; `spark`: workers of Apache Spark, the extra `civic-actors[spark]`.
        spark_master: Where Spark runs, such as `local[2]` or `spark://HOST:7077`.
        model: A spaCy pipeline, by folder or package name; None takes the shipped one.
        columns: Names of columns for tables, such as `{"text": "body"}`.
        sources: A CSV of url prefixes or folders with the municipality of each.
        update: Add the inputs to the finished dataset in `out`, with its ids and its judgements; a source that
            it holds already is read again only where its text has changed.
        ids: `ids.parquet` of an earlier dataset, whose ids are kept.
        judgements: `judgements.jsonl`: which mentions are of one person, which are not, and what is put right.
        public_only: Leave out people who hold no public function; `█` stands for their names.
        erased: Who `erase` took out of a dataset, to be left out here too; None takes OUT/erased.jsonl.
        config: Settings; None takes the defaults of config.toml.
        progress: Told after each chunk how far the run is.

    Returns:
        What was read, found and refused.

    Raises:
        CivicActorsError: The call, the model or the output folder cannot be used.
    """
    settings = (config or load_config()).changed(workers=workers, engine=engine, spark_master=spark_master)
    clock = StageClock()
    with open_places(out, settings) as (folder, mirror), open_workspace(folder) as space:
        told = space.out if is_here(out) else out
        ids, judgements = _own_files(space, ids, judgements) if update else (ids, judgements)
        job = _Job(
            space=space,
            made_with=made_with(model, settings),
            model=model,
            config=settings,
            update=update,
            ids=ids,
            judgements=judgements,
            public_only=public_only,
            erased=find_file(space.out, erased),
        )
        ingested = _ingest(job, inputs, columns=columns, sources=sources, mirror=mirror)
        clock.end("ingest")
        manifest = _describe(job, ingested)
        if _is_done(job, manifest):
            return replace(finished_summary(space.out), out=told)
        readings = _extract_and_normalise(job, ingested, progress)
        clock.end("read")
        with paused_collection():
            grown, older = _resolve(job, readings)
            clock.end("resolve")
            summary = _export(job, ingested, readings, grown, manifest=manifest, older=older)
        clock.end("write")
        write_json(space.work / "stages.json", clock.seconds)
        space.publish()
        if public_only:
            space.forget()
    return replace(summary, out=told)


def read_documents(
    documents: Iterable[Document],
    *,
    model: str | Path | None = None,
    config: Config | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Reading]:
    """Return what each article says, names in the nominative, sorted by article_id; all in memory."""
    settings = config or load_config()
    read = make_reader(model, settings.batch_size)
    ordered = sorted(documents, key=lambda document: document.article_id)
    readings: list[Reading] = []
    for start in range(0, len(ordered), settings.batch_size):
        readings += read(ordered[start : start + settings.batch_size])
        if progress is not None:
            progress(len(readings))
    return readings


def _own_files(space: Workspace, ids: Path | None, judgements: Path | None) -> tuple[Path, Path | None]:
    """Return the ids and judgements of the dataset that is to grow."""
    out = space.out
    if read_manifest(out) is None:
        raise OutputError(f"{out} holds no finished dataset to add to; leave out --update")
    if ids is not None:
        raise OutputError("--update keeps the ids of the dataset that grows; leave out --ids")
    if not space.documents.is_file():
        raise OutputError(
            f"{out} does not keep its articles, because people were left out; run anew over all"
        )
    own = out / "judgements.jsonl"
    return out / "ids.parquet", judgements or (own if own.is_file() else None)


def _ingest(
    job: _Job,
    inputs: Sequence[str | Path],
    *,
    columns: dict[str, str] | None,
    sources: Path | None,
    mirror: Mirror | None,
) -> Ingested:
    """Lay the articles out on disk, unless an earlier start did; those of a dataset that grows are there already."""
    space, config = job.space, job.config
    limits = Limits(
        max_bytes=config.max_bytes, max_chars=config.max_chars, parse_seconds=config.parse_seconds
    )
    found = list_inputs(inputs, columns=columns, sources=sources, limits=limits, mirror=mirror)
    made_from = {
        **job.made_with,
        "listing": hash_listing(found, copies=space.inputs.absolute()),
        "columns": columns,
        "sources": hash_file(sources),
        "added_to": (read_manifest(space.out) or {}).get("input") if job.update else None,
    }
    ingested = load_ingested(space, made_from)
    if ingested is None:
        space.begin_documents(update=job.update)
        items = read_listed(found, columns=columns, sources=sources, limits=limits)
        ingested = sort_input(items, Spool(space.new_documents))
        save_ingested(space, made_from, ingested)
    return _with_old_rejects(space.out, ingested) if job.update else ingested


def _with_old_rejects(out: Path, ingested: Ingested) -> Ingested:
    """Add what the dataset that grows could not use; what was read anew speaks for itself."""
    old = [reject for reject in read_rejects(out) if reject.stage != "extract"]
    rejects = sorted(
        {*old, *ingested.rejects}, key=lambda reject: (reject.source, reject.stage, reject.reason)
    )
    return Ingested(ingested.spool, tuple(rejects), ingested.skipped)


def _describe(job: _Job, ingested: Ingested) -> dict[str, Any]:
    """Return the manifest: the hashes of all that the dataset is made from."""
    files = {"ids": job.ids, "judgements": job.judgements, "erased": job.erased}
    return {
        **job.made_with,
        "input": hash_input(ingested),
        "public_only": job.public_only,
        **{name: hash_file(path) for name, path in files.items()},
    }


def _is_done(job: _Job, manifest: dict[str, Any]) -> bool:
    """Say whether the folder holds this dataset already.

    Raises:
        OutputError: It holds another one that cannot grow into this, or the beginning of another.
    """
    out = job.space.out
    if job.update:
        found = read_manifest(out) or {}
        growing = {key: value for key, value in manifest.items() if key not in ("input", "ids", "judgements")}
        refuse_differences(out, found, growing)
        is_done = all(found.get(key) == manifest[key] for key in ("input", "judgements"))
    else:
        is_done = is_finished(out, manifest)
    if not is_done:
        job.space.check_made_with(job.made_with)
    return is_done


def _extract_and_normalise(job: _Job, ingested: Ingested, progress: Tell | None) -> Readings:
    """Read the articles that no earlier start has read, chunk by chunk; the speed goes to run.json."""
    model, config = job.model, job.config
    load_nlp(model)
    store = ReadingStore(job.space.readings)
    readings = Readings(ingested.spool, store)
    meter = Meter(len(ingested.spool), readings.count_known(), progress)
    read = make_reader(model, config.batch_size)
    known = {article_id for article_id, key in ingested.spool.keys().items() if key in store}
    missing = ingested.spool.only(ingested.spool.keys().keys() - known)
    for documents in read_missing(missing, store, read, config, _engine(model, config)):
        meter.add(len(documents), sum(len(document.text.split()) for document in documents))
    now = meter.now()
    speed = {
        "articles": now.articles,
        "articles_known": now.done - now.articles,
        "words": now.words,
        "seconds": round(now.seconds, 3),
        "words_per_second": round(now.words_per_second, 1),
        "engine": config.engine,
        "workers": config.workers,
    }
    write_json(job.space.work / "speed.json", speed)
    return readings


def _engine(model: str | Path | None, config: Config) -> Engine:
    if config.engine == "local":
        return read_here
    # Imported here: without the extra there is no Spark.
    from pipeline.engines.spark import read_in_spark

    return partial(read_in_spark, model=model)


def _resolve(job: _Job, readings: Readings) -> tuple[Grown, Older | None]:
    """Say who is who; where a dataset grows, join only those whom new articles may sway, and keep its other rows."""
    before = _load_before(job.space) if job.update and _keeps_all(job) else None
    grown = grow_actors(
        readings,
        before=before,
        history=read_ids(job.ids),
        judged=judged_pairs(load_judgements(job.judgements)) if job.judgements else {},
        corrections=load_corrections(job.judgements) if job.judgements else [],
    )
    return grown, Older(job.space.out, grown.kept) if before else None


def _load_before(space: Workspace) -> Before | None:
    """Return what the last resolution of the dataset left, if it is still there."""
    memory = load_memory(space.resolved, space.out / MANIFEST)
    if memory is None:
        return None
    names = ("actors", "affiliations", "evidence", "institutions", "locations")
    return Before(memory, {name: pq.read_table(space.out / f"{name}.parquet") for name in names})


def _keeps_all(job: _Job) -> bool:
    """Say whether nobody is to be left out: what a later run may then build on."""
    return not job.public_only and not _erased(job)


def _erased(job: _Job) -> Sequence[Erased]:
    return load_erased(job.erased) if job.erased else ()


def _export(
    job: _Job,
    ingested: Ingested,
    readings: Readings,
    grown: Grown,
    *,
    manifest: dict[str, Any],
    older: Older | None,
) -> Summary:
    """Write the tables, to be published all at once."""
    space, resolution = job.space, grown.resolution
    refused = list(readings.refused())
    rejects = [*ingested.rejects, *(reject for _, reject in refused)]
    summary = write_dataset(
        space.new_tables,
        manifest=manifest,
        readings=readings.without(grown.kept) if older else readings,
        copies=ingested.spool.copies(),
        refused=(document for document, _ in refused),
        resolution=resolution,
        rejects=rejects,
        summary=summarise(space.out, ingested, grown.memory.articles, rejects, resolution),
        public_only=job.public_only,
        erased=_erased(job),
        older=older,
    )
    if _keeps_all(job):
        save_memory(space.resolved, grown.memory, space.new_tables / MANIFEST)
    ingested.spool.close()
    return summary
