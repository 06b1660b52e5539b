"""Put right what a finished dataset says of a person: checked against its tables, kept for the next run."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from pipeline.errors import CivicActorsError
from pipeline.resolve.corrections import OF_STATEMENT, Correction
from pipeline.resolve.judgements import append_judgement

_COLUMNS = {"role": "role_lemma", "place": "place_lemma"}


def correct_dataset(
    tables: Mapping[str, pd.DataFrame],
    path: Path,
    correction: tuple[str, str, str],
    *,
    who: str,
    why: str = "",
    old: str = "",
    when: str | None = None,
) -> Correction:
    """Add a correction to the judgements file; the next run with `--judgements` obeys it.

    Args:
        tables: mentions, affiliations and evidence of a dataset.
        path: The judgements file.
        correction: actor_id, field (name, given_names, surname, gender, role, place), and the right value;
            an empty value takes back what was corrected.
        who: Who corrects.
        why: In their words.
        old: The wrong role or place; needed when the person has several.
        when: Day; None takes today.

    Raises:
        CivicActorsError: Nobody has the id, or the person has no such role or place, or several.
    """
    actor_id, field, value = correction
    mentions = tables["mentions"]
    own = mentions.loc[mentions["entity_id"] == actor_id, "mention_id"]
    if own.empty:
        raise CivicActorsError(f"nobody in the dataset has the id {actor_id!r}")
    day = when or date.today().isoformat()
    made = Correction(min(own), field, value, who, day, why, old)
    if field in OF_STATEMENT and value:
        _check_old(tables, actor_id, field, old)
    append_judgement(path, made)
    return made


def _check_old(tables: Mapping[str, pd.DataFrame], actor_id: str, field: str, old: str) -> None:
    held = tables["affiliations"]
    ids = held.loc[held["actor_id"] == actor_id, "affiliation_id"]
    said = tables["evidence"]
    values = sorted(set(said.loc[said["affiliation_id"].isin(ids), _COLUMNS[field]].dropna()))
    if old and old not in values or not values:
        raise CivicActorsError(f"no {field} {old!r} is said of them, only: {', '.join(values) or 'none'}")
    if not old and len(values) > 1:
        raise CivicActorsError(f"several are said of them; give --old, one of: {', '.join(values)}")
