"""How many people may bear a name: from the registers, and from the claims themselves."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.resolve.given_names import given_share, split_given
from pipeline.resolve.keys import surname_key
from pipeline.resolve.surnames import surname_share

_IN_NEWS = 1_000_000  # people whom the news may name; thousands of names show whom the claims are about
_PRIOR_CLAIMS = 3_000.0  # the register weighs as much as this many claims
_BINS = (
    (0.01, "namesakes_001"),
    (0.03, "namesakes_003"),
    (0.1, "namesakes_01"),
    (0.3, "namesakes_03"),
    (1.0, "namesakes_1"),
    (3.0, "namesakes_3"),
    (10.0, "namesakes_10"),
)
_MOST = "namesakes_more"


@dataclass(frozen=True, slots=True)
class Rarity:
    """How frequent each surname is among the claims; empty counts leave the registers alone.

    Attributes:
        surnames: Further given names with which each surname key appears.
        n_names: Different names among the claims: about as many as there are people.
    """

    surnames: Mapping[str, int] = field(default_factory=dict)
    n_names: int = 0
    _bins: dict[tuple[str, str], str] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def n_people(self) -> float:
        """Estimate among how many people a name may recur: a few articles are a sample of a larger world."""
        unseen = _PRIOR_CLAIMS / (self.n_names + _PRIOR_CLAIMS)
        return self.n_names + _IN_NEWS * unseen**4

    def expected_bearers(self, given_names: str, surname: str) -> float:
        """Estimate how many of the people compared bear a name, its parts taken as independent."""
        first = split_given(given_names)[:1]
        key = surname_key(surname)
        counted = self.surnames.get(key, 0) + _PRIOR_CLAIMS * surname_share(surname)
        share = counted / (self.n_names + _PRIOR_CLAIMS)
        return self.n_people * (given_share(first[0]) if first else 1.0) * share

    def name_bin(self, given_names: str, surname: str) -> str:
        """Return the feature that says how many bear a name; remembered, since most pairs repeat a name."""
        found = self._bins.get((given_names, surname))
        if found is None:
            bearers = self.expected_bearers(given_names, surname)
            found = next((feature for limit, feature in _BINS if bearers < limit), _MOST)
            self._bins[given_names, surname] = found
        return found

    def is_rare(self, surname: str) -> bool:
        """Say whether so few bear a surname, whatever their given names, that one gmina hardly has two."""
        return self.name_bin("", surname) != _MOST


def count_surnames(names: Iterable[tuple[str, str]]) -> Rarity:
    """Count the given names with which each surname appears; the first of them says nothing of its frequency.

    Args:
        names: (given names, surname) of every claim, repeated or not.
    """
    bearers = {(split_given(given)[:1], surname_key(surname)) for given, surname in set(names) if surname}
    counts = Counter(surname for _, surname in bearers)
    return Rarity({surname: count - 1 for surname, count in counts.items()}, len(bearers))
