import pytest
import spacy
from spacy.tokens import Span

from pipeline.extract.edges import mend_edges


@pytest.mark.parametrize(
    ("text", "found", "mended"),
    [
        ("z Sołectwami - Bogna Lach", "Sołectwami -", "Sołectwami"),
        ("w „Głosie Gminy” napisano", "„Głosie Gminy”", "Głosie Gminy"),
        ("prezes LGD „Razem dla Gminy” Jan", "LGD „Razem dla Gminy", "LGD „Razem dla Gminy”"),
        ("KGW „Mamy i My” w Lipie", "KGW „Mamy i My” w Lipie", "KGW „Mamy i My” w Lipie"),
        ("przyszła Anna\nLis wczoraj", "Anna\nLis", "Anna\nLis"),
        ("hasło „Jedność” i praca", "Jedność", "Jedność"),
        ("lekarze łańcuckiego ZOZ-u", "ZOZ-u", "ZOZ-u"),
        ("jednostki OSP działających w gminie", "OSP działających", "OSP"),
        ("sesja Rady Miejskiej w dn. 15 maja", "Rady Miejskiej w dn. 15", "Rady Miejskiej"),
        ("Rady Miejskiej w Dniu Dziecka", "Rady Miejskiej w Dniu", "Rady Miejskiej w Dniu"),
        ("Sąd Rejonowy dla miasta", "Sąd Rejonowy dla", "Sąd Rejonowy"),
        ("3. Lis – Szkoła nr 4\n4. Bury", "Szkoła nr 4\n4", "Szkoła nr 4"),
    ],
)
def test_edges(text: str, found: str, mended: str) -> None:
    doc = spacy.blank("pl")(text)
    start = text.index(found)
    doc.set_ents([doc.char_span(start, start + len(found), label="institution")])
    assert [span.text for span in mend_edges(doc).ents] == [mended]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Ośrodka Kultury w Ozimku - Anny Lis",
            {"Ośrodka Kultury w Ozimku": "institution", "Anny Lis": "person"},
        ),
        (
            "Ośrodka Kultury - Oksany Melnyczuk",
            {"Ośrodka Kultury": "institution", "Oksany Melnyczuk": "person"},
        ),
        ("Instytut Aktywności - Krajowy Ośrodek", {"Instytut Aktywności - Krajowy Ośrodek": "institution"}),
        ("Zespół Szkół Lipie-Anna Lis", {"Zespół Szkół Lipie-Anna Lis": "institution"}),
    ],
)
def test_a_person_after_a_dash_is_no_part_of_the_body(text: str, wanted: dict[str, str]) -> None:
    doc = spacy.blank("pl")(text)
    doc.set_ents([Span(doc, 0, len(doc), label="institution")])
    assert {span.text: span.label_ for span in mend_edges(doc).ents} == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("burmistrz Leśnicy", {"burmistrz": "role", "Leśnicy": "location"}),
        ("starosta nyski", {"starosta nyski": "role"}),
        ("Skarbnik Gminy", {"Skarbnik Gminy": "role"}),
        ("przewodniczący Rady", {"przewodniczący Rady": "role"}),
    ],
)
def test_a_place_at_a_roles_end_is_a_mention_of_its_own(text: str, wanted: dict[str, str]) -> None:
    doc = spacy.blank("pl")(text)
    doc.set_ents([Span(doc, 0, len(doc), label="role")])
    assert {span.text: span.label_ for span in mend_edges(doc).ents} == wanted


def test_an_entity_of_marks_alone_goes() -> None:
    doc = spacy.blank("pl")("Wójt - Jan")
    doc.set_ents([Span(doc, 1, 2, label="role")])
    assert not mend_edges(doc).ents


@pytest.mark.parametrize(
    ("role", "body", "mended"),
    [
        (
            "Komendant Wojewódzkiej",
            "Państwowej Straży Pożarnej",
            ["Komendant", "Wojewódzkiej Państwowej Straży Pożarnej"],
        ),
        (
            "Komendant Wojewódzki",
            "Państwowej Straży Pożarnej",
            ["Komendant Wojewódzki", "Państwowej Straży Pożarnej"],
        ),
        ("Komendanta Powiatowego", "Policji", ["Komendanta Powiatowego", "Policji"]),
    ],
)
def test_an_adjective_goes_to_what_it_agrees_with(role: str, body: str, mended: list[str]) -> None:
    doc = spacy.blank("pl")(f"{role} {body} przybył")
    cut = len(role.split())
    doc.set_ents(
        [Span(doc, 0, cut, label="role"), Span(doc, cut, cut + len(body.split()), label="institution")]
    )
    assert [span.text for span in mend_edges(doc).ents] == mended


def test_an_abbreviation_before_a_name_is_no_name() -> None:
    doc = spacy.blank("pl")("Turniej im. Alojzego Kurpierza i J. Nowak")
    doc.set_ents([Span(doc, 1, 5, label="person"), Span(doc, 6, 9, label="person")])
    assert [span.text for span in mend_edges(doc).ents] == ["Alojzego Kurpierza", "J. Nowak"]


@pytest.mark.parametrize(
    ("found", "mended"),
    [
        ("O. Cyprian Stec", "Cyprian Stec"),
        ("o. Cyprianem Stecem", "Cyprianem Stecem"),
        ("O. Stec", "O. Stec"),
        ("J. Maria Stec", "J. Maria Stec"),
    ],
)
def test_a_letter_before_a_whole_name_is_a_fathers_title(found: str, mended: str) -> None:
    doc = spacy.blank("pl")(found)
    doc.set_ents([Span(doc, 0, len(doc), label="person")])
    assert [span.text for span in mend_edges(doc).ents] == [mended]


@pytest.mark.parametrize(
    ("found", "mended"),
    [
        ("Tadeusza Lisa Srebrnymi Medalami", "Tadeusza Lisa"),
        ("Annę Sum Podziękowaniem", "Annę Sum"),
        ("Annę Sum Srebrną", "Annę Sum Srebrną"),
        ("Anna Maria Sum", "Anna Maria Sum"),
        ("J. Lisa Medal", "J. Lisa Medal"),
    ],
)
def test_a_name_ends_before_what_no_name_is(found: str, mended: str) -> None:
    doc = spacy.blank("pl")(found)
    doc.set_ents([Span(doc, 0, len(doc), label="person")])
    assert [span.text for span in mend_edges(doc).ents] == [mended]


@pytest.mark.parametrize(
    ("text", "found", "mended"),
    [
        ("w kaplicy pw. św. Zygmunta w Siennie", "kaplicy pw. św. Zygmunta w", "kaplicy pw. św. Zygmunta"),
        ("klub Gryf Nad", "Gryf Nad", "Gryf Nad"),
        (
            "w „Galerii na Piętrze” Biblioteki Publicznej w Ozimku",
            "Galerii na Piętrze” Biblioteki Publicznej w Ozimku",
            "Biblioteki Publicznej w Ozimku",
        ),
        ("w „Karczmie” w Ozimku", "Karczmie” w Ozimku", "Karczmie” w Ozimku"),
        ("KGW „Wrzos” Ozimek", "KGW „Wrzos” Ozimek", "KGW „Wrzos” Ozimek"),
    ],
)
def test_what_belongs_to_something_else_stays_outside(text: str, found: str, mended: str) -> None:
    doc = spacy.blank("pl")(text)
    start = text.index(found)
    doc.set_ents([doc.char_span(start, start + len(found), label="institution")])
    assert [span.text for span in mend_edges(doc).ents] == [mended]
