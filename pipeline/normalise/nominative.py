"""One form in, its nominative out: the door to the strategies of each label."""

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
        A name; when every strategy abstains its `nominative` is the form and its `rule` is `unchanged`.

    Raises:
        ValueError: `label` is none of the four.

    >>> nominative("Klaudii Porębskiej", label="person").nominative
    'Klaudia Porębska'
    """
    if label == "person":
        return nominative_person(form, left=left, right=right)
    if label == "role":
        return nominative_role(form, left=left, right=right)
    if label == "institution":
        return nominative_institution(form, left=left, right=right)
    if label == "location":
        return nominative_location(form, left=left, right=right)
    raise ValueError(f"label must be one of {', '.join(LABELS)}, not {label!r}")
