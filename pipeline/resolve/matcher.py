"""The judge of pairs: named features, and above them what people have judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.records import Reason
from pipeline.resolve.compare import Claim, compare, load_sentences, load_weights, score_pair
from pipeline.resolve.rarity import Rarity

AGAINST = -7.0  # a pair below this is never in one cluster, whoever else speaks for it
JUDGED = 1_000.0
AGAINST_JUDGED = -500.0  # below this only a judgement can bring a pair
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Matcher:
    """Scores pairs of claims.

    Attributes:
        rarity: Counts of surnames among all claims.
        judged: `same` or `different` for pairs of claim ids, the smaller first.
    """

    rarity: Rarity = field(default_factory=Rarity)
    judged: Mapping[Pair, str] = field(default_factory=dict)

    def score(self, left: Claim, right: Claim) -> float:
        """Return the score of a pair: above 0 for one person, below `AGAINST` never one."""
        if self.judged and (verdict := self.judged.get(ordered(left.claim_id, right.claim_id))):
            return load_weights()[f"judged_{verdict}"]
        return score_pair(left, right, self.rarity)

    def explain(self, left: Claim, right: Claim) -> list[Reason]:
        """Return the features of a pair, the judgement alone where there is one."""
        pair = ordered(left.claim_id, right.claim_id)
        if verdict := self.judged.get(pair):
            feature = f"judged_{verdict}"
            return [
                Reason(feature, load_weights()[feature], load_sentences()[feature].format(" = ".join(pair)))
            ]
        return compare(left, right, self.rarity)

    def judged_ids(self) -> frozenset[str]:
        """Return the claims of which anybody has judged anything."""
        return frozenset(claim_id for pair in self.judged for claim_id in pair)


def ordered(left: str, right: str) -> Pair:
    """Return two ids, the smaller first."""
    return (left, right) if left < right else (right, left)
