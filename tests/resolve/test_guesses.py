from datetime import date

from pipeline.records import Link, Name
from pipeline.resolve.guesses import withdraw_guesses
from pipeline.resolve.local import Held, Person, Statement
from pipeline.resolve.things import Things, place_key

THINGS = Things((), (), {}, {place_key(name, ()): name for name in ("Ozimek", "Dobrodzień")})


def _held(place: str | None, *, inferred: bool = False, actor: str = "a", code: str = "mayor") -> Held:
    name = Name("Jan Lis", "Jan Lis", "person")
    link = Link(0, 1, None, None, 0, 9, inferred=("place",) if inferred else ())
    statement = Statement(link, Name("burmistrz", "burmistrz", "role"), code, None, None, place)
    person = Person("x" * 16, ("x:0",), name, (name,), "m", None, (statement,), None, date(2025, 1, 1))
    return Held(actor, person, statement)


def test_a_guess_gives_way_to_what_another_article_states() -> None:
    stated, guessed = _held("Ozimek"), _held("Dobrodzień", inferred=True)
    kept = withdraw_guesses([stated, guessed], THINGS)
    assert [item.statement.place for item in kept] == ["Ozimek", None]
    assert kept[1].statement.link.inferred == ()


def test_a_guess_that_agrees_or_stands_alone_stays() -> None:
    same = withdraw_guesses([_held("Ozimek"), _held("Ozimek", inferred=True)], THINGS)
    assert [item.statement.place for item in same] == ["Ozimek", "Ozimek"]
    assert withdraw_guesses([_held("Ozimek", inferred=True)], THINGS)[0].statement.place == "Ozimek"


def test_other_people_and_other_offices_do_not_count() -> None:
    guess = _held("Dobrodzień", inferred=True)
    for other in (_held("Ozimek", actor="b"), _held("Ozimek", code="director")):
        assert withdraw_guesses([other, guess], THINGS)[1].statement.place == "Dobrodzień"
