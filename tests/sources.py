# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Generated sources full of guidance, each also with the guidance physically deleted.

A block renders itself to lines: with its guidance, or without. Whatever stands in guidance carries
the canary, so that a leak of any part of it is seen.
"""

from __future__ import annotations

import base64
import dataclasses
import itertools

from hypothesis import strategies as st

CANARY = "kanarie"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mOQs4nCihiGlgQAhsctAVTqrxcAAAAA"
    "SUVORK5CYII="
)

Lines = list[str]


@dataclasses.dataclass
class Numbers:
    """Hands out numbers, the same ones whether guidance is rendered or not."""

    counter: itertools.count[int] = dataclasses.field(default_factory=itertools.count)

    def next(self) -> int:
        return next(self.counter)


def indent(lines: Lines, by: int) -> Lines:
    return [" " * by + line if line else "" for line in lines]


def stack(blocks: list[Lines]) -> Lines:
    """Put blocks below one another, with blank lines between; leave out what is empty."""
    result: Lines = []
    for lines in blocks:
        if lines:
            result += ["", *lines] if result else lines
    return result


@dataclasses.dataclass
class Block:
    def render(self, shown: bool) -> Lines:
        raise NotImplementedError


@dataclasses.dataclass
class Paragraph(Block):
    words: list[str]
    phrase_at: int | None  # where a phrase of guidance stands, if there is one
    full_stop: bool

    def render(self, shown: bool) -> Lines:
        words = list(self.words)
        if shown and self.phrase_at is not None:
            words.insert(self.phrase_at % (len(words) + 1), f":guidance:`{CANARY} zin`")
        return [" ".join(words) + ("." if self.full_stop else "")]


GUIDANCE_PARTS: list[Lines] = [
    [f"Tekst {CANARY}."],
    [f"- punt {CANARY}", "- nog een"],
    ["#. eerste", f"#. {CANARY}"],
    ["term", f"   uitleg {CANARY}"],
    [f".. index:: {CANARY} ingang"],
    [f".. _{CANARY}-N:", "", f".. figure:: {CANARY}.png", "", f"   Bijschrift {CANARY}"],
    [f".. table:: Tabel {CANARY}", "   :name: kanarie-tabel-N", "", "   == ==", "   a  b",
     "   == ==", f"   1  {CANARY}", "   == =="],
    [f"Noot [#noot-kanarie-N]_ {CANARY}.", "", f".. [#noot-kanarie-N] Voetnoot {CANARY}."],
    [f"Bron [Bron-kanarie-N]_ {CANARY}.", "", f".. [Bron-kanarie-N] Bron {CANARY}."],
    [f".. image:: {CANARY}.png", f"   :alt: beeld {CANARY}"],
    [".. code-block:: none", "", f"   {CANARY} = 1", "   ======"],
    [f"Zie :ref:`start`, `extern <https://example.org/{CANARY}>`_ en :download:`{CANARY}.png`."],
    [f".. guidance:: Genest {CANARY}."],
    [f".. fill-in:: Vul in {CANARY}."],
    [f".. note:: Let op {CANARY}."],
    [f".. rubric:: Kopje {CANARY}"],
    [".. glossary::", "", f"   {CANARY}-term-N", f"      uitleg {CANARY}"],
    [f".. math:: x = {CANARY}", "   :label: kanarie-som-N"],
    [f".. py:function:: {CANARY}_N()", "", f"   Functie {CANARY}."],
    ["+-----+---------+", f"| a   | {CANARY} |", "+-----+---------+"],
    [f":{CANARY}: veld"],
    [f"| regel {CANARY}", "| regel"],
    [".. |kanarie-N| replace:: vervangen", "", f"Vervangen |kanarie-N| {CANARY}."],
]  # fmt: skip


@dataclasses.dataclass
class Guidance(Block):
    alias: str
    parts: list[int]
    number: int

    def render(self, shown: bool) -> Lines:
        if not shown:
            return []
        parts = [
            [line.replace("-N", f"-{self.number}").replace("_N", f"_{self.number}")
             for line in GUIDANCE_PARTS[part]]
            for part in dict.fromkeys(self.parts)
        ]  # fmt: skip
        # what is nested directly in the directive's first line would be its argument
        return [f".. {self.alias}::", "", *indent(stack(parts), 3)]


@dataclasses.dataclass
class Sequence(Block):
    blocks: list[Block]

    def render(self, shown: bool) -> Lines:
        rendered: list[Lines] = []
        before: Block | None = None
        for block in self.blocks:
            if isinstance(block, Quote) and not isinstance(before, Paragraph):
                rendered.append([".."])  # else the quote would be content of a directive
            rendered.append(block.render(shown))
            before = block
        return stack(rendered)


@dataclasses.dataclass
class Quote(Block):
    body: Sequence

    def render(self, shown: bool) -> Lines:
        return indent(self.body.render(shown), 3)


@dataclasses.dataclass
class Items(Block):
    """A list, with guidance in and between its items."""

    marker: str  # '-', '1.', '#.', 'term', ':field:', '-x'
    items: list[tuple[Paragraph, Sequence, Guidance | None]]

    def render(self, shown: bool) -> Lines:
        result: list[Lines] = []
        for number, (first, rest, between) in enumerate(self.items, 1):
            marker = f"{number}." if self.marker == "1." else self.marker
            if marker in {"term", ":veld:"}:
                body = stack([first.render(shown), rest.render(shown)])
                result.append([marker, *indent(body, 3)])
            else:
                body = stack([first.render(shown), rest.render(shown)])
                width = len(marker) + (2 if marker == "-x" else 1)
                head, *tail = indent(body, width)
                result.append([marker + head[len(marker) :], *tail])
            if between is not None:
                result.append(between.render(shown))
        return stack(result)


@dataclasses.dataclass
class ListTable(Block):
    cells: list[Sequence]

    def render(self, shown: bool) -> Lines:
        lines = [".. list-table:: Tabel", ""]
        for row in zip(self.cells[::2], self.cells[1::2], strict=True):
            for mark, cell in zip(("* -", "  -"), row, strict=True):
                head, *tail = indent(cell.render(shown), 4) or [""]
                lines += ["   " + mark + head[3:], *indent(tail, 3)]
        return lines


@dataclasses.dataclass
class Note(Block):
    first: Paragraph
    body: Sequence

    def render(self, shown: bool) -> Lines:
        return [
            ".. note::", "",
            *indent(stack([self.first.render(shown), self.body.render(shown)]), 3),
        ]  # fmt: skip


@dataclasses.dataclass
class Footnote(Block):
    number: int
    first: Paragraph
    body: Sequence

    def render(self, shown: bool) -> Lines:
        body = stack([self.first.render(shown), self.body.render(shown)])
        head, *tail = indent(body, 3)
        name = f"noot-{self.number}"
        return [f"Met een noot [#{name}]_.", "", f".. [#{name}] {head.strip()}", *tail]


@dataclasses.dataclass
class Labelled(Block):
    number: int
    guidance: Guidance
    block: Block

    def render(self, shown: bool) -> Lines:
        return stack(
            [[f".. _doel-{self.number}:"], self.guidance.render(shown), self.block.render(shown)]
        )


@dataclasses.dataclass
class Included(Block):
    """A file of its own; written by `Document.files`."""

    number: int
    body: Sequence

    def render(self, _shown: bool) -> Lines:
        return [f".. include:: deel{self.number}.inc"]


@dataclasses.dataclass
class Section(Block):
    number: int
    body: Sequence

    def render(self, shown: bool) -> Lines:
        return stack([[f"Kop {self.number}", "-" * 12], self.body.render(shown)])


@dataclasses.dataclass
class Document:
    before: Guidance | None
    body: Sequence
    sections: list[Section]

    def files(self, shown: bool) -> dict[str, str | bytes]:
        blocks = [
            self.before.render(shown) if self.before else [],
            [".. _start:", "", "Proef", "====="],
            ["Begin."],
            self.body.render(shown),
            *(section.render(shown) for section in self.sections),
        ]
        files: dict[str, str | bytes] = {
            "index.rst": "\n".join(stack(blocks)) + "\n",
            f"{CANARY}.png": PICTURE,
        }
        parts = [self.body, *(section.body for section in self.sections)]
        for included in itertools.chain.from_iterable(_included(part) for part in parts):
            text = "\n".join(included.body.render(shown))
            files[f"deel{included.number}.inc"] = text + "\n"
        return files


def _included(block: Sequence) -> list[Included]:
    return [child for child in block.blocks if isinstance(child, Included)]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    numbers = Numbers()
    words = st.lists(
        st.sampled_from(["gemeente", "samen", "werkt", "*graag*", "**wel**", "``code``", "aan"]),
        min_size=1, max_size=5,
    )  # fmt: skip

    def paragraph() -> Paragraph:
        return Paragraph(draw(words), draw(st.none() | st.integers(0, 5)), draw(st.booleans()))

    def plain() -> Paragraph:
        return Paragraph(draw(words), None, draw(st.booleans()))

    def guidance() -> Guidance:
        parts = st.lists(st.integers(0, len(GUIDANCE_PARTS) - 1), min_size=1, max_size=4)
        return Guidance(
            draw(st.sampled_from(["guidance", "toelichting"])), draw(parts), numbers.next()
        )

    def maybe_guidance() -> Guidance | None:
        return guidance() if draw(st.booleans()) else None

    def sequence(depth: int, most: int = 3, *, least: int = 0) -> Sequence:
        count = draw(st.integers(least, most))
        return Sequence([block(depth) for _ in range(count)])

    def block(depth: int) -> Block:
        simple = ["guidance", "guidance", "paragraph"]
        nested = ["items", "quote", "table", "note", "labelled"]
        top = ["footnote", "include"]
        kinds = simple + (nested if depth < 2 else []) + (top if depth == 0 else [])
        kind = draw(st.sampled_from(kinds))
        match kind:
            case "guidance":
                return guidance()
            case "items":
                marker = draw(st.sampled_from(["-", "1.", "#.", "term", ":veld:", "-x"]))
                items = [
                    (plain(), sequence(depth + 1, 2), maybe_guidance())
                    for _ in range(draw(st.integers(1, 3)))
                ]
                return Items(marker, items)
            case "quote":
                return Quote(sequence(depth + 1, 2, least=1))
            case "table":
                return ListTable([sequence(2, 2) for _ in range(2 * draw(st.integers(1, 2)))])
            case "note":
                return Note(plain(), sequence(depth + 1, 2))
            case "labelled":
                return Labelled(numbers.next(), guidance(), paragraph())
            case "footnote":
                return Footnote(numbers.next(), plain(), sequence(2, 2))
            case "include":
                return Included(numbers.next(), sequence(2, 3, least=1))
            case _:
                return paragraph()

    sections = [Section(numbers.next(), sequence(0)) for _ in range(draw(st.integers(0, 2)))]
    return Document(maybe_guidance(), sequence(0, 5, least=1), sections)
