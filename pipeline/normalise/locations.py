"""Locations to the nominative: `Nowej Wsi` -> `Nowa Wieś`, `powiatu nyskiego` -> `powiat nyski`."""

from collections import Counter
from collections.abc import Sequence
from functools import cache, partial

from pipeline.normalise.phrases import (
    Candidate,
    Grammar,
    find_candidates,
    make_name,
    prepare,
    rank_candidates,
    ranked_rule,
    unchanged,
)
from pipeline.normalise.place_words import place_names, read_place_word
from pipeline.records import Name
from pipeline.tables import load_table


@cache
def location_grammar() -> Grammar:
    """Return what places need from the phrase rules."""
    heads = load_table("location_heads")
    return Grammar(
        label="location",
        lexicon=read_place_word,
        heads=frozenset(row["head"] for row in heads),
        compound=True,
    )


@cache
def _name_counts() -> Counter[str]:
    counts = Counter(row["name"] for row in load_table("localities"))
    # A town is written about far more often than a village of the same name.
    counts.update({row["name"]: 20 for row in load_table("localities") if row["kind"] == "town"})
    return counts


@cache
def _names_by_gmina() -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for row in load_table("localities"):
        names.setdefault(row["terc"], set()).add(row["name"])
    return {terc: frozenset(group) for terc, group in names.items()}


def nominative_location(form: str, *, left: str = "", right: str = "", near: Sequence[str] = ()) -> Name:
    """Return the nominative of a place's name.

    Args:
        form: The name as it stands in the text.
        left: Up to 80 characters before it.
        right: Up to 80 characters after it.
        near: TERC codes of gminas that the text is about; their own villages are preferred.

    >>> nominative_location("Nowej Wsi").nominative
    'Nowa Wieś'
    """
    grammar = location_grammar()
    clean = prepare(form, grammar)
    own = frozenset().union(*(_names_by_gmina().get(code, frozenset()) for code in near))
    ranked = rank_candidates(clean, grammar, left=left, extra=partial(_place_features, own=own))
    if not ranked:
        name = unchanged(clean, "location")
        return Name(form=form, nominative=name.nominative, label="location")
    return make_name(form, ranked, "location", ranked_rule(ranked[0].candidate))


def _place_features(candidate: Candidate, *, own: frozenset[str]) -> Sequence[str]:
    name = candidate.nominative
    count = _name_counts().get(name, 0)
    features = [f"register={min(count.bit_length(), 5)}" if name in place_names() else "register=no"]
    if "apposition" in candidate.features:
        head = candidate.group.noun.singular.lower()
        features.append(f"apposition same={head in _shared_case_heads()}")
    if name in own:
        features.append("near")
    return features


@cache
def _shared_case_heads() -> frozenset[str]:
    return frozenset(row["head"] for row in load_table("location_heads") if row["name_case"] == "same")


def location_candidates(form: str, *, left: str = "") -> list[Candidate]:
    """Return every reading of the form, for training."""
    grammar = location_grammar()
    extra = partial(_place_features, own=frozenset())
    return list(find_candidates(prepare(form, grammar), grammar, left=left, extra=extra))
