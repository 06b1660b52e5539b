"""A quickly made dataclass is the frozen one that it was, but for the time that it takes to make."""

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from pipeline.quick import quickly_made
from pipeline.records import Mention


@dataclass(frozen=True, slots=True)
class Plain:
    """A word."""

    text: str
    spaced: bool = True
    kinds: tuple[str, ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True)
class Quick:
    """A word."""

    text: str
    spaced: bool = True
    kinds: tuple[str, ...] = ()


@pytest.mark.parametrize("kind", [Plain, Quick])
def test_is_made_compared_copied_and_shown_like_any_other(kind) -> None:
    word = kind("Kije", kinds=("place",))
    assert (word.text, word.spaced, word.kinds) == ("Kije", True, ("place",))
    assert word == kind("Kije", True, ("place",)) != kind("Kije")
    assert hash(word) == hash(kind("Kije", True, ("place",)))
    assert type(word) is kind
    assert replace(word, text="Osie") == kind("Osie", True, ("place",))
    assert copy.deepcopy(word) == pickle.loads(pickle.dumps(word)) == word
    assert repr(word).endswith("(text='Kije', spaced=True, kinds=('place',))")
    assert [*inspect.signature(kind).parameters] == ["text", "spaced", "kinds"]


@pytest.mark.parametrize("kind", [Plain, Quick])
def test_is_frozen_and_has_its_slots_alone(kind) -> None:
    word = kind("Kije")
    with pytest.raises(FrozenInstanceError):
        word.text = "Osie"
    with pytest.raises(FrozenInstanceError):
        del word.text
    with pytest.raises((AttributeError, TypeError)):
        word.other = 1
    assert not hasattr(word, "__dict__")


@pytest.mark.parametrize("kind", [Plain, Quick])
def test_a_missing_or_unknown_value_is_refused(kind) -> None:
    with pytest.raises(TypeError, match="text"):
        kind()
    with pytest.raises(TypeError, match="colour"):
        kind("Kije", colour="red")


def test_records_are_made_so() -> None:
    mention = Mention("a", 0, 4, "Kije", "location")
    with pytest.raises(FrozenInstanceError):
        mention.text = "Osie"


def test_what_it_does_not_know_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Made:
        values: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match="plain defaults"):
        quickly_made(Made)
