from pipeline.extract.clauses import stretch_around


def words_around(text: str, date: str) -> str:
    start = text.index(date)
    low, high = stretch_around(text, start, start + len(date), reach=70)
    return text[low:high].strip()


def test_a_stretch_ends_with_its_sentence() -> None:
    assert words_around("Lało. Od 5 maja kieruje szkołą. Brawo.", "5 maja") == "Od 5 maja kieruje szkołą"


def test_a_rank_or_a_year_ends_no_sentence() -> None:
    assert words_around("Od 5 maja 2024 r. st. bryg. Jan Lis kieruje strażą. Brawo.", "5 maja") == (
        "Od 5 maja 2024 r. st. bryg. Jan Lis kieruje strażą"
    )


def test_a_line_break_ends_a_stretch() -> None:
    assert words_around("Prezes\nod 5 maja\nJan Lis", "5 maja") == "od 5 maja"
