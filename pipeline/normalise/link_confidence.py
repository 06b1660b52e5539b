"""How sure a statement is: the linker's score and the mentions' own confidence, as the share that is right.

What the linker and inheritance are sure of says nothing of the mentions they work on. A map with a step at each
of a few bounds joins the two; what is surer is never held less likely. Source:
data/tables/link_confidence.tsv, fitted and checked by `pipeline.training.link_confidence`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from math import prod

from pipeline.records import Link, Mention
from pipeline.tables import load_table
from pipeline.weights import Logistic

_SCORES = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
_MENTIONS = (0.4, 0.6, 0.7, 0.8, 0.9)


def weigh_links(links: Iterable[Link], mentions: Sequence[Mention]) -> tuple[Link, ...]:
    """Return links whose confidence is the chance that all they state is right."""
    model = _load_map()
    return tuple(
        replace(link, confidence=round(model.score(list(link_features(link, mentions))), 4)) for link in links
    )


def link_features(link: Link, mentions: Sequence[Mention]) -> Iterator[str]:
    """Yield the steps that a link reaches.

    Args:
        link: With the confidence that the linker and inheritance leave it.
        mentions: Of its article, with their own.
    """
    sure = prod(mentions[part].confidence for part in _parts(link))
    yield "bias"
    yield f"inferred={'+'.join(link.inferred)}"
    yield from (f"link>={bound}" for bound in _SCORES if link.confidence >= bound)
    yield from (f"mentions>={bound}" for bound in _MENTIONS if sure >= bound)
    yield from (f"both>={bound}" for bound in _SCORES if link.confidence * sure >= bound)


def _parts(link: Link) -> list[int]:
    return [part for part in (link.person, link.role, link.institution) if part is not None]


@cache
def _load_map() -> Logistic:
    return Logistic({row["feature"]: float(row["weight"]) for row in load_table("link_confidence")})
