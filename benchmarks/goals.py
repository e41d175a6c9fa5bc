# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is to be reached, and whether it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from benchmarks import figures as of
from benchmarks.figures import Key
from benchmarks.peers import OURS, YARDSTICK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.figures import Figures

# What a document may take: times the yardstick. Chapters, and that.
COLD = {"1": 0.5, "5": 0.6, "20": 0.8, "80": 1.0}
SMALL = (of.TEMPLATE, "1")
AFTER_A_CHANGE = 0.5
IDLE_SECONDS = 0.050
MEGABYTES = 300
ALL = 0.25
FINISHING = 0.10
LONGEST = "80"


class Row(NamedTuple):
    """A line of the table."""

    work: str
    figure: str
    yardstick: str  # in seconds
    ratio: str
    goal: str
    met: bool | None  # None: not measured


def missed(figures: Figures) -> list[str]:
    """Return what was measured and is not reached, and what could not be measured."""
    ours = {OURS.name, YARDSTICK.name}
    return [
        f"{row.work}: {row.ratio or row.figure} ({row.goal})"
        for row in rows(figures)
        if row.met is False
    ] + [
        f"{', '.join(key)}: {reason}" for key, reason in figures.absent.items() if key.peer in ours
    ]


def rows(figures: Figures) -> list[Row]:
    """Return the table: each piece of work, what it took, what it may take."""
    return list(_rows(figures))


def _rows(figures: Figures) -> Iterator[Row]:
    idle = figures.seconds(Key(of.CLONE, OURS.name, of.IDLE))
    yield Row(
        "nothing changed, `make draft`", number(idle, "{:.3f} s"), "", "",
        f"< {IDLE_SECONDS * 1000:.0f} ms", None if idle is None else idle < IDLE_SECONDS,
    )  # fmt: skip
    for document in SMALL:
        name = _name(document, figures)
        yield _against_yardstick(f"{name}, cold", document, of.COLD, COLD["1"], figures)
        yield _against_yardstick(
            f"{name}, after a change of one word", document, of.CHANGED, AFTER_A_CHANGE, figures
        )
    for document, limit in COLD.items():
        if document not in SMALL:
            name = _name(document, figures)
            yield _against_yardstick(f"{name}, cold", document, of.COLD, limit, figures)
    peak = figures.megabytes(Key(LONGEST, OURS.name))
    yield Row(
        f"{_name(LONGEST, figures)}, peak memory", number(peak, "{:.0f} MB"), "", "",
        f"≤ {MEGABYTES} MB", None if peak is None else peak <= MEGABYTES,
    )  # fmt: skip
    yield _against_yardstick(
        "`make all`: 4 languages, 2 profiles, all cores", of.CLONE, of.ALL, ALL, figures
    )
    yield _one_catalogue(figures)
    for document in (of.TEMPLATE, *COLD):
        yield _finishing(document, figures)


def _against_yardstick(work: str, document: str, kind: str, limit: float, figures: Figures) -> Row:
    """Compare with the yardstick, which always renders the same document from nothing."""
    ours = Key(document, OURS.name, kind)
    yardstick = Key(document, YARDSTICK.name, of.ALL if kind == of.ALL else of.COLD)
    ratio = figures.ratio(ours, yardstick)
    return Row(
        work, number(figures.seconds(ours), "{:.2f} s"),
        number(figures.seconds(yardstick), "{:.2f} s"), number(ratio, "{:.2f}"),
        f"≤ {limit:g}", None if ratio is None else ratio <= limit,
    )  # fmt: skip


def _one_catalogue(figures: Figures) -> Row:
    rendered = figures.rendered
    seconds = figures.seconds(Key(of.CLONE, OURS.name, of.ONE_CATALOGUE))
    figure = "" if rendered is None else f"{len(rendered)} PDFs in {seconds:.2f} s"
    theirs = f"-{of.TRANSLATED}.pdf"
    met = None if rendered is None else [name.endswith(theirs) for name in rendered] == [True, True]
    return Row("one `.po` changed, `make all`", figure, "", "", "only that language's 2 PDFs", met)


def _finishing(document: str, figures: Figures) -> Row:
    parts = figures.finished(document)
    share = parts and parts.finishing / parts.rendering
    return Row(
        f"finishing, on top of rendering, {_name(document, figures)}",
        "" if parts is None else f"{parts.finishing:.2f} s on {parts.rendering:.2f} s", "",
        number(share, "{:.1%}"), f"≤ {FINISHING:.0%}",
        None if share is None else share <= FINISHING,
    )  # fmt: skip


def _name(document: str, figures: Figures) -> str:
    pages = figures.pages.get((document, OURS.name))
    name = chapters(document)
    return f"{name} ({pages} pages)" if pages else name


def chapters(document: str) -> str:
    """Return what to call a document."""
    if document == of.TEMPLATE:
        return "the template"
    return f"{document} chapter{'' if document == '1' else 's'}"


def number(value: float | None, form: str) -> str:
    """Write *value* in a *form*, or nothing if it was not measured."""
    return "" if value is None else form.format(value)
