"""Cost curves as SVG: seconds of whole runs by the number of articles, both axes logarithmic."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 640, 380, 64, 150, 20, 48
_X, _Y = (2.8, 5.2), (1.0, 4.6)
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")


def plot_runs(runs: Iterable[Mapping[str, Any]]) -> str:
    """Return the plot; runs after a kill, which are parts of runs, are left out."""
    lines: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for run in runs:
        if run["way"] != "after a kill":
            name = f"{run['way']}, {run['workers']} worker{'s' if run['workers'] > 1 else ''}"
            lines[name].append((run["articles"], run["wall_s"]))
    body = [
        *_grid(),
        *(part for number, name in enumerate(sorted(lines)) for part in _line(number, name, lines)),
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif"'
    )
    return (
        "\n".join(
            [f'{head} font-size="13">', '<rect width="100%" height="100%" fill="#fff"/>', *body, "</svg>"]
        )
        + "\n"
    )


def _x(articles: float) -> float:
    return _LEFT + (math.log10(articles) - _X[0]) / (_X[1] - _X[0]) * (_WIDTH - _LEFT - _RIGHT)


def _y(seconds: float) -> float:
    return _HEIGHT - _BOTTOM - (math.log10(seconds) - _Y[0]) / (_Y[1] - _Y[0]) * (_HEIGHT - _TOP - _BOTTOM)


def _grid() -> Iterator[str]:
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    for seconds in (10, 100, 1_000, 10_000):
        y = _y(seconds)
        yield f'<path d="M{_LEFT} {y:.1f}H{right}" stroke="#ddd"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{seconds:,} s</text>'
    for articles in (1_000, 10_000, 100_000):
        x = _x(articles)
        yield f'<path d="M{x:.1f} {_TOP}V{bottom}" stroke="#ddd"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{articles:,}</text>'
    yield f'<text x="{(_LEFT + right) / 2:.1f}" y="{bottom + 38}" text-anchor="middle">articles</text>'


def _line(number: int, name: str, lines: Mapping[str, list[tuple[float, float]]]) -> Iterator[str]:
    colour = _COLOURS[number % len(_COLOURS)]
    points = [(_x(articles), _y(seconds)) for articles, seconds in sorted(lines[name])]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in points)
    x, y = _WIDTH - _RIGHT + 12, _TOP + 16 + 22 * number
    yield f'<circle cx="{x}" cy="{y - 4}" r="4" fill="{colour}"/><text x="{x + 10}" y="{y}">{name}</text>'
