"""Refresh the tables of registers from newly downloaded official files: `civic-actors tables --refresh`.

Every file is checked before anything is written, new tables are read back before they take the place of the old
ones, and what changed is told: a wrong file must never empty a gazetteer.
"""

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.errors import CivicActorsError
from pipeline.ingest.decode import binary_kind
from pipeline.tables import describe_table, read_table
from pipeline.training.registers import make_given_names, read_forenames
from pipeline.training.teryt_tables import (
    SIMC_COLUMNS,
    TERC_COLUMNS,
    Row,
    make_localities,
    make_units,
    read_register,
    recode_localities,
    write_localities,
    write_units,
)

REGISTERS = ("terc", "simc", "forenames")
_KEYS = {"teryt_units": ("teryt",), "localities": ("simc",), "given_names": ("name", "gender")}
_LEAST_SHARE = 0.9
_XZ = b"\xfd7zXZ\x00"
_STATE = re.compile(r"20\d\d(?:-\d\d-\d\d)?")

Answer = TypeVar("Answer")


class RegisterError(CivicActorsError):
    """A file is not the official register that it was given as."""


@dataclass(frozen=True, slots=True)
class TableChange:
    """How a table differs from the one that it replaces; keys are TERC, SIMC, or forename and gender.

    Attributes:
        before: Day or year of the old table's register.
        after: Day or year of the new one's.
        renamed: Key, old name and new name.
        moved: Keys of localities that lie in another gmina now.
    """

    table: str
    before: str
    after: str
    n_rows: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[tuple[str, str, str], ...]
    moved: tuple[str, ...]


def refresh_tables(files: Sequence[tuple[str, Path]], folder: Path) -> list[TableChange]:
    """Replace the tables that the given files feed, all of them or none.

    Args:
        files: (register, file) pairs: `terc`, `simc`, `forenames` (a file a gender); localities get their
            gminas' new codes with a new TERC too.
        folder: Folder of the tables, such as `data/tables`; it must hold them already.

    Raises:
        RegisterError: A file is not what it was given as, is older than the table, or is a part only.
        TableError: A table in the folder breaks the format.
    """
    for table in _KEYS:
        if not (folder / f"{table}.tsv").exists():
            raise RegisterError(
                f"{folder} holds no {table}.tsv; give a folder of tables, such as data/tables"
            )
    given: dict[str, list[Path]] = {}
    for register, path in files:
        if register not in REGISTERS:
            raise RegisterError(f"no register {register!r}; the registers are {', '.join(REGISTERS)}")
        given.setdefault(register, []).append(path)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".refresh-") as name:
        fresh = _write_fresh(given, folder, Path(name))
        changes = [_compare(folder / path.name, path) for path in fresh]
        for path in fresh:
            path.replace(folder / path.name)
    return changes


def _write_fresh(given: Mapping[str, list[Path]], folder: Path, target: Path) -> list[Path]:
    written = []
    if "terc" in given:
        terc = _read_teryt(_only(given["terc"], "terc"), "terc", TERC_COLUMNS)
        written.append(write_units(target, list(make_units(terc)), terc[0]["STAN_NA"]))
    if "terc" in given or "simc" in given:
        written.append(_write_localities(given.get("simc", []), folder, target))
    if "forenames" in given:
        written.append(_write_given_names(given["forenames"], folder, target))
    return written


def _write_localities(files: list[Path], folder: Path, target: Path) -> Path:
    """Write localities from SIMC, or the known ones with the codes of a new TERC."""
    units = target / "teryt_units.tsv"
    codes = [row["teryt"] for row in read_table(units if units.exists() else folder / units.name)]
    old = folder / "localities.tsv"
    if not files:
        return write_localities(target, recode_localities(read_table(old), codes), describe_table(old).state)
    simc = _read_teryt(_only(files, "simc"), "simc", SIMC_COLUMNS)
    return write_localities(target, make_localities(simc, codes), simc[0]["STAN_NA"])


def _write_given_names(files: list[Path], folder: Path, target: Path) -> Path:
    """Write forenames; those of a gender that no file is of stay."""
    known = read_table(folder / "given_names.tsv")
    found: dict[tuple[str, str], int] = {}
    states = set()
    for path in files:
        found |= _checked(path, "forenames", lambda path: dict(read_forenames(path)))
        states.add(_state_of_name(path))
    genders = {gender for _, gender in found}
    kept = {(row["name"], row["gender"]): int(row["count"]) for row in known if row["gender"] not in genders}
    path = target / "given_names.tsv"
    path.write_text(make_given_names(kept | found, state=max(states)), encoding="utf-8", newline="\n")
    return path


def _only(files: list[Path], register: str) -> Path:
    if len(files) > 1:
        raise RegisterError(f"{register} is one file, but {len(files)} were given; name the newest")
    return files[0]


def _state_of_name(path: Path) -> str:
    """Return the day or year in a file's name: the forename lists do not say it inside."""
    found: list[str] = _STATE.findall(path.name)
    if not found:
        raise RegisterError(f"{path}: its name tells no year; name it like forenames-f-2026-01-20.csv")
    return max(found)


def _read_teryt(path: Path, register: str, columns: Sequence[str]) -> list[Row]:
    rows = _checked(path, register, read_register)
    missing = [column for column in columns if column not in rows[0]]
    if missing:
        other = "simc" if "SYM" in rows[0] else "terc" if "NAZWA_DOD" in rows[0] else ""
        hint = f"it looks like {other}" if other else f"its header is {';'.join(map(str, rows[0]))[:120]}"
        raise RegisterError(f"{path} is not {register}: it lacks {', '.join(missing)}; {hint}")
    if any(row[column] is None for row in rows for column in columns):
        raise RegisterError(f"{path} is not whole: a row is cut short; download it again")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", rows[0]["STAN_NA"]):
        raise RegisterError(f"{path}: STAN_NA is {rows[0]['STAN_NA']!r}, not a day YYYY-MM-DD")
    return rows


def _checked(path: Path, register: str, read: Callable[[Path], Answer]) -> Answer:
    """Read a file, or refuse it by name of what is wrong."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
        kind = None if start.startswith(_XZ) else binary_kind(start)
        if kind:
            raise RegisterError(f"{path} is a {kind}, not the CSV of {register}; unpack it first")
        answer = read(path)
    except OSError as error:
        raise RegisterError(f"cannot read {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise RegisterError(f"{path} is not in UTF-8; download the CSV of {register} as it is") from error
    except ValueError as error:
        raise RegisterError(f"{path} is not {register}: {error}") from error
    if not answer:
        raise RegisterError(f"{path} holds no row of {register}; download it again")
    return answer


def _compare(old: Path, new: Path) -> TableChange:
    """Say what changed; refuse a table that is older than the old one, or lost a tenth of its rows."""
    was, now = describe_table(old), describe_table(new)
    if now.state[:4] < was.state[:4] or (len(now.state) == len(was.state) and now.state < was.state):
        raise RegisterError(
            f"{old.stem} would go back from {was.state} to {now.state}; download the newest file"
        )
    before, after = _by_key(old), _by_key(new)
    removed = sorted(before.keys() - after.keys())
    if len(removed) > len(before) * (1 - _LEAST_SHARE):
        gone = f"{len(removed):,} of {len(before):,} rows of {old.stem} would go"
        raise RegisterError(f"{gone}; the file is a part of the register, not the whole")
    shared = sorted(before.keys() & after.keys())
    return TableChange(
        table=old.stem,
        before=was.state,
        after=now.state,
        n_rows=now.n_rows,
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(removed),
        renamed=tuple(
            (key, before[key]["name"], after[key]["name"])
            for key in shared
            if before[key]["name"] != after[key]["name"]
        ),
        moved=tuple(key for key in shared if before[key].get("terc") != after[key].get("terc")),
    )


def _by_key(path: Path) -> dict[str, Row]:
    return {" ".join(row[column] for column in _KEYS[path.stem]): row for row in read_table(path)}
