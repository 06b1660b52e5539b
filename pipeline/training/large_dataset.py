"""A large dataset about made-up people, table by table, to measure what reads a dataset.

python -m pipeline.training.large_dataset 10000 build/large
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typer

from pipeline.export.manifest import FILE_NAME
from pipeline.export.table_files import write_table
from pipeline.resolve.keys import make_id
from pipeline.schema import TABLES
from pipeline.tables import load_table
from pipeline.training.populations import SEED, make_population

Row = dict[str, Any]
_CLAIMS_EACH = 6.0
_IN_ARTICLE = 4
_EVERYWHERE = 10  # one person is named in one article out of these: the heaviest page
_FILLER = (
    "Spotkanie odbyło się w świetlicy i trwało do wieczora. Mówiono o drogach, o szkole i o zbliżających się "
    "dożynkach; pytań z sali nie brakowało, a kolejne zebranie zapowiedziano na przyszły miesiąc. "
)


@dataclass(slots=True)
class _Draft:
    """The tables so far, and the rows that are found again by what they are about."""

    tables: dict[str, list[Row]] = field(default_factory=lambda: {table.name: [] for table in TABLES})
    known: dict[tuple[str, ...], Row] = field(default_factory=dict)

    def once(self, table: str, key: tuple[str, ...], row: Row) -> Row:
        """Return the row of a key, adding it when it is new."""
        found = self.known.get((table, *key))
        if found is None:
            self.known[table, *key] = found = row
            self.tables[table].append(row)
        return found


def make_large_dataset(out: Path, n_actors: int, *, seed: int = SEED) -> None:
    """Write a dataset of `n_actors` made-up people in the schema's tables; the same seed gives the same rows."""
    claims = _choose_claims(n_actors, seed)
    draft = _Draft()
    everywhere = claims[0]
    for number, start in enumerate(range(0, len(claims), _IN_ARTICLE)):
        told = claims[start : start + _IN_ARTICLE]
        if number % _EVERYWHERE == 0 and all(claim["person_id"] != everywhere["person_id"] for claim in told):
            told = [*told, everywhere | {"published": told[0]["published"]}]
        _add_article(draft, number, told)
    out.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        write_table(out / f"{table.name}.parquet", table, draft.tables[table.name])
    (out / FILE_NAME).write_text(json.dumps({"input": f"made up, seed {seed}"}), encoding="utf-8")


def _choose_claims(n_actors: int, seed: int) -> list[Row]:
    """Return claims of exactly so many people, by gmina and date, as a local paper would name them."""
    claims = make_population(int(n_actors * _CLAIMS_EACH * 1.2), seed=seed, claims_each=_CLAIMS_EACH)
    people = claims["person_id"].drop_duplicates()[:n_actors]
    if len(people) < n_actors:
        raise ValueError(f"the population has only {len(people)} people")
    kept = claims[claims["person_id"].isin(people)].sort_values(
        ["municipality_teryt", "published", "claim_id"]
    )
    rows: list[Row] = [dict(zip(kept.columns, cells, strict=True)) for cells in kept.itertuples(index=False)]
    return list({(row["person_id"], row["published"]): row for row in rows}.values())


def _add_article(draft: _Draft, number: int, claims: Sequence[Row]) -> None:
    teryt = str(claims[0]["municipality_teryt"]) or None
    article_id = make_id("article", str(number))
    text = _FILLER
    for claim in {row["person_id"]: row for row in claims}.values():
        sentence, spans = _write_sentence(claim)
        claim = claim | {"published": claims[0]["published"]}
        _add_claim(
            draft, article_id, claim, sentence, [(label, len(text) + at, word) for label, at, word in spans]
        )
        text += sentence + " " + _FILLER
    draft.tables["articles"].append(
        {
            "article_id": article_id,
            "source": f"large.csv#{number + 1}",
            "url": f"https://gmina.example/aktualnosci/{number}",
            "title": f"Zebranie numer {number + 1}",
            "published": date.fromisoformat(claims[0]["published"]),
            "municipality_teryt": teryt,
            "municipality_confidence": 1.0,
            "text": text,
            "encoding": "utf-8",
            "n_words": len(text.split()),
            "status": "ok",
            "duplicate_of": None,
        }
    )


def _write_sentence(claim: Row) -> tuple[str, list[tuple[str, int, str]]]:
    """Return a sentence with (label, place, words) of each mention in it."""
    parts = [("", "Głos zabrał(a)"), ("role", _role(claim)), ("person", claim["name"])]
    parts += [("", "z:"), ("institution", claim["institution"])] if claim["institution"] else []
    sentence, spans = "", []
    for label, words in parts:
        if label:
            spans.append((label, len(sentence), words))
        sentence += words + " "
    return sentence.rstrip() + ".", spans


def _add_claim(
    draft: _Draft, article_id: str, claim: Row, sentence: str, spans: Sequence[tuple[str, int, str]]
) -> None:
    day = date.fromisoformat(claim["published"])
    actor = _actor(draft, claim, day)
    body = _body(draft, claim)
    office = _office(draft, claim, actor["actor_id"], body["institution_id"] if body else None, day)
    entities = {
        "person": actor["actor_id"],
        "institution": body["institution_id"] if body else None,
        "role": None,
    }
    for label, start, words in spans:
        draft.tables["mentions"].append(_mention(article_id, label, start, words, entities[label]))
    role = next(words for label, _, words in spans if label == "role")
    start = min(place for _, place, _ in spans) - sentence.index(role)
    draft.tables["evidence"].append(
        {"affiliation_id": office["affiliation_id"], "article_id": article_id}
        | {"start": start, "end": start + len(sentence), "sentence": sentence, "person_text": claim["name"]}
        | {"role_text": role, "role_lemma": role, "institution_lemma": claim["institution"] or None}
        | {"place_lemma": None, "status": "current", "since": None, "until": None, "inferred": False}
        | {"rule": "made-up", "confidence": 0.9}
    )


def _mention(article_id: str, label: str, start: int, words: str, entity_id: str | None) -> Row:
    return {
        "mention_id": f"{article_id}:{start}",
        "article_id": article_id,
        "start": start,
        "end": start + len(words),
        "text": words,
        "label": label,
        "lemma": words,
        "lemma_rule": "unchanged",
        "lemma_score": 1.0,
        "lemma_alternatives": [],
        "confidence": 0.9,
        "entity_id": entity_id,
    }


def _actor(draft: _Draft, claim: Row, day: date) -> Row:
    given, _, surname = str(claim["name"]).rpartition(" ")
    fresh = {
        "actor_id": make_id("actor", claim["person_id"]),
        "name": claim["name"],
        "given_names": given,
        "surname": surname,
        "birth_name": None,
        "gender": claim["gender"] or None,
        "title": None,
        "headline": ", ".join(filter(None, (_role(claim), claim["institution"]))),
        "is_public": True,
        "aliases": [],
        "n_articles": 0,
        "n_mentions": 0,
        "first_seen": day,
        "last_seen": day,
    }
    actor = draft.once("actors", (claim["person_id"],), fresh)
    if claim["name"] not in (actor["name"], *actor["aliases"]):
        actor["aliases"].append(claim["name"])
    actor["n_mentions"] += 1
    return _seen(actor, day)


def _body(draft: _Draft, claim: Row) -> Row | None:
    if not claim["institution"]:
        return None
    fresh = {
        "institution_id": make_id("institution", claim["institution"]),
        "name": claim["institution"],
        "kind": None,
        "acronym": None,
        "parent_id": None,
        "location_id": None,
        "teryt": claim["municipality_teryt"] or None,
        "aliases": [],
        "n_articles": 0,
        "n_mentions": 0,
    }
    body = draft.once("institutions", (claim["institution"],), fresh)
    body["n_articles"] += 1
    body["n_mentions"] += 1
    return body


def _office(draft: _Draft, claim: Row, actor_id: str, institution_id: str | None, day: date) -> Row:
    key = (actor_id, claim["role_code"], institution_id or "")
    fresh = {
        "affiliation_id": make_id("affiliation", *key),
        "actor_id": actor_id,
        "role": _role(claim),
        "role_code": claim["role_code"] or None,
        "institution_id": institution_id,
        "location_id": None,
        "status": "current",
        "since": None,
        "until": None,
        "inferred": False,
        "conflict": False,
        "first_seen": day,
        "last_seen": day,
        "n_articles": 0,
        "confidence": 0.9,
    }
    return _seen(draft.once("affiliations", key, fresh), day)


def _seen(row: Row, day: date) -> Row:
    row["n_articles"] += 1
    row["first_seen"] = min(row["first_seen"], day)
    row["last_seen"] = max(row["last_seen"], day)
    return row


def _role(claim: Row) -> str:
    return _roles().get(claim["role_code"], "mieszkaniec")


@cache
def _roles() -> dict[str, str]:
    """Return the first lemma of each code."""
    return {row["code"]: row["lemma"] for row in reversed(load_table("roles"))}


def main(n_actors: int, out: Path, seed: int = SEED) -> None:
    """Write a dataset of made-up people."""
    make_large_dataset(out, n_actors, seed=seed)


if __name__ == "__main__":
    typer.run(main)
