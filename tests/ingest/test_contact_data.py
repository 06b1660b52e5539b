"""Contact data and what only looks like it; `[[` and `]]` mark what must be masked."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.contact_data import is_pesel, mask_contacts
from pipeline.masks import MASK

MARKED = [
    "tel. [[77 461 20 34]]",
    "tel.: [[(77) 461-20-34]], kom. [[601 234 567]]",
    "Zapisy pod numerem [[77 4612034]] do piątku.",
    "telefon [[601234567]] lub [[602 345 678]].",
    "Kontakt: [[+48 601 234 567]]",
    "Kontakt: [[0048 77 461 20 34]]",
    "Dyżur pełni Jan Zieliński, [[601-234-567]].",
    "faks [[77 46 12 034]] wew. 12",
    "Biuro czynne do 15.00, tel. [[22 583-10-00]].",
    "Pisać na [[urzad.gminy@kije-gmina.example]].",
    "Pisać na [[sekretariat(at)kije.example]]",
    "PESEL [[44051401359]], zamieszkały w Kijach",
    "Nr [[44051401359]] na liście",
    "PESEL: [[44051401350]] (z błędem)",
    "ul. Lipowa [[5/3]]",
    "przy ul. Lipowej [[12a]], obok szkoły",
    "ulicy 3 Maja [[7]] w Ujeździe",
    "ul. gen. Józefa Bema [[3 m. 4]]",
    "pl. Wolności [[1]]\nObecni: Jan Zieliński",
    "al. Jana Pawła II [[15–17]].",
    "ul. Armii Krajowej [[39]], pok. 12",
    "os. Tysiąclecia [[4]]",
    "zam. Raszowa [[12]]",
    "zamieszkała w Zalesiu Śląskim [[7A]]",
]
LEFT = [
    "dnia 12.05.2024 r. o godz. 15.30",
    "w latach 2018-2024, kadencja 2024–2029",
    "kwota 125 300 000 zł oraz 601 234 567 zł",
    "dofinansowanie 12 345 678,90 zł",
    "przetarg RG.271.5.2024 i GK.7021.12.2023.AB",
    "Dz.U. z 2023 r. poz. 1234, art. 41 ust. 2 pkt 3",
    "NIP 756-18-73-123, REGON 531412421",
    "REGON: 601 234 567",
    "KRS 0000123456 - przekaż 1,5 procent",
    "konto 61 1090 1014 0000 0712 1981 2874",
    "działka nr 601/234",
    "remont ul. Lipowej",
    "na ul. Lipowej 5 maja stanie scena",
    "na ul. Lipowej 120 osób czekało",
    "wzdłuż ul. Polnej 2,5 km chodnika",
    "na ul. Polnej 15 lamp, na ul. Leśnej 30 drzew",
    "al. Jana Pawła II w 2024 roku",
    "przy ul. 11 Listopada i ul. 3 Maja",
    "Szkoła Podstawowa nr 2",
    "telefon alarmowy 112, straż 998",
    "Wyniki: 512 | 634 | 722",
    "numer uchwały XII/123/2024",
    "12345678901 szczepionek",
    "GPS 50.3912 18.3456",
    "Rondo Solidarności otwarto 12 lipca",
    "tel. zmieni się 12.05.2024",
    "zapisy @ świetlica",
    "przy ul. Mehoffera. Na 200 łóżek",
    "zmiana adresu Szkoły Podstawowej nr 120",
]


@pytest.mark.parametrize("marked", MARKED)
def test_contact_data_is_masked(marked: str) -> None:
    expected = re.sub(r"\[\[(.*?)\]\]", lambda match: MASK * len(match[1]), marked)
    assert mask_contacts(re.sub(r"\[\[|\]\]", "", marked)) == expected


@pytest.mark.parametrize("text", LEFT)
def test_other_numbers_stay(text: str) -> None:
    assert mask_contacts(text) == text


@given(st.text(alphabet="0123456789 .-/@()+,:aąul.tel PESELLipowa\n", max_size=120))
def test_length_and_lines_stay_and_once_is_enough(text: str) -> None:
    masked = mask_contacts(text)
    assert len(masked) == len(text)
    assert all(one in (other, MASK) for one, other in zip(masked, text, strict=True))
    assert masked.count("\n") == text.count("\n")


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_no_date_is_masked(day: date) -> None:
    for written in (day.isoformat(), f"{day:%d.%m.%Y}", f"{day:%d-%m-%Y}", f"{day:%d.%m.%Y} r. godz. 10.00"):
        assert mask_contacts(f"Sesja {written} w Kijach") == f"Sesja {written} w Kijach"


@given(st.integers(min_value=0, max_value=10**9))
def test_no_amount_is_masked(amount: int) -> None:
    for written in (
        f"{amount:,}".replace(",", " "),
        str(amount),
        f"{amount:,}".replace(",", "\u00a0") + ",50",
    ):
        assert mask_contacts(f"Budżet wynosi {written} zł rocznie") == f"Budżet wynosi {written} zł rocznie"


@given(st.integers(min_value=0, max_value=10**8 - 1))
def test_a_called_number_is_always_masked(rest: int) -> None:
    masked = mask_contacts(f"tel. 6{rest:08d}")
    assert not re.search(r"\d", masked)


def test_pesel_needs_its_check_digit() -> None:
    assert is_pesel("44051401359")
    assert sum(is_pesel(f"4405140135{digit}") for digit in range(10)) == 1
    assert not is_pesel("44991401359")


def test_a_long_text_takes_linear_time() -> None:
    for part in ("1 2 3-", "ul. A ", "a.", "(at) ", "600 ", "tel. 1", "x@x."):
        assert len(mask_contacts(part * 20_000)) == len(part) * 20_000
