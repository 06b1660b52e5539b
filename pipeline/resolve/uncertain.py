"""The pairs of a finished dataset of which a person's judgement would say most."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.records import Reason
from pipeline.resolve.block import candidate_pairs, is_vague
from pipeline.resolve.claim_rows import make_table_claims
from pipeline.resolve.claims import count_names
from pipeline.resolve.compare import Claim
from pipeline.resolve.matcher import Matcher, Pair, ordered

_WIDTH = 3.0  # scores this near to 0 are uncertain


@dataclass(frozen=True, slots=True)
class UncertainPair:
    """Two people of two articles, whether they are one in the dataset, and what was compared."""

    left: str
    right: str
    are_joined: bool
    score: float
    reasons: tuple[Reason, ...]


def find_uncertain(tables: Mapping[str, pd.DataFrame], judged: Iterable[Pair] = ()) -> list[UncertainPair]:
    """Return the pairs whose score is nearest to 0, the most uncertain first; judged ones are left out.

    Args:
        tables: The tables mentions, articles, affiliations, evidence and institutions of a dataset.
        judged: Pairs of mention ids, the smaller first.
    """
    settled = set(judged)
    people = list_people(tables)
    claims = make_table_claims(people)
    actor_of = dict(zip(people["claim_id"], people["actor_id"], strict=True))
    matcher = Matcher(count_names(claims))
    found = [
        UncertainPair(left.claim_id, right.claim_id, joined, value, tuple(matcher.explain(left, right)))
        for left, right in _pairs(claims)
        if abs(value := matcher.score(left, right)) < _WIDTH
        if ordered(left.claim_id, right.claim_id) not in settled
        for joined in (actor_of[left.claim_id] == actor_of[right.claim_id],)
    ]
    return sorted(found, key=lambda pair: (abs(pair.score), pair.left, pair.right))


def list_people(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row a person of one article: the first mention's id, the fullest name, an office, a place."""
    mentions = tables["mentions"]
    people = mentions[(mentions["label"] == "person") & mentions["entity_id"].notna()].copy()
    people["length"] = people["lemma"].str.len()
    first = people.groupby(["article_id", "entity_id"])["mention_id"].min().rename("claim_id")
    named = people.sort_values(["length", "mention_id"], ascending=[False, True])
    named = named.drop_duplicates(["article_id", "entity_id"]).set_index(["article_id", "entity_id"])
    rows = pd.DataFrame({"claim_id": first, "name": named["lemma"]}).reset_index()
    rows = rows.rename(columns={"entity_id": "actor_id"}).merge(
        _offices(tables), on=["article_id", "actor_id"], how="left"
    )
    articles = tables["articles"][["article_id", "published", "municipality_teryt"]]
    return rows.merge(articles, on="article_id", how="left").sort_values("claim_id", ignore_index=True)


def _offices(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return an office and body of each person in each article: those of the surest sentence."""
    held = tables["affiliations"][["affiliation_id", "actor_id", "role_code"]]
    said = tables["evidence"][["affiliation_id", "article_id", "institution_lemma", "confidence", "start"]]
    rows = said.merge(held, on="affiliation_id").sort_values(["confidence", "start"], ascending=[False, True])
    rows = rows.drop_duplicates(["article_id", "actor_id"]).rename(
        columns={"institution_lemma": "institution"}
    )
    return rows[["article_id", "actor_id", "role_code", "institution"]]


def _pairs(claims: Sequence[Claim]) -> Iterable[tuple[Claim, Claim]]:
    whole = [claim for claim in claims if not is_vague(claim)]
    return ((whole[left], whole[right]) for left, right in dict.fromkeys(candidate_pairs(whole)))


def show_sides(tables: Mapping[str, pd.DataFrame], pair: UncertainPair) -> list[dict[str, Any]]:
    """Return for both sides the name, article and sentences, as a reader needs them to judge."""
    mentions = tables["mentions"]
    sides = []
    for mention_id in (pair.left, pair.right):
        found = mentions[mentions["mention_id"] == mention_id].iloc[0]
        article_id, actor_id = str(found["article_id"]), str(found["entity_id"])
        named = mentions[(mentions["article_id"] == article_id) & (mentions["entity_id"] == actor_id)]
        sides.append(
            {
                "mention_id": mention_id,
                "name": max(named["lemma"], key=len),
                "article_id": article_id,
                "sentences": _sentences(tables, article_id, actor_id),
            }
        )
    return sides


def _sentences(tables: Mapping[str, pd.DataFrame], article_id: str, actor_id: str) -> list[str]:
    held = tables["affiliations"]
    ids = set(held.loc[held["actor_id"] == actor_id, "affiliation_id"])
    said = tables["evidence"]
    chosen = said[(said["article_id"] == article_id) & said["affiliation_id"].isin(ids)]
    return list(dict.fromkeys(chosen["sentence"]))
