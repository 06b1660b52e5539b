"""Which web sites and folders are of which gmina."""

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.ingest.sources import load_sources
from pipeline.records import Document

ROWS = """prefix,municipality_teryt,publisher
https://www.laka.example,1609084,Urząd
laka.example/powiat,1609,
dobra.example,1602023,
dane/gogolin,1605023,Gazeta
dane,16,
"""


def find(path: Path, *, url: str | None = None, source: str = "x.txt") -> str | None:
    return load_sources(path).find_teryt(Document("0" * 16, source, "tekst", url=url))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sources.csv").write_text(ROWS, encoding="utf-8")
    return Path("sources.csv")


@pytest.mark.parametrize(
    ("url", "teryt"),
    [
        ("https://laka.example/news/1", "1609084"),
        ("http://WWW.Laka.example/powiat/2?x=1", "1609"),
        ("https://laka.example/powiatowy", "1609084"),
        ("https://laka.example", "1609084"),
        ("https://dobra.example/a", "1602023"),
        ("https://laka.example.evil.example/a", None),
        ("https://other.example", None),
        (None, None),
    ],
)
def test_the_longest_address_that_fits_decides(path: Path, url: str | None, teryt: str | None) -> None:
    assert find(path, url=url) == teryt


@pytest.mark.parametrize(
    ("source", "teryt"),
    [
        ("dane/gogolin/a.txt", "1605023"),
        ("dane/gogolin.csv#12", "16"),
        ("./dane/gogolin/sub/b.csv#3", "1605023"),
        ("danech/a.txt", None),
    ],
)
def test_folders_count_too(path: Path, source: str, teryt: str | None) -> None:
    assert find(path, source=source) == teryt


def test_folders_are_also_sought_beside_the_file_of_sources(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert find(tmp_path / "sources.csv", source="../dane/gogolin/a.txt") == "1605023"


def test_one_table_may_be_named_itself(tmp_path: Path) -> None:
    (tmp_path / "s.tsv").write_text(f"prefix\tmunicipality_teryt\n{tmp_path}/t.csv\t1609084\n")
    assert find(tmp_path / "s.tsv", source=f"{tmp_path}/t.csv#7") == "1609084"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("prefix,code\na,1\n", "no column municipality_teryt"),
        ("prefix,municipality_teryt\nlaka.example,160908\n", "row 1: '160908' is no TERC"),
        ("prefix,municipality_teryt\n,1609084\n", "row 1: no prefix"),
        ("prefix,municipality_teryt\na.pl,1609084\na.pl,1609074\n", "row 2: a.pl stands twice"),
        ("", "empty"),
    ],
)
def test_a_broken_file_of_sources_is_the_callers_mistake(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "s.csv").write_text(text)
    with pytest.raises(ConfigError, match=reason):
        load_sources(tmp_path / "s.csv")


def test_a_missing_file_of_sources_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        load_sources(tmp_path / "none.csv")
