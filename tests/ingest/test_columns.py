"""Which column holds what."""

import pytest

from pipeline.errors import ConfigError, UnreadableInput
from pipeline.ingest.columns import check_columns, find_columns


def test_usual_names_are_found_whatever_their_case() -> None:
    assert find_columns(["ID", "Tytuł", "TREŚĆ", "Data", "Link", "teryt"], {}) == {
        "text": "TREŚĆ",
        "title": "Tytuł",
        "published": "Data",
        "url": "Link",
        "municipality_teryt": "teryt",
    }


def test_names_are_tried_in_order() -> None:
    assert find_columns(["body", "content", "tekst"], {})["text"] == "tekst"


def test_a_decomposed_name_is_the_same_name() -> None:
    assert find_columns(["tres\u0301c\u0301"], {})["text"] == "tres\u0301c\u0301"


def test_the_callers_choice_goes_first() -> None:
    assert find_columns(["text", "Body"], {"text": "body"}) == {"text": "Body"}


def test_a_missing_text_names_what_is_there_and_what_to_type() -> None:
    with pytest.raises(UnreadableInput, match=r"found: id, nota; name .* --column text=NAME"):
        find_columns(["id", "nota"], {})


def test_a_missing_choice_is_no_silent_default() -> None:
    with pytest.raises(UnreadableInput, match=r"no column 'tytulik'; found: text, title"):
        find_columns(["text", "title"], {"title": "tytulik"})


def test_many_columns_are_cut_in_the_message() -> None:
    with pytest.raises(UnreadableInput, match=r"c19 and 80 more") as caught:
        find_columns([f"c{number}" for number in range(100)], {})
    assert len(str(caught.value)) < 450


@pytest.mark.parametrize("columns", [{"txt": "body"}, {"text": " "}])
def test_a_wrong_choice_is_the_callers_mistake(columns: dict[str, str]) -> None:
    with pytest.raises(ConfigError):
        check_columns(columns)
