# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figures as Markdown."""

from __future__ import annotations

import importlib.metadata
import platform
from typing import TYPE_CHECKING

from benchmarks import figures as of
from benchmarks import goals
from benchmarks.clone import CORES
from benchmarks.figures import Key
from benchmarks.peers import OTHERS, OURS, YARDSTICK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from benchmarks.figures import Figures
    from benchmarks.goals import Row

_ABOUT = """\
Medians, all of one run on {cores} cores; cold is from nothing, with the cost of starting programs.
A peer that takes over a minute runs once.
The yardstick (1) is Sphinx's own `latex` builder and `latexmk -xelatex`, with the directives of
Bouwsteen but without its engines. The peers take the document as it is and set it in a look of
their own, so that pages differ. Memory is the peak of the largest process.

{versions}.
"""
_PACKAGES = ("Sphinx", "rinohtype", "pikepdf", "rst2pdf", "atsphinx-typst", "typst")


def markdown(figures: Figures) -> str:
    """Return all tables, ready to be read or published."""
    return "\n".join([
        "# How fast it is", "", _ABOUT.format(cores=CORES, versions=", ".join(_versions())),
        "## Goals", "", *goal_lines(goals.rows(figures)), "",
        "## Side by side", "", *peer_lines(figures), "",
        "## By length", "", *length_lines(figures), "",
        "## Finishing", "", *finishing_lines(figures), "",
    ])  # fmt: skip


def goal_lines(rows: Iterable[Row]) -> list[str]:
    """Return the table of goals."""
    said = {True: "yes", False: "**no**", None: "not measured"}
    return _table(
        ("work", "takes", "yardstick", "ratio", "goal", "met"),
        ((*row[:-1], said[row.met]) for row in rows),
    )


def peer_lines(figures: Figures) -> list[str]:
    """Return what each took for each document, or why it took nothing."""
    return _table(
        ("document", "by", "pages", "seconds", "ratio", "peak MB", "runs"), _peers(figures)
    )


def _peers(figures: Figures) -> Iterator[Sequence[str]]:
    for document in figures.documents():
        unit = Key(document, YARDSTICK.name)
        for peer in (YARDSTICK, OURS, *OTHERS):
            key = Key(document, peer.name)
            name = goals.chapters(document)
            if key in figures.runs:
                yield (
                    name, peer.name, str(figures.pages[document, peer.name]),
                    f"{figures.seconds(key):.2f}", goals.number(figures.ratio(key, unit), "{:.2f}"),
                    f"{figures.megabytes(key):.0f}", str(len(figures.runs[key])),
                )  # fmt: skip
            elif key in figures.absent:
                yield name, peer.name, figures.absent[key], "", "", "", ""


def length_lines(figures: Figures) -> list[str]:
    """Return how our cost grows with the pages; *a page more* is since the row above."""
    header = (
        "chapters", "pages", "seconds", "a page", "a page more", "peak MB", "MB a page more"
    )  # fmt: skip
    return _table(header, _lengths(figures))


def _lengths(figures: Figures) -> Iterator[Sequence[str]]:
    before: tuple[int, float, float] | None = None
    for document in figures.documents():
        key = Key(document, OURS.name)
        seconds, megabytes = figures.seconds(key), figures.megabytes(key)
        if document == of.TEMPLATE or seconds is None or megabytes is None:
            continue
        pages = figures.pages[document, OURS.name]
        more = ("", "")
        if before and pages > before[0]:
            further = pages - before[0]
            more = (
                f"{(seconds - before[1]) / further:.3f}", f"{(megabytes - before[2]) / further:.2f}"
            )  # fmt: skip
        yield (
            document, str(pages), f"{seconds:.2f}", f"{seconds / pages:.3f}", more[0],
            f"{megabytes:.0f}", more[1],
        )  # fmt: skip
        before = pages, seconds, megabytes


def finishing_lines(figures: Figures) -> list[str]:
    """Return what finishing adds to rendering, and the loading of its library, once a process."""
    return _table(
        ("document", "rendering", "finishing", "share", "loading", "share with loading"),
        (
            (
                goals.chapters(document), f"{parts.rendering:.2f}", f"{parts.finishing:.2f}",
                f"{parts.finishing / parts.rendering:.1%}", f"{parts.loading:.2f}",
                f"{(parts.finishing + parts.loading) / parts.rendering:.1%}",
            )
            for document in figures.finishing
            if (parts := figures.finished(document))
        ),
    )  # fmt: skip


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return [f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines]


def _versions() -> Iterator[str]:
    yield f"Python {platform.python_version()}"
    for package in _PACKAGES:
        try:
            yield f"{package} {importlib.metadata.version(package)}"
        except importlib.metadata.PackageNotFoundError:
            yield f"no {package}"
