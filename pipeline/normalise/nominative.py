"""One form in, its nominative out: the door to the strategies of each label."""

from dataclasses import replace
from typing import Protocol
from unicodedata import is_normalized, normalize

from pipeline.normalise.institutions import nominative_institution
from pipeline.normalise.locations import nominative_location
from pipeline.normalise.people import nominative_person
from pipeline.normalise.roles import nominative_role
from pipeline.records import LABELS, Label, Name


def nominative(form: str, *, label: Label, left: str = "", right: str = "") -> Name:
    """Return the nominative of one name in any case, with its parts and the rule that made it.

    Args:
        form: The name as the text has it.
        label: person, role, institution or location.
        left: Up to 80 characters of the text before it; the better the guess of its case.
        right: Up to 80 characters after it.

    Returns:
        A name in Unicode NFC; when every strategy abstains its `nominative` is the form and its `rule` is
        `unchanged`.

    Raises:
        ValueError: `label` is none of the four.

    >>> nominative("Klaudii Porębskiej", label="person").nominative
    'Klaudia Porębska'
    """
    if label not in _STRATEGIES:
        raise ValueError(f"label must be one of {', '.join(LABELS)}, not {label!r}")
    name = _STRATEGIES[label](form, left=left, right=right)
    if is_normalized("NFC", name.nominative):
        return name
    # An ending cut off may leave a mark that belongs to the letter before it now.
    return replace(name, nominative=normalize("NFC", name.nominative))


class _Strategy(Protocol):
    def __call__(self, form: str, *, left: str = "", right: str = "") -> Name: ...


_STRATEGIES: dict[str, _Strategy] = {
    "person": nominative_person,
    "role": nominative_role,
    "institution": nominative_institution,
    "location": nominative_location,
}
