"""How many people may bear a name: from the registers, and from the claims themselves."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.resolve.given_names import given_share, split_given
from pipeline.resolve.keys import surname_key
from pipeline.resolve.surnames import surname_share

_PEOPLE = 38e6
_PRIOR_CLAIMS = 3_000.0  # the register weighs as much as this many claims
_BINS = ((20.0, "name_bearers_20"), (80.0, "name_bearers_80"), (250.0, "name_bearers_250"))
_MOST = "name_bearers_more"


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many further given names each surname has among the claims; empty counts leave the registers alone."""

    surnames: Mapping[str, int] = field(default_factory=dict)
    n_claims: int = 0

    def expected_bearers(self, given_names: str, surname: str) -> float:
        """Estimate how many of 38 million people bear a name, its parts taken as independent."""
        first = split_given(given_names)[:1]
        key = surname_key(surname)
        counted = self.surnames.get(key, 0) + _PRIOR_CLAIMS * surname_share(surname)
        share = counted / (self.n_claims + _PRIOR_CLAIMS)
        return _PEOPLE * (given_share(first[0]) if first else 1.0) * share

    def name_bin(self, given_names: str, surname: str) -> str:
        """Return the feature that says how many bear a name."""
        bearers = self.expected_bearers(given_names, surname)
        return next((feature for limit, feature in _BINS if bearers < limit), _MOST)


def count_surnames(names: Iterable[tuple[str, str]]) -> Rarity:
    """Count the given names with which each surname appears; the first of them says nothing of its frequency.

    Args:
        names: (given names, surname) of every claim, repeated or not.
    """
    bearers = {(split_given(given)[:1], surname_key(surname)) for given, surname in set(names) if surname}
    counts = Counter(surname for _, surname in bearers)
    return Rarity({surname: count - 1 for surname, count in counts.items()}, len(bearers))
