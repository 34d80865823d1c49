"""Plots as plain SVG: dots with whiskers, points with crosses, curves. Colours are the page's."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from harness.stats.cube import FloatArray

WIDTH, WIDEST = 1130, 340
NAMES, ROW, TOP, GAP = 176, 21, 30, 30
SIDE, LEFT, BOTTOM = 236, 44, 34


@dataclass(frozen=True, slots=True)
class Whisker:
    """A number with the ends of its interval, None where there is none."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure of every row; ``level`` is what stands for no agreement at all."""

    title: str
    level: float
    whiskers: tuple[Whisker, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A named place with its intervals."""

    name: str
    x: Whisker
    y: Whisker


def ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Return round numbers within a range, about ``count`` of them.

    >>> ticks(-0.2, 1.0)
    [0.0, 0.5, 1.0]
    """
    span = high - low
    if not span > 0:
        return [low]
    step = 10.0 ** math.floor(math.log10(span / count))
    step *= next((m for m in (1, 2, 5, 10) if span / (step * m) <= count), 10)
    first = math.ceil(low / step - 1e-9)
    return [round(i * step, 12) for i in range(first, math.floor(high / step + 1e-9) + 1)]


@dataclass(frozen=True, slots=True)
class Scale:
    """A range of numbers laid over a range of pixels, which may run backwards."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, values: Iterable[float | None], start: float, end: float) -> "Scale":
        """Return the scale that holds all the values, with a little room at both ends."""
        known = [v for v in values if v is not None]
        low, high = min(known), max(known)
        room = 0.05 * (high - low) or 0.5
        return cls(low - room, high + room, start, end)

    def __call__(self, value: float) -> float:
        """Return the pixel of a value."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def whiskers(
    names: Sequence[str], quiet: Sequence[bool], panels: Sequence[Panel], what: str
) -> str:
    """Return one row for each name and one panel for each measure; ``quiet`` rows are hollow."""
    height = TOP + ROW * len(names) + BOTTOM - 8
    wide = min(WIDEST, (WIDTH - NAMES) // len(panels))
    width = NAMES + len(panels) * wide
    parts = [
        _text(NAMES - 12, TOP + ROW * (i + 0.5) + 4, name, "end", "quiet" if dim else "")
        for i, (name, dim) in enumerate(zip(names, quiet, strict=True))
    ]
    for i, panel in enumerate(panels):
        left = NAMES + i * wide
        scale = (float(left), float(left + wide - GAP))
        parts += _panel(panel, quiet, scale, TOP + ROW * len(names))
    return _svg(width, height, what, parts)


def _panel(
    panel: Panel, quiet: Sequence[bool], place: tuple[float, float], bottom: float
) -> list[str]:
    held = panel.whiskers
    scale = Scale.over([*_ends(held), panel.level], *place)
    parts = [_text(sum(place) / 2, 16, panel.title, "middle", "head")]
    for tick in ticks(scale.low, scale.high):
        parts += [_line(scale(tick), TOP, scale(tick), bottom, "grid")]
        parts += [_text(scale(tick), bottom + 16, f"{tick:g}", "middle", "tick")]
    parts += [_line(scale(panel.level), TOP, scale(panel.level), bottom, "zero")]
    for i, one in enumerate(held):
        if one.value is not None:
            y = TOP + ROW * (i + 0.5)
            mark = _dot(scale(one.value), y, "rival" if quiet[i] else "dot", told(one))
            parts += [*_bar(one, scale, y), mark]
    return parts


def _bar(one: Whisker, scale: Scale, y: float) -> list[str]:
    if one.low is None or one.high is None:
        return []
    return [_line(scale(one.low), y, scale(one.high), y, "whisker")]


def told(one: Whisker) -> str:
    """Return a number and its interval in words."""
    if one.value is None:
        return "none"
    ends = "" if one.low is None or one.high is None else f" [{one.low:.3g}, {one.high:.3g}]"
    return f"{one.value:.3g}{ends}"


def scatter(title: str, points: Sequence[Point], across: str, up: str, what: str) -> str:
    """Return points with their intervals as crosses, one axis for each."""
    right, bottom = SIDE - 8, SIDE - BOTTOM
    x = Scale.over(_ends(p.x for p in points), LEFT, right)
    y = Scale.over(_ends(p.y for p in points), bottom, TOP)
    parts = [*_axes(x, y, across, up), _text((LEFT + right) / 2, 16, title, "middle", "head")]
    for p in points:
        if p.x.value is None or p.y.value is None:
            continue
        at = x(p.x.value), y(p.y.value)
        if p.x.low is not None and p.x.high is not None:
            parts.append(_line(x(p.x.low), at[1], x(p.x.high), at[1], "cross"))
        if p.y.low is not None and p.y.high is not None:
            parts.append(_line(at[0], y(p.y.low), at[0], y(p.y.high), "cross"))
    parts += [
        _dot(x(p.x.value), y(p.y.value), "dot", f"{p.name}: {told(p.x)}, people {told(p.y)}")
        for p in points
        if p.x.value is not None and p.y.value is not None
    ]
    return _svg(SIDE, SIDE, what, parts)


def _ends(found: Iterable[Whisker]) -> list[float | None]:
    return [end for one in found for end in (one.value, one.low, one.high)]


def _axes(x: Scale, y: Scale, across: str, up: str) -> list[str]:
    parts = []
    for tick in ticks(x.low, x.high):
        parts += [_line(x(tick), y.end, x(tick), y.start, "grid")]
        parts += [_text(x(tick), y.start + 14, f"{tick:g}", "middle", "tick")]
    for tick in ticks(y.low, y.high):
        parts += [_line(x.start, y(tick), x.end, y(tick), "grid")]
        parts += [_text(x.start - 5, y(tick) + 4, f"{tick:g}", "end", "tick")]
    middle = (y.start + y.end) / 2
    turned = f'transform="rotate(-90 10 {middle:g})"'
    parts += [_text((x.start + x.end) / 2, y.start + 29, across, "middle", "axis")]
    return [*parts, _text(10, middle, up, "middle", "axis", turned)]


def curves(named: Sequence[tuple[str, FloatArray, FloatArray]], what: str) -> str:
    """Return ROC curves, each with its own colour and dashes, beside the line of guessing."""
    side = 2 * LEFT + 260
    x, y = Scale(0.0, 1.0, LEFT, side - 12), Scale(0.0, 1.0, side - BOTTOM - 12, 12)
    parts = _axes(x, y, "good called bad", "bad called bad")
    parts.append(_line(x(0), y(0), x(1), y(1), "zero"))
    for i, (name, false, true) in enumerate(named):
        pixels = zip(map(x, false.tolist()), map(y, true.tolist()), strict=True)
        path = " ".join(dict.fromkeys(f"{round(a)},{round(b)}" for a, b in pixels))
        parts.append(f'<polyline class="curve c{i}" points="{path}"/>')
        at = 34 + 22 * i
        parts.append(f'<polyline class="curve c{i}" points="{side + 14},{at} {side + 48},{at}"/>')
        parts.append(_text(side + 58, at + 4, name, "start", ""))
    return _svg(side + 300, side, what, parts)


def _svg(width: float, height: float, what: str, parts: Iterable[str]) -> str:
    return (
        f'<svg role="img" aria-label="{escape(what)}" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}">{"".join(parts)}</svg>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"/>'


def _dot(x: float, y: float, kind: str, name: str) -> str:
    return (
        f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="4"><title>{escape(name)}</title></circle>'
    )


def _text(x: float, y: float, text: str, anchor: str, kind: str, more: str = "") -> str:
    place = f'x="{x:g}" y="{y:g}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place} {more}>{escape(text)}</text>'
