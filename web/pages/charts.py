"""Charts drawn on the server: places and sizes for SVG; each stands beside a table with the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 160
"""The view box of a chart of columns, the labels' line not counted."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it stands for, how much, and its rectangle in the view box."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


def columns(values: Sequence[tuple[str, int]]) -> list[Column]:
    """Columns side by side, the highest filling the chart; what is not nothing stays visible."""
    most = max((count for _, count in values), default=0)
    step = WIDTH / max(1, len(values))
    heights = [max(2.0, count / most * HEIGHT) if count else 0.0 for _, count in values]
    return [
        Column(label, count, place * step + step * 0.1, HEIGHT - height, step * 0.8, height)
        for place, ((label, count), height) in enumerate(zip(values, heights, strict=True))
    ]
