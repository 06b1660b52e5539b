"""Erasing a person from a dataset, and a crash in the middle of it."""

import json
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.export import staging
from pipeline.export.dataset import load_dataset, write_table
from pipeline.export.erase import erase_person
from pipeline.export.erased import EVERYWHERE, Erased, find_erased, hash_person, load_erased
from pipeline.schema import TABLES
from tests.export.test_public import TEXT, _actor, rows  # noqa: F401

SALT = "00" * 16
HIS = f"a:{TEXT.index('Jana')}"


@pytest.fixture
def out(rows, tmp_path: Path) -> Path:  # noqa: F811
    rows["articles"][0]["municipality_teryt"] = "2604012"
    for table in TABLES:
        write_table(tmp_path / f"{table.name}.parquet", table, rows[table.name])
    (tmp_path / "manifest.json").write_text(json.dumps({"input": "1", "summary": {"n_actors": 2}}))
    judged = [{"left": HIS, "right": "b:1"}, {"left": "a:5", "right": "b:2"}]
    (tmp_path / "judgements.jsonl").write_text("".join(json.dumps(line) + "\n" for line in judged))
    (tmp_path / ".chunks").mkdir()
    (tmp_path / ".chunks" / "1.json").write_text("Jan Kowalski")
    return tmp_path


def _everything(out: Path) -> str:
    dataset = load_dataset(out)
    tables = " ".join(getattr(dataset, table.name).to_csv() for table in TABLES)
    files = " ".join(path.read_text() for path in out.rglob("*") if path.suffix in (".json", ".jsonl"))
    return f"{tables} {files}".casefold()


def _tables(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()}


def test_nothing_of_the_person_stays(out: Path) -> None:
    erasure = erase_person(out, "jan kowalski")
    assert (erasure.actor_id, erasure.n_mentions, erasure.n_articles) == ("jan", 2, 1)
    assert "kowal" not in _everything(out)
    assert "anna lis" in _everything(out)
    assert HIS not in _everything(out)
    assert "a:5" in (out / "judgements.jsonl").read_text()


def test_a_later_run_knows_the_person_by_a_hash(out: Path) -> None:
    before = load_dataset(out)
    before.actors, before.mentions, before.articles  # noqa: B018
    erase_person(out, "jan")
    erased = load_erased(out / "erased.jsonl")
    assert find_erased(before, erased) == {"jan"}
    elsewhere = before.articles.assign(municipality_teryt="0201011")
    before.articles = elsewhere
    assert find_erased(before, erased) == set()


def test_everywhere_drops_the_gmina(out: Path) -> None:
    before = load_dataset(out)
    before.actors, before.mentions  # noqa: B018
    before.articles = before.articles.assign(municipality_teryt="0201011")
    erase_person(out, "jan", everywhere=True)
    assert find_erased(before, load_erased(out / "erased.jsonl")) == {"jan"}


def test_a_second_person_shares_the_salt(out: Path) -> None:
    erase_person(out, "jan")
    erase_person(out, "lis")
    erased = load_erased(out / "erased.jsonl")
    assert len(erased) == 2
    assert len({one.salt for one in erased}) == 1
    assert "anna" not in _everything(out)


def test_an_ambiguous_name_lists_the_ids(rows, out: Path) -> None:  # noqa: F811
    actors = [*rows["actors"], _actor("jan2", "Jan Kowalski", is_public=True)]
    write_table(out / "actors.parquet", TABLES[2], actors)
    with pytest.raises(OutputError, match=r"jan .*jan2"):
        erase_person(out, "Jan Kowalski")
    with pytest.raises(OutputError, match="nobody"):
        erase_person(out, "Ewa Nikt")
    assert erase_person(out, "jan2").actor_id == "jan2"


@pytest.mark.parametrize("crash_at", range(24))
def test_a_crash_leaves_all_old_or_all_new(out: Path, monkeypatch, crash_at: int) -> None:
    calls = iter(range(1000))
    replace, tables = Path.replace, _tables(out)

    def interrupted(self: Path, target: Path) -> Path:
        if next(calls) == crash_at:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(staging.Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        erase_person(out, "jan")
    monkeypatch.undo()
    is_new = "kowal" not in _everything(out)
    assert is_new == (crash_at >= 13)  # thirteen files are made ready before the first is put in place
    assert is_new or _tables(out) == tables
    assert not (out / ".change").exists()


def test_a_crash_before_all_is_ready_leaves_the_old(out: Path, monkeypatch) -> None:
    tables = _tables(out)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(staging.Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        erase_person(out, "jan")
    monkeypatch.undo()
    assert _tables(out) == tables
    assert erase_person(out, "jan").n_mentions == 2


def test_a_hash_forgets_case_and_order_but_not_the_gmina() -> None:
    one = hash_person("Jan Kowalski", "2604012", salt=SALT)
    assert one == hash_person("KOWALSKI Jan", "260401", salt=SALT)
    assert one != hash_person("Jan Kowalski", EVERYWHERE, salt=SALT)
    assert one != hash_person("Jan Kowalski", "2604012", salt="11" * 16)


def test_a_broken_file_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "erased.jsonl"
    path.write_text(json.dumps({"salt": SALT, "digest": SALT}) + '\n{"salt": "x"}\n')
    with pytest.raises(OutputError, match=r"erased\.jsonl:2"):
        load_erased(path)
    path.write_text("")
    assert load_erased(path) == []
    assert Erased(SALT, SALT)
