"""The parts of a page that are computed: time, network, marks, shares, safe text, words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from pipeline.export.dataset import Dataset
from pipeline.export.report.facts import gather_facts
from pipeline.export.report.lists import article_title, polish_order
from pipeline.export.report.marks import Texts
from pipeline.export.report.network import draw_network, label_lines
from pipeline.export.report.places import draw_tiles, unit_names
from pipeline.export.report.safe import clean, file_id, script_json, source_name, veil, web_address
from pipeline.export.report.shares import MAX_BYTES, share_out, together
from pipeline.export.report.timeline import Scale, make_bar, make_scale, read_day
from pipeline.export.report.words import Words

UNDATED = {"since": None, "until": None, "first_seen": None, "last_seen": None, "status": "current"}


@pytest.mark.parametrize(
    ("value", "is_end", "day"),
    [
        ("2014", False, date(2014, 1, 1)),
        ("2014", True, date(2015, 1, 1)),
        ("2014-12", True, date(2015, 1, 1)),
        ("2014-03", True, date(2014, 4, 1)),
        ("2014-03-05", True, date(2014, 3, 5)),
        ("2014-13", False, None),
        ("2014-02-30", False, None),
        ("0000", False, None),
        ("9999", True, None),
        ("<i>never</i>", False, None),
        (None, False, None),
    ],
)
def test_a_stated_time_starts_and_ends_with_its_period(
    value: str | None, is_end: bool, day: date | None
) -> None:
    assert read_day(value, is_end=is_end) == day


def test_a_bar_runs_from_what_is_stated_to_the_last_article() -> None:
    row = UNDATED | {"since": "2014", "first_seen": date(2020, 1, 1), "last_seen": date(2022, 1, 1)}
    scale = make_scale([row])
    assert scale == Scale(2014, 2023)
    bar = make_bar(row, [date(2020, 1, 1)], scale)
    assert bar.is_open
    assert bar.stated == (0.0, scale.x(date(2022, 1, 1)))
    assert bar.seen == (scale.x(date(2020, 1, 1)), pytest.approx(22.2, abs=0.2))
    assert bar.dots == (scale.x(date(2020, 1, 1)),)


@given(
    st.lists(
        st.tuples(
            st.dates(date(2, 1, 1), date(9990, 1, 1)), st.sampled_from(["", "1998", "2014-02", "0003"])
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_the_dates_bars_and_ticks_stay_on_the_line(rows: list[tuple[date, str]]) -> None:
    offices = [UNDATED | {"since": since or None, "first_seen": day, "last_seen": day} for day, since in rows]
    scale = make_scale(offices)
    assert scale is not None
    assert 1 <= len(scale.ticks()) <= 7
    for office in offices:
        bar = make_bar(office, [office["first_seen"]], scale)
        assert all(0 <= x <= 100 for x in bar.dots)
        assert all(0 <= left <= 100 and width > 0 for left, width in filter(None, (bar.stated, bar.seen)))


def test_nothing_dated_has_no_line_of_time() -> None:
    assert make_scale([UNDATED]) is None


@given(st.lists(st.integers(1, 2 * MAX_BYTES), max_size=30), st.integers(1, 9))
def test_shares_keep_every_item_in_order_and_stay_light(sizes: list[int], most: int) -> None:
    parts = share_out(sizes, lambda size: size, most=most)
    assert [size for part in parts for size in part] == sizes
    assert all(len(part) <= most and (len(part) == 1 or sum(part) <= MAX_BYTES) for part in parts if part)


def test_parts_of_lists_of_other_lengths_lie_side_by_side() -> None:
    assert together([[1], [2]], [["a"]]) == [([1], ["a"]), ([2], [])]


@pytest.mark.parametrize(
    ("url", "is_kept"),
    [
        ("https://gmina.example/a?b=ł&c#d", True),
        ("http://gmina.example", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//gmina.example", False),
        ("https://", False),
        ("https://gmina.example/\u202etxt", False),
        ("https://gmina.example/a b", False),
        ('https://gmina.example/"onclick=', False),
        ("https://[half", False),
        ("https://gmina.example/████-█████", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, is_kept: bool) -> None:
    assert web_address(url) == (url if is_kept else None)


def test_a_masked_name_is_dimmed_and_told_once() -> None:
    told = Markup('<span data-t="ui.masked">(x)</span>')
    shown = veil("<b> ███ i █", told)
    assert shown.startswith("&lt;b&gt; ")
    assert shown.count("(x)") == 2
    assert shown.count('aria-hidden="true">███<') == 1


def test_a_file_is_named_without_its_folders() -> None:
    assert source_name("/srv/someone/articles/a.txt") == "a.txt"
    assert source_name("C:\\Users\\someone\\a.txt") == "a.txt"
    assert source_name("https://gmina.example/a/b") == "gmina.example"


@pytest.mark.parametrize(
    "entity_id", ["../../evil", "a/b", "CON", "con", "", "ŻÓŁW", "a" * 65, "a.b", "\ud800"]
)
def test_an_odd_id_becomes_a_hash_in_file_names(entity_id: str) -> None:
    assert file_id(entity_id).startswith("x")
    assert file_id(entity_id).isalnum()


def test_a_plain_id_names_its_file() -> None:
    assert file_id("0123456789abcdef-2") == "0123456789abcdef-2"


@given(st.text())
def test_cleaned_text_can_be_written_and_holds_no_controls(text: str) -> None:
    cleaned = clean(text + "\ud800\u202e\x00")
    assert cleaned.encode("utf-8")
    assert not set(cleaned) & set("\x00\x1b\u202a\u202e\u2066\u2069\u200f")
    assert clean(Markup("<b>")) == "<b>"


def test_json_in_a_script_closes_nothing() -> None:
    assert script_json(["</script>\u2028&"]) == '["\\u003c/script\\u003e\\u2028\\u0026"]'


@pytest.mark.parametrize(
    ("n", "polish", "english"),
    [
        (0, "0 artykułów", "0 articles"),
        (1, "1 artykuł", "1 article"),
        (3, "3 artykuły", "3 articles"),
        (12, "12 artykułów", "12 articles"),
        (22, "22 artykuły", "22 articles"),
        (21, "21 artykułów", "21 articles"),
        (1234, "1234 artykuły", "1,234 articles"),
        (12345, "12\u00a0345 artykułów", "12,345 articles"),
    ],
)
def test_numbers_take_their_plural(n: int, polish: str, english: str) -> None:
    assert Words("pl").say("n_articles", n=n) == polish
    assert Words("en").say("n_articles", n=n) == english


def test_dates_are_written_out() -> None:
    assert Words("pl").day("2024-05-08") == "8 maja 2024"
    assert Words("en").day("2024-05") == "May 2024"
    assert Words("pl").day("1998") == "1998"


def test_a_value_in_a_tag_is_escaped() -> None:
    tag = Words("en").tag("ui.network_label", v='<b>"')
    assert "<b>" not in tag
    assert 'data-v="&lt;b&gt;&#34;"' in tag


def test_names_sort_by_the_polish_alphabet() -> None:
    names = ["Żak", "Źrebiec", "Zych", "Łata", "Lis", "Ćwik", "Cyra", "Ciak"]
    assert sorted(names, key=polish_order) == [
        "Ciak",
        "Cyra",
        "Ćwik",
        "Lis",
        "Łata",
        "Zych",
        "Źrebiec",
        "Żak",
    ]


def test_an_article_without_a_headline_is_called_by_its_first_words() -> None:
    assert article_title({"title": None, "text": "Krótki\n\ntekst"}) == "Krótki tekst"
    assert len(article_title({"title": None, "text": "słowo " * 200})) <= 81


def test_sixteen_tiles_each_of_its_own_place_and_shade_by_count() -> None:
    tiles = draw_tiles(["16"] * 9 + ["20"])
    assert len({(tile.row, tile.column) for tile in tiles}) == len({tile.teryt for tile in tiles}) == 16
    shades = {tile.name: tile.shade for tile in tiles}
    assert (shades["opolskie"], shades["podlaskie"], shades["mazowieckie"]) == (5, 2, 0)


def test_a_code_names_its_units() -> None:
    assert unit_names("2011032") == ("Korycin", "sokólski", "podlaskie")
    assert unit_names("20") == ("", "", "podlaskie")
    assert unit_names(None) == ("", "", "")


def test_a_network_has_its_person_in_the_middle_and_joins_nodes_that_exist(plain_dataset: Dataset) -> None:
    facts = gather_facts(plain_dataset)
    for actor_id in facts.actors:
        network = draw_network(facts, actor_id, facts.companions(actor_id))
        if network is None:
            continue
        places = {(node.x, node.y) for node in network.nodes}
        assert network.nodes[0].entity_id == actor_id
        assert len(places) == len(network.nodes) <= 13
        assert all({(edge.x1, edge.y1), (edge.x2, edge.y2)} <= places for edge in network.edges)
        assert any(edge.is_near for edge in network.edges)


def test_companions_are_counted_as_by_brute_force(plain_dataset: Dataset) -> None:
    facts = gather_facts(plain_dataset)
    for actor_id in list(facts.actors)[:10]:
        mine = set(facts.articles_of[actor_id])
        shared = {
            other: len(mine & set(facts.articles_of[other])) for other in facts.actors if other != actor_id
        }
        assert dict(facts.companions(actor_id)) == {other: count for other, count in shared.items() if count}


def test_pieces_of_an_article_add_up_to_its_text(plain_dataset: Dataset) -> None:
    facts = gather_facts(plain_dataset)
    texts = Texts(facts)
    for article_id, article in list(facts.articles.items())[:20]:
        pieces = [piece for page in texts.pages(article_id) for piece in page]
        assert "".join(piece.text for piece in pieces) == article["text"]
        marked = [piece for piece in pieces if piece.label]
        assert len(marked) == len(facts.mentions[article_id])


def test_a_very_long_article_is_cut_into_pages_and_mentions_know_theirs(plain_dataset: Dataset) -> None:
    facts = gather_facts(plain_dataset)
    article_id, article = next(iter(facts.articles.items()))
    article["text"] += "& " * 500_000
    pages = Texts(facts).pages(article_id)
    assert len(pages) > 2
    assert "".join(piece.text for page in pages for piece in page) == article["text"]
    assert Texts(facts).page_of(article_id, 0) == 1
    assert Texts(facts).page_of(article_id, len(article["text"]) - 1) == len(pages)
    assert all(sum(len(str(Markup.escape(piece.text))) for piece in page) < 1_000_000 for page in pages)


def test_of_two_equal_words_the_one_nearest_the_person_is_marked(plain_dataset: Dataset) -> None:
    facts = gather_facts(plain_dataset)
    actor_id = next(iter(facts.actors))
    article_id = facts.articles_of[actor_id][0]
    affiliation = facts.held[actor_id][0]
    text = "Wójt Anna Lis i wójt Jan Kos."
    words = (
        ("role", 0, 4, None),
        ("person", 5, 13, "x"),
        ("role", 16, 20, None),
        ("person", 21, 28, actor_id),
    )
    facts.mentions[article_id][:] = [
        {"mention_id": f"{article_id}:{start}", "start": start, "end": end, "text": text[start:end]}
        | {"label": label, "lemma": "", "entity_id": entity_id}
        for label, start, end, entity_id in words
    ]
    row = {"article_id": article_id, "start": 0, "end": len(text), "sentence": text, "person_text": "Jan Kos"}
    row |= {"role_text": "wójt", "institution_lemma": None, "place_lemma": None}
    quote = Texts(facts).quote([row], affiliation)
    assert [piece.text for piece in quote.pieces if piece.label] == ["wójt", "Jan Kos"]
    assert quote.anchor == 21


def test_a_sentence_as_long_as_a_table_is_shortened_around_its_words(plain_dataset: Dataset) -> None:
    facts = gather_facts(plain_dataset)
    actor_id = next(iter(facts.actors))
    article_id = facts.articles_of[actor_id][0]
    text = "x " * 5_000 + "Jan Kos" + " y" * 5_000
    facts.mentions[article_id][:] = [
        {"mention_id": "m", "start": 10_000, "end": 10_007, "text": "Jan Kos", "label": "person"}
        | {"lemma": "Jan Kos", "entity_id": actor_id}
    ]
    row = {"article_id": article_id, "start": 0, "end": len(text), "sentence": text, "person_text": "Jan Kos"}
    row |= {"role_text": None, "institution_lemma": None, "place_lemma": None}
    pieces = Texts(facts).quote([row], facts.held[actor_id][0]).pieces
    assert sum(len(piece.text) for piece in pieces) < 1_600
    assert [piece.text for piece in pieces if piece.label] == ["Jan Kos"]
    assert pieces[0].text.startswith("… ")
    assert pieces[-1].text.endswith("…")


def test_very_many_dots_become_one_for_each_per_cent() -> None:
    days = [date(2000, 1, 1) + timedelta(days=day) for day in range(3_000)]
    bar = make_bar(UNDATED, days, Scale(2000, 2010))
    assert 50 < len(bar.dots) <= 101
    assert bar.dots[0] == 0


@pytest.mark.parametrize(
    ("name", "width", "lines"),
    [
        ("Danuta Hampel", 11, ("Danuta", "Hampel")),
        ("Artur Zdeb", 11, ("Artur Zdeb",)),
        ("Ewelina Skorupa-Wieczorkiewicz", 11, ("Ewelina", "Skorupa-Wieczor…")),
        ("OSP", 16, ("OSP",)),
        ("", 16, ("",)),
        ("Jan Maria Anna Lis", 11, ("Jan Maria", "Anna Lis")),
        ("Rada Miejska w Strzelcach Opolskich", 16, ("Rada Miejska w", "Strzelcach…")),
    ],
)
def test_labels_take_two_short_lines(name: str, width: int, lines: tuple[str, ...]) -> None:
    assert label_lines(name, width=width) == lines
