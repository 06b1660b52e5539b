"""Polish or not, by evidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.language import foreign_language

NEWS = (
    "Burmistrz otworzył wczoraj nową szkołę. Na uroczystości byli też przedstawiciele powiatu i dyrektorka."
)


@pytest.mark.parametrize(
    "text",
    [
        NEWS,
        NEWS.upper(),
        "BURMISTRZ OTWORZYL WCZORAJ NOWA SZKOLE I PODZIEKOWAL MIESZKANCOM",
        "Burmistrz Ozimka Jan Nowak",
        "JAN NOWAK, ANNA LIS, PIOTR KOS, EWA BAK",
        "Jan Nowak, Anna Lis, Piotr Kos, Ewa Bak, Adam Sowa, Maria Kot, " * 15,
        "Wójt podziękował. The mayor said thank you to all. Zespół zagrał „The End of the World”.",
        "Przyjechał burmistrz Hans von der Müller. Zaśpiewano „Freude, schöner Götterfunken”.",
        "Gmi\xadna i po\xadwiat wspo\u0301lnie prze\xadbudują drogę.",
        "Mowi o tym radny Jan Kos: nie bylo na to zgody rady, a wojt o tym wiedzial.",
        "12 345 --- 67",
        "",
    ],
)
def test_polish_and_what_may_be_polish_passes(text: str) -> None:
    assert foreign_language(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Starosta města Jan Novák včera otevřel školu, která byla opravena. Přišli také hosté.", "cs"),
        ("Starosta obce Ján Novák včera otvoril školu, ktorá bola opravená. Prišli aj hostia.", "sk"),
        ("Der Bürgermeister hat gestern die neue Schule eröffnet und sich bei allen bedankt.", "de"),
        ("The mayor of the town opened a new school and thanked all of the guests.", "en"),
        ("Міський голова вчора відкрив нову школу, яка була зачинена, і подякував усім за це.", "uk"),
        ("Мэр города вчера открыл новую школу, которая была закрыта, и поблагодарил всех за это.", "ru"),
        ("Le maire de la ville a ouvert une école et les habitants sont dans la salle.", "fr"),
        ("El alcalde dijo que no es el fin de los problemas para la gente", "es"),
        ("The mayor is not in the office", "en"),
        ("市长昨天为新学校揭幕。 区代表 和 校长 也 出席了 仪式。", "another script"),
        (
            "Linnapea avas eile uue kooli. Peol osalesid ka maakonna esindajad ja direktor. " * 5,
            "an unknown language",
        ),
        ("xkjw qpwo ieur tyal skdj fhgz mxnc bvqa " * 8, "an unknown language"),
    ],
)
def test_another_language_is_named(text: str, language: str) -> None:
    assert foreign_language(text) == language


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    assert foreign_language(text) is None or foreign_language(text) != ""


def test_only_the_start_of_a_long_text_is_judged() -> None:
    assert foreign_language(NEWS * 400 + "The mayor of the town and the council. " * 2000) is None
