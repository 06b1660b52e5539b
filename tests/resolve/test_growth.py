"""A dataset that grows: whatever was taken over, the result is that of resolving everything at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Document, Link, Mention, Municipality, Name, Reading
from pipeline.resolve.compare import Claim
from pipeline.resolve.corrections import Correction
from pipeline.resolve.growth import Grown, grow_actors
from pipeline.resolve.memory import claim_from_json, claim_to_json
from pipeline.training.growth_bench import keep_growth

GMINAS = ("1609073", "1609083", "2011032", None)
GIVEN = ("Jan", "Janina", "Anna", "Ania", "J.", "")
SURNAMES = ("Nowak", "Nowak-Lis", "Lis", "Kowalska", "Kowalski", "Wosnitza", "Wosnica", "")
ROLES = ("burmistrz", "radny", "dyrektor", None)
BODIES = ("Urząd Miejski w Ozimku", "Urząd Miejski", "OSP Ozimek", "Szkoła Podstawowa nr 1 w Ozimku", None)
PLACES = ("Ozimek", "Kije", None)


@dataclass(frozen=True)
class Told:
    """What an article says of one person."""

    given: str
    surname: str
    role: str | None
    body: str | None
    place: str | None


@dataclass(frozen=True)
class Article:
    """A made-up article."""

    number: int
    gmina: str | None
    day: int
    people: tuple[Told, ...]


class World:
    """Readings of made-up articles, with keys that tell a changed one."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.readings = {f"a{one.number:03}": (_key(one), _read(one)) for one in articles}
        self.asked: list[str] = []

    def keys(self) -> dict[str, str]:
        return {article_id: key for article_id, (key, _) in sorted(self.readings.items())}

    def only(self, article_ids: Iterable[str]) -> Iterable[Reading]:
        wanted = sorted(article_ids)
        self.asked += wanted
        return (self.readings[article_id][1] for article_id in wanted)


def _key(article: Article) -> str:
    return repr(article)


def _read(article: Article) -> Reading:
    article_id = f"a{article.number:03}"
    mentions: list[Mention] = []
    names: list[Name] = []
    links: list[Link] = []
    places: list[str | None] = []
    text = ""

    def mention(words: str, label: str, name: Name) -> int:
        nonlocal text
        mentions.append(Mention(article_id, len(text), len(text) + len(words), words, label))
        names.append(name)
        text += words + " "
        return len(mentions) - 1

    for told in article.people:
        whole = f"{told.given} {told.surname}".strip() or "X"
        gender = "f" if told.given.endswith("a") else "m" if told.given == "Jan" else None
        start = len(text)
        person = mention(whole, "person", Name(whole, whole, "person", gender, told.given, told.surname))
        role = told.role and mention(told.role, "role", Name(told.role, told.role, "role"))
        body = told.body and mention(told.body, "institution", Name(told.body, told.body, "institution"))
        place = told.place and mention(told.place, "location", Name(told.place, told.place, "location"))
        if told.role or told.body:
            links.append(Link(person, role, body, place, start, len(text)))
            places.append(told.place)
    day = date(2020, 1, 1) + timedelta(days=article.day)
    document = Document(article_id, f"{article_id}.txt", text, published=day)
    return Reading(
        document,
        tuple(mentions),
        tuple(names),
        tuple(links),
        tuple(places),
        Municipality(article.gmina, 1.0 if article.gmina else 0.0),
    )


def _people(article: Article) -> list[str]:
    return [m.mention_id for m in _read(article).mentions if m.label == "person"]


tellings = st.builds(
    Told,
    st.sampled_from(GIVEN),
    st.sampled_from(SURNAMES),
    st.sampled_from(ROLES),
    st.sampled_from(BODIES),
    st.sampled_from(PLACES),
)
contents = st.tuples(
    st.sampled_from(GMINAS), st.integers(0, 4_000), st.lists(tellings, min_size=0, max_size=4).map(tuple)
)
changes = st.sampled_from(["stays", "stays", "stays", "goes", "changes", "new"])


@st.composite
def growths(draw: st.DrawFn) -> tuple[list[Article], list[Article], dict[tuple[str, str], str], dict]:
    """Return the articles before and after, and the judgements before and after."""
    old, new = [], []
    for number, change in enumerate(draw(st.lists(changes, min_size=2, max_size=9))):
        article = Article(number, *draw(contents))
        if change != "new":
            old.append(article)
        if change == "changes":
            new.append(Article(number, *draw(contents)))
        elif change != "goes":
            new.append(article)
    mentions = sorted({mention for article in [*old, *new] for mention in _people(article)})
    judgements = []
    for _ in range(2):
        pairs = st.dictionaries(
            st.tuples(st.sampled_from(mentions), st.sampled_from(mentions))
            .filter(lambda pair: pair[0] != pair[1])
            .map(lambda pair: (min(pair), max(pair))),
            st.sampled_from(["same", "different"]),
            max_size=2,
        )
        judgements.append(draw(pairs) if len(mentions) > 1 else {})
    return old, new, *judgements


@settings(max_examples=150, deadline=None)
@given(growths(), st.sampled_from([3, 1_500]))
def test_growing_gives_what_resolving_all_at_once_gives(growth: tuple, largest: int) -> None:
    old, new, before_judged, judged = growth
    first = grow_actors(World(old), judged=before_judged, largest=largest)
    history = first.resolution.ids
    whole = grow_actors(World(new), history=history, judged=judged, largest=largest)
    grown = grow_actors(
        World(new), before=keep_growth(first), history=history, judged=judged, largest=largest
    )
    assert grown.resolution == whole.resolution
    again = grow_actors(
        World(new), before=keep_growth(grown), history=grown.resolution.ids, judged=judged, largest=largest
    )
    assert again.resolution.actors == whole.resolution.actors
    assert again.resolution.affiliations == whole.resolution.affiliations


def _mayor(number: int, surname: str, gmina: str = "1609073", given: str = "Jan") -> Article:
    told = Told(given, surname, "burmistrz", "Urząd Miejski w Ozimku", "Ozimek")
    return Article(number, gmina, number, (told,))


SETTLED = [
    _mayor(n, s, GMINAS[n % 3]) for n, s in enumerate(["Sowa", "Żak", "Wilk", "Bąk", "Mazur", "Struś"])
]


def _grow(old: Sequence[Article], new: Sequence[Article], **options: object) -> tuple[Grown, Grown, World]:
    first, world = grow_actors(World(old)), World(new)
    grown = grow_actors(world, before=keep_growth(first), history=first.resolution.ids, **options)
    whole = grow_actors(World(new), history=first.resolution.ids, **options)
    assert grown.resolution == whole.resolution
    return first, grown, world


def test_only_who_may_be_swayed_is_joined_anew() -> None:
    _, grown, world = _grow(SETTLED, [*SETTLED, _mayor(9, "Sowa")])
    assert len(grown.kept) == len(SETTLED)
    assert grown.n_joined == 2
    assert set(world.asked) == {"a000", "a009"}
    assert grown.n_settled == 1


def test_two_people_become_one_and_the_older_id_stays() -> None:
    apart = [
        Article(1, None, 1, (Told("Jan", "Nowak", None, "OSP Ozimek", None),)),
        Article(2, "1609073", 2, (Told("Jan", "Nowak", "radny", None, None),)),
    ]
    joining = Article(3, "1609073", 3, (Told("Jan", "Nowak", "radny", "OSP Ozimek", None),))
    first, grown, _ = _grow(apart, [*apart, joining])
    assert len(first.resolution.actors) == 2
    (actor,) = grown.resolution.actors
    (redirect,) = grown.resolution.redirects
    assert {actor.actor_id, redirect.old_id} == {one.actor_id for one in first.resolution.actors}


def test_a_judgement_splits_and_joins_in_an_update() -> None:
    articles = [_mayor(11, "Sowa"), _mayor(12, "Sowa"), *SETTLED[1:]]
    first, grown, _ = _grow(articles, articles, judged={("a011:0", "a012:0"): "different"})
    assert len(grown.resolution.actors) == len(first.resolution.actors) + 1
    joined, split, _ = _grow(articles, articles, judged={("a011:0", "a003:0"): "same"})
    assert len(split.resolution.actors) == len(joined.resolution.actors) - 1


def test_a_correction_holds_in_an_update() -> None:
    fix = Correction("a000:0", "surname", "Sówka", "x", "2025-01-01")
    first, grown, _ = _grow(SETTLED, [*SETTLED, _mayor(9, "Sowa")], corrections=[fix])
    assert {actor.surname for actor in grown.resolution.actors} >= {"Sówka"}
    assert {actor.surname for actor in first.resolution.actors}.isdisjoint({"Sówka"})


def test_an_article_that_goes_takes_its_people_with_it() -> None:
    _, grown, _ = _grow(SETTLED, SETTLED[1:])
    assert len(grown.resolution.actors) == len(SETTLED) - 1
    assert not any(actor.surname == "Sowa" for actor in grown.resolution.actors)


def test_a_body_that_gets_a_fuller_name_is_renamed_for_all_who_hold_an_office_there() -> None:
    plain = Article(1, "1609083", 1, (Told("Jan", "Sowa", "dyrektor", BODIES[1], None),))
    fuller = Article(2, "1609083", 2, (Told("Anna", "Lis", "dyrektor", BODIES[0], None),))
    _, grown, _ = _grow([plain], [plain, fuller])
    assert all(BODIES[0] in (actor.headline or "") for actor in grown.resolution.actors)


def test_many_new_names_make_a_name_rarer_for_all() -> None:
    crowd = [
        Article(100 + n, "1609073", n, tuple(Told("Anna", f"{a}{b}ska", None, None, None) for b in "aeiou"))
        for n, a in enumerate(["Bor", "Cis", "Dom", "Gaj", "Hut", "Jod", "Kop", "Lot", "Mod", "Nor"])
    ]
    old = [*SETTLED, Article(50, "1609083", 3, (Told("Jan", "Sowa", "radny", None, "Kije"),))]
    _grow(old, [*old, *crowd])


def test_a_claim_comes_back_from_the_disk_as_it_was() -> None:
    claim = Claim(
        "a:1",
        "Jan",
        "Żak\udc80",
        "m",
        frozenset({"dr"}),
        frozenset({"mayor", "councillor"}),
        frozenset({"urzad"}),
        frozenset({"160907"}),
        is_placed=False,
        articles=frozenset({"a"}),
        first=date(2020, 1, 1),
        company=frozenset({"ewa lis"}),
    )
    assert claim_from_json(claim_to_json(claim)) == claim


def test_no_history_is_needed() -> None:
    first = grow_actors(World(SETTLED))
    assert grow_actors(World(SETTLED), before=keep_growth(first)).resolution == first.resolution
