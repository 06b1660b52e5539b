"""What people have judged of pairs: a file to which lines are added, none ever changed or taken away.

Each line of `judgements.jsonl` is one JSON object: left and right (mention or claim ids), verdict (same,
different, unsure, withdrawn), who, when, why. The last line on a pair counts; `withdrawn` opens it again.
A line with a field is a correction of what is said of one person: see `Correction`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.errors import CivicActorsError
from pipeline.resolve.corrections import Correction
from pipeline.resolve.matcher import Pair, ordered

FILE_NAME = "judgements.jsonl"
VERDICTS = ("same", "different", "unsure", "withdrawn")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One person's word on one pair.

    Attributes:
        left: A mention or claim id.
        right: Another.
        verdict: One of `VERDICTS`.
        who: Who judged.
        when: YYYY-MM-DD or a fuller ISO time.
        why: In the judge's words.
    """

    left: str
    right: str
    verdict: str
    who: str
    when: str
    why: str = ""

    def __post_init__(self) -> None:
        """Refuse a verdict that is none, a pair of one, and a judge without a name."""
        if self.verdict not in VERDICTS:
            raise CivicActorsError(f"a verdict is {', '.join(VERDICTS)}, not {self.verdict!r}")
        if not self.left or not self.right or self.left == self.right:
            raise CivicActorsError(f"a judgement is of two ids, not {self.left!r} and {self.right!r}")
        if not self.who or not self.when:
            raise CivicActorsError("a judgement says who judged and when")

    @property
    def pair(self) -> Pair:
        """The two ids, the smaller first."""
        return ordered(self.left, self.right)


def load_judgements(path: Path) -> list[Judgement]:
    """Load all judgements in the order in which they were made; none when there is no file.

    Raises:
        CivicActorsError: A line is no judgement; the message reads `path:line: reason`.
    """
    return [entry for entry in load_entries(path) if isinstance(entry, Judgement)]


def load_corrections(path: Path) -> list[Correction]:
    """Load all corrections in the order in which they were made; none when there is no file.

    Raises:
        CivicActorsError: A line is no judgement; the message reads `path:line: reason`.
    """
    return [entry for entry in load_entries(path) if isinstance(entry, Correction)]


def load_entries(path: Path) -> list[Judgement | Correction]:
    """Load every line of the file, in order; none when there is no file.

    Raises:
        CivicActorsError: A line is neither judgement nor correction; the message reads `path:line: reason`.
    """
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_parse(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _parse(path: Path, number: int, line: str) -> Judgement | Correction:
    try:
        cells = json.loads(line)
        return Correction(**cells) if "field" in cells else Judgement(**cells)
    except (ValueError, TypeError, CivicActorsError) as error:
        raise CivicActorsError(f"{path}:{number}: {error}") from error


def append_judgement(path: Path, judgement: Judgement | Correction) -> None:
    """Add one judgement or correction at the end of the file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(judgement), ensure_ascii=False) + "\n")


def withdraw_judgement(path: Path, pair: Pair, *, who: str, when: str, why: str = "") -> None:
    """Add a line that takes back what was judged of a pair.

    Raises:
        CivicActorsError: Nothing is judged of the pair.
    """
    if ordered(*pair) not in judged_pairs(load_judgements(path), keep_unsure=True):
        raise CivicActorsError(f"nothing is judged of {pair[0]} and {pair[1]}")
    append_judgement(path, Judgement(*ordered(*pair), "withdrawn", who, when, why))


def judged_pairs(judgements: Iterable[Judgement], *, keep_unsure: bool = False) -> dict[Pair, str]:
    """Return the last verdict on each pair: `same` or `different`, and `unsure` when it is kept."""
    last = {judgement.pair: judgement.verdict for judgement in judgements}
    wanted = {"same", "different", "unsure"} if keep_unsure else {"same", "different"}
    return {pair: verdict for pair, verdict in sorted(last.items()) if verdict in wanted}


def judge_claims(pairs: Mapping[Pair, str], claim_of: Mapping[str, str]) -> dict[Pair, str]:
    """Return verdicts on claims from verdicts on mentions; `different` wins where two mentions disagree.

    Pairs of which one side is not there, or both are in one claim, are left out.
    """
    found: dict[Pair, str] = {}
    for (left, right), verdict in sorted(pairs.items()):
        claims = claim_of.get(left), claim_of.get(right)
        if claims[0] is None or claims[1] is None or claims[0] == claims[1]:
            continue
        pair = ordered(claims[0], claims[1])
        found[pair] = "different" if "different" in (verdict, found.get(pair)) else verdict
    return found
