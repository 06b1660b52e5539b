"""Periods that head a list of offices."""

from pipeline.training.links import gold_mentions

BOARD = (
    '<role>prezes</role>: <person id="a" gender="f">Ewa Lis</person>, '
    '<role>skarbnik</role>: <person id="b" gender="m">Jan Bury</person>.'
)
HEADED = f"Zarząd na lata 2024–2028: {BOARD}"
APART = f"W latach 2024–2028 powstanie droga. Zarząd tworzą {BOARD}"


def test_a_term_before_a_colon_is_that_of_every_office_listed(said) -> None:
    assert {(link.since, link.until) for link in said(HEADED).links} == {("2024", "2028")}


def test_a_term_of_something_else_is_nobodys(said) -> None:
    assert {(link.since, link.until) for link in said(APART).links} == {(None, None)}


def test_one_office_is_no_list(marked) -> None:
    from pipeline.extract.headings import find_headings
    from pipeline.records import Link

    article = marked('Rok 2024–2028: <role>prezes</role> <person id="a" gender="f">Ewa Lis</person>.')
    mentions = gold_mentions(article)
    link = Link(1, 0, None, None, 0, len(article.text))
    assert list(find_headings(article.text, mentions, [link], published=article.published)) == []
