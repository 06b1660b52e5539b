"""The first table of `docs/model.md`: every target, what was measured, and whether it is met."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Figures = Mapping[str, Any]

SHIPPED, PLAIN = "shipped", "plain"
CHANGES = {
    "capitals": "all in capitals",
    "diacritics": "Polish letters made plain",
    "typos": "two neighbouring letters in 150 swapped",
    "line_breaks": "a space for every line break",
}
BIASES = {
    "gender": ("men", "women"),
    "surname": ("surname that NKJP1M names", "surname that it does not name"),
    "origin": ("Polish surname", "surname unknown to Morfeusz, or letters outside Polish"),
    "parts": ("single surname", "double-barrelled surname"),
}
_TARGETS_GOLD = {"person": 0.98, "role": 0.94, "institution": 0.92, "location": 0.94}
_TARGETS_ROBUST = {"capitals": 8, "diacritics": 6, "typos": 4, "line_breaks": 2}
_TARGET_NKJP, _TARGET_LEAD, _TARGET_GAP, _TARGET_CALIBRATION = 0.85, 5.0, 2.0, 0.05
_TARGET_TRAINING = 75
_TARGET_RATIO, _TARGET_DISK, _TARGET_LOAD, _TARGET_MEMORY = 2.0, 30.0, 1.5, 600.0


def make_targets(figures: Figures) -> Iterator[tuple[object, ...]]:
    """Yield a row for each target: what, target, measured, yes or no."""
    shipped = figures["pipelines"][SHIPPED]
    for label, target in _TARGETS_GOLD.items():
        found = shipped["scores"]["gold"][f"strict.{label}"]
        yield f"gold test, {label}", f"{target:.2f}", rate(found), _met(found["f"] >= target)
    nkjp = shipped["scores"]["nkjp"]["strict.all"]
    yield "NKJP1M test, names", f"{_TARGET_NKJP:.2f}", rate(nkjp), _met(nkjp["f"] >= _TARGET_NKJP)
    lead = figures["margins"].get(f"{SHIPPED} over {PLAIN}", {}).get("nkjp", {}).get("all")
    if lead is not None:
        met = _met(lead["points"] >= _TARGET_LEAD)
        yield "NKJP1M test, lead over the plain CNN", f"{_TARGET_LEAD:.0f} points", points(lead), met
    for change, target in _TARGETS_ROBUST.items():
        lost = shipped["robustness"][change]["all"]
        yield CHANGES[change], f"-{target} points", points(lost), _met(lost["points"] >= -target)
    for kind, gap in in_order(shipped["bias"], BIASES):
        usual, other = BIASES[kind]
        met = gap["low"] <= _TARGET_GAP and gap["high"] >= -_TARGET_GAP
        yield f"{usual}, less {other}", "interval not above 2 points", points(gap), _met(met)
    error = figures["calibration"]["error"]
    yield "calibration error", f"{_TARGET_CALIBRATION}", f"{error:.3f}", _met(error <= _TARGET_CALIBRATION)
    yield from _resource_targets(figures["speed"], figures["footprint"])
    if "training" in figures:
        taken = minutes(figures["training"])
        met = _met(float(taken) <= _TARGET_TRAINING)
        yield "training, all stages", f"{_TARGET_TRAINING} min", f"{taken} min", met


def _resource_targets(speed: Figures, taken: Figures) -> Iterator[tuple[object, ...]]:
    ratio, memory = speed["ratio"], taken["memory_mb"]
    measured = f"{ratio:.2f} x; {speed['first_pass_ratio']:.2f} x on the first reading"
    yield "speed, over the large shape", "2.0 x", measured, _met(ratio >= _TARGET_RATIO)
    yield "size", "30 MB", f"{taken['disk_mb']:.1f} MB", _met(taken["disk_mb"] <= _TARGET_DISK)
    loaded = f"{taken['load_s']:.2f} s; {taken['ready_s']:.2f} s from starting Python"
    yield "load time", "1.5 s", loaded, _met(taken["load_s"] <= _TARGET_LOAD)
    yield "peak memory", "600 MB", f"{memory:.0f} MB", _met(memory <= _TARGET_MEMORY)


def in_order(figures: Figures, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Yield what there is of the named figures: JSON sorts its keys."""
    return ((name, figures[name]) for name in names if name in figures)


def rate(figure: Figures) -> str:
    """Return F and its interval."""
    return f"{figure['f']:.3f} ({interval(figure)})"


def interval(figure: Figures) -> str:
    """Return the ends of an interval."""
    return f"{figure['low']:.3f} to {figure['high']:.3f}"


def points(gap: Figures | None) -> str:
    """Return a gap in points with its interval; nothing where there is none."""
    if gap is None:
        return ""
    return f"{gap['points']:+.1f} ({gap['low']:+.1f} to {gap['high']:+.1f})"


def _met(is_met: bool) -> str:
    return "yes" if is_met else "no"


def minutes(run: Figures) -> str:
    """Return how long the stages of a training took together."""
    return f"{sum(seconds for _, seconds in run['stages']) / 60:.1f}"
