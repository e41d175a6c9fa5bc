# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figures as a picture: time and memory against pages."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from benchmarks import goals
from benchmarks.figures import TEMPLATE, Key
from benchmarks.peers import OTHERS, OURS, YARDSTICK

if TYPE_CHECKING:
    from benchmarks.figures import Figures

_GREY = "#8a94a3"
_COLOURS = {YARDSTICK.name: "black", OURS.name: "#c1121f"}


def svg(figures: Figures) -> bytes:
    """Return the picture. Pages are those of our PDF, also where a peer needs more or fewer."""
    # loaded once all is measured: what starts a process counts in its memory
    import matplotlib as mpl  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with mpl.rc_context({"svg.hashsalt": "bench", "svg.fonttype": "none", "font.size": 9}):
        picture = Figure(figsize=(12, 4.2), layout="constrained")
        times, ratios, memory = picture.subplots(1, 3)
        for peer in (YARDSTICK, OURS, *OTHERS):
            _draw(times, peer.name, _points(figures, peer.name, "seconds"))
            _draw(memory, peer.name, _points(figures, peer.name, "megabytes"))
            _draw(ratios, peer.name, _ratios(figures, peer.name))
        _draw_goals(ratios, figures)
        memory.axhline(goals.MEGABYTES, color=_GREY, linestyle=":", label="goal")
        for axes, title, scale in (
            (times, "seconds, cold", "log"),
            (ratios, "times the yardstick", "log"),
            (memory, "peak, MB", "linear"),
        ):
            axes.set(title=title, xlabel="pages", xscale=scale, yscale=scale)
            axes.grid(visible=True, which="major", color="#dddddd")
            for axis in (axes.xaxis, axes.yaxis):
                axis.set_major_formatter("{x:g}")
        ratios.legend(fontsize=7)
        output = io.BytesIO()
        picture.savefig(output, format="svg", metadata={"Date": None})
    return output.getvalue()


def _draw(axes: Any, name: str, points: list[tuple[int, float]]) -> None:
    if points:
        axes.plot(*zip(*points, strict=True), marker="o", label=name, color=_COLOURS.get(name))


def _draw_goals(axes: Any, figures: Figures) -> None:
    points = [
        (pages, limit)
        for document, limit in goals.COLD.items()
        if (pages := figures.pages.get((document, OURS.name)))
    ]
    if points:
        axes.plot(*zip(*points, strict=True), "v:", color=_GREY, label="goal")


def _points(figures: Figures, name: str, kind: str) -> list[tuple[int, float]]:
    return [
        (figures.pages[document, OURS.name], value)
        for document in figures.documents()
        if document != TEMPLATE
        and (document, OURS.name) in figures.pages
        and (value := getattr(figures, kind)(Key(document, name))) is not None
    ]


def _ratios(figures: Figures, name: str) -> list[tuple[int, float]]:
    unit = dict(_points(figures, YARDSTICK.name, "seconds"))
    return [
        (pages, seconds / unit[pages])
        for pages, seconds in _points(figures, name, "seconds")
        if pages in unit
    ]
