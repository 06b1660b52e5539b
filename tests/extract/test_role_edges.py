"""What belongs to an office: positive and negative shapes of each mend."""

import re

import pytest
import spacy
from spacy.tokens import Doc

from pipeline.extract.role_edges import mend_roles

_LABELS = {"p": "person", "r": "role", "i": "institution", "l": "location"}
_MARK = re.compile(r"<(\w)>(.*?)</\1>", re.DOTALL)


def _read(marked: str) -> Doc:
    """Read a text in which `<r>...</r>` is a role, `<p>` a person, `<i>` an institution."""
    doc = spacy.blank("pl")(_MARK.sub(r"\2", marked))
    spans, shift = [], 0
    for match in _MARK.finditer(marked):
        start = match.start() - shift
        spans.append(doc.char_span(start, start + len(match[2]), label=_LABELS[match[1]]))
        shift += len("<r></r>")
    doc.set_ents([span for span in spans if span is not None])
    return doc


@pytest.mark.parametrize(
    ("marked", "mended"),
    [
        (
            "wspominamy byłych <r>starostów</r>: <p>Jana Leca</p>",
            {"byłych starostów": "role", "Jana Leca": "person"},
        ),
        ("goście to byli <r>radni</r> z <p>Janem Lecem</p>", {"radni": "role", "Janem Lecem": "person"}),
        (
            "był <r>zastępca</r> <l>Starosty</l> <p>Jan Lec</p>",
            {"zastępca Starosty": "role", "Jan Lec": "person"},
        ),
        (
            "był <r>burmistrz</r> <l>Kowala</l> <p>Jan Lec</p>",
            {"burmistrz": "role", "Kowala": "location", "Jan Lec": "person"},
        ),
        (
            "był <r>zastępca</r> w <l>Kowala</l> <p>Jan Lec</p>",
            {"zastępca": "role", "Kowala": "location", "Jan Lec": "person"},
        ),
        ("<p>Jan Lec</p>, <r>legendarny proboszcz</r>", {"Jan Lec": "person", "proboszcz": "role"}),
        ("<p>Jan Lec</p>, <r>honorowy prezes</r>", {"Jan Lec": "person", "honorowy prezes": "role"}),
        ("<r>nadbrygadierowi</r> <p>Janowi Lecowi</p>", {"Janowi Lecowi": "person"}),
        ("<r>inspektor</r> <p>Jan Lec</p>", {"inspektor": "role", "Jan Lec": "person"}),
        ("<r>brygadier</r> w komendzie, <p>Jan Lec</p>", {"brygadier": "role", "Jan Lec": "person"}),
        (
            "w <i>Ministerstwie Spraw Wewnętrznych</i> i Administracji",
            {"Ministerstwie Spraw Wewnętrznych i Administracji": "institution"},
        ),
        (
            "<r>minister rodziny</r>, pracy i polityki społecznej",
            {"minister rodziny, pracy i polityki społecznej": "role"},
        ),
        ("<i>Wydział Spraw Wewnętrznych</i> i Kadr", {"Wydział Spraw Wewnętrznych": "institution"}),
        ("udział wzięli radni:\n\n<p>Jan Lec</p>", {"radni": "role", "Jan Lec": "person"}),
        ("udział wzięli druhowie: <p>Jan Lec</p>", {"Jan Lec": "person"}),
        ("przybyli radni: z gmin, <p>Jan Lec</p>", {"Jan Lec": "person"}),
    ],
)
def test_role_edges(marked: str, mended: dict[str, str]) -> None:
    assert {span.text: span.label_ for span in mend_roles(_read(marked)).ents} == mended
