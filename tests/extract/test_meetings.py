from datetime import date

import pytest

from pipeline.extract.meetings import find_given
from pipeline.records import Link, Mention

PUBLISHED = date(2025, 6, 12)


def given(marked: str) -> list[str]:
    """Return the day of the meeting that gave each office of `[role] ... {person}`."""
    text, mentions = "", []
    for part in marked.replace("]", "\0").replace("}", "\0").split("\0"):
        for mark, label in (("[", "role"), ("{", "person")):
            if mark in part:
                before, _, words = part.partition(mark)
                text += before
                mentions.append(Mention("", len(text), len(text) + len(words), words, label))  # type: ignore[arg-type]
                text += words
                break
        else:
            text += part
    roles = [number for number, mention in enumerate(mentions) if mention.label == "role"]
    links = [
        Link(person=role + 1, role=role, institution=None, place=None, start=0, end=len(text))
        for role in roles
    ]
    return [value for _, value in find_given(text, mentions, links, published=PUBLISHED)]


@pytest.mark.parametrize(
    "text",
    [
        "Walne zebranie odbyło się 8 czerwca. [Prezesem] został {Konrad Gonsior}.",
        "Sesja 8 czerwca 2025 r. trwała godzinę. Na [wiceprzewodniczącego] wybrano {Teodora Wilka}.",
        "W niedzielę 8 czerwca odbyło się walne. Funkcję [skarbnika] powierzono druhowi {Janowi Bulikowi}.",
    ],
)
def test_a_meeting_dates_the_offices_it_gave(text: str) -> None:
    assert given(text) == ["2025-06-08"]


@pytest.mark.parametrize(
    "text",
    [
        "Walne zebranie odbyło się 8 czerwca. Obradom przewodniczył [prezes] {Konrad Gonsior}.",
        "Festyn odbył się 8 czerwca. [Prezesem] koła została {Ewa Wocka}.",
        "Zebranie odbyło się 8 czerwca. [Protokolantką] została {Ewa Wocka}.",
        "Zebranie odbyło się 8 czerwca, następne posiedzenie 10 czerwca. [Prezesem] został {Konrad Gonsior}.",
        "Zebranie odbyło się 8 czerwca 2019 r. [Prezesem] został {Konrad Gonsior}.",
    ],
)
def test_a_meeting_dates_nothing_else(text: str) -> None:
    assert given(text) == []


def test_a_meeting_dates_every_office_of_the_list_that_it_chose() -> None:
    text = "Zebranie odbyło się 8 czerwca. Wybrano zarząd: [prezes] – {Jan Lis}, [sekretarz] – {Ewa Lin}."
    assert given(text) == ["2025-06-08", "2025-06-08"]


def test_a_list_of_guests_is_not_chosen() -> None:
    assert given("Zebranie odbyło się 8 czerwca. Przybyli: [prezes] – {Jan Lis}.") == []
