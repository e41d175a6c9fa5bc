# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Read a document back from its PDF, whichever engine set it: headings, words, items, links.

Nothing of the page is left but what a reader would copy from it. Two editions of one document are
told apart by what they say, not by where their lines and pages end.
"""

from __future__ import annotations

import ctypes
import dataclasses
import itertools
import re
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARGIN = 70.0  # points, above and below the text; beyond it stand header and footer
HEADING_FONT, HEADING_SIZE = "Heros-Bold", 10.9
NOTE_SIZE = 10.0
LABEL = re.compile(r"(?:•|\(?(?:\d+|[a-z]|[ivx]+)[.)])\Z")
INDEX_PAGES = re.compile(r"(?m)(?:, \d{1,3})+$")
LEADER = re.compile(r"(?:(?<=\s)|(?<=\w))(?:\.\s?){3,}(?P<page>\s*\d+(?=\s|\Z))?")


@dataclasses.dataclass
class Character:
    text: str
    page: int  # from 0
    x: float
    y: float  # of the baseline, in points from the foot of the page
    size: float
    font: str


@dataclasses.dataclass
class Line:
    characters: list[Character]

    @property
    def text(self) -> str:
        return "".join(c.text for c in self.characters).strip()

    @property
    def spaced_text(self) -> str:
        """The text, with a blank before and after what is smaller: the mark of a note."""
        parts = [self.characters[0].text]
        for before, character in itertools.pairwise(self.characters):
            if character.text.strip() and abs(character.size - before.size) > 1:
                parts.append(" ")
            parts.append(character.text)
        return "".join(parts)

    @property
    def is_note(self) -> bool:
        """Whether a note begins here: a number, in small type."""
        if "Cursor" in self.first.font:  # code
            return False
        return self.size < NOTE_SIZE and re.match(r"\d+\s", self.spaced_text) is not None

    def is_below(self, other: Line) -> bool:
        return self.first.y <= other.first.y

    @property
    def first(self) -> Character:
        return next(c for c in self.characters if c.text.strip())

    @property
    def size(self) -> float:
        return max(c.size for c in self.characters if c.text.strip())

    @property
    def is_heading(self) -> bool:
        return HEADING_FONT in self.first.font and self.first.size >= HEADING_SIZE


@dataclasses.dataclass
class Reading:
    """What a document says."""

    headings: list[str]
    words: list[str]
    notes: list[str]  # at the foot of the pages, each with its number
    items: list[tuple[int, str, str]]  # depth, label and text
    # the words that are the link, and an address or how the line begins that it goes to
    links: list[tuple[str, str]]
    bookmarks: list[tuple[int, str, str]]  # level, title, and how the line begins that it goes to


def read(path: Path) -> Reading:
    """Read the PDF at *path*."""
    with pypdfium2.PdfDocument(path) as document:
        lines = [list(_lines(_characters(page, number))) for number, page in enumerate(document)]
        text, notes = _without_notes(lines)
        return Reading(
            headings=list(_headings(text)),
            words=_plain("".join(line.spaced_text for line in text)).split(),
            notes=list(_notes(notes)),
            items=list(_items(text)),
            links=list(_links(path, document, lines)),
            bookmarks=[
                (item.level, item.get_title(), _beginning(_plain(_line_at(lines, *place))))
                for item in document.get_toc()
                for place in [_position(item.get_dest())]
            ],
        )


def _characters(page: pypdfium2.PdfPage, number: int) -> Iterator[Character]:
    text = page.get_textpage()
    top = page.get_height() - MARGIN
    x, y = ctypes.c_double(), ctypes.c_double()
    name = ctypes.create_string_buffer(100)
    before: Character | None = None
    for index in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if pdfium.FPDFText_IsGenerated(text, index):  # a space or the end of a line
            if before:
                yield dataclasses.replace(before, text=character.replace("\r", ""))
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        if not MARGIN <= y.value <= top:
            before = None
            continue
        pdfium.FPDFText_GetFontInfo(text, index, name, 100, None)
        if pdfium.FPDFText_IsHyphen(text, index) == 1:
            character = "\xad"
        size = pdfium.FPDFText_GetFontSize(text, index)
        before = Character(character, number, x.value, y.value, size, name.value.decode())
        yield before


def _lines(characters: Iterator[Character]) -> Iterator[Line]:
    line: list[Character] = []
    for character in characters:
        line.append(character)
        if character.text == "\n":
            if any(c.text.strip() for c in line):
                yield Line(line)
            line = []
    if any(c.text.strip() for c in line):
        line.append(dataclasses.replace(line[-1], text="\n"))
        yield Line(line)


def _plain(text: str) -> str:
    """Make broken words whole, and drop the page numbers of contents and index.

    PDFium writes the hyphen of one in three ways. A hyphen at the end of a line can be the word's
    own: hyphens in words do not count.
    """
    whole = re.sub(r"(?<=\w)-(?=\w)", "", re.sub("[\x02\xad\ufffe]\\s*", "", text))
    return " ".join(INDEX_PAGES.sub("", LEADER.sub(" ", whole)).split())


def _without_notes(pages: list[list[Line]]) -> tuple[list[Line], list[Line]]:
    """Return the lines of the text, and those of the notes at the foot of the pages."""
    text, notes = [], []
    for page in pages:
        begin = next((i for i, line in enumerate(page) if line.is_note), len(page))
        end = begin + 1  # rinohtype sets them before the text, TeX after it
        while end < len(page) and page[end].size < NOTE_SIZE and page[end].is_below(page[begin]):
            end += 1
        text += page[:begin] + page[end:]
        notes += page[begin:end]
    return text, notes


def _notes(lines: list[Line]) -> Iterator[str]:
    parts: list[str] = []
    for line in lines:
        if line.is_note and parts:
            yield _plain("".join(parts))
            parts = []
        parts.append(line.spaced_text)
    if parts:
        yield _plain("".join(parts))


def _headings(lines: list[Line]) -> Iterator[str]:
    parts: list[str] = []
    before: Line | None = None
    for line in lines:
        goes_on = (
            before is not None
            and line.is_heading
            and line.first.page == before.first.page
            and line.first.size == before.first.size
            and 0 <= before.first.y - line.first.y < 1.4 * line.first.size
        )
        if parts and not goes_on:
            yield _plain("\n".join(parts))
            parts = []
        if line.is_heading:
            parts.append(line.text)
        before = line if line.is_heading else None
    if parts:
        yield _plain("\n".join(parts))


def _items(lines: list[Line]) -> Iterator[tuple[int, str, str]]:
    indents: list[float] = []  # where the texts of the items begin that this one stands in
    label, depth, parts = "", 0, [""]
    for line in lines:
        words = line.text.split(maxsplit=1)
        is_item = len(words) > 1 and LABEL.match(words[0]) is not None and not line.is_heading
        if label and not is_item and line.first.x > indents[-1] - 4:
            parts.append(line.text)
            continue
        if label:
            yield depth, label, _plain("\n".join(parts))
            label = ""
        if is_item:
            inner = [c for c in line.characters if c.text.strip()][len(words[0]) :]
            indent = inner[0].x if inner else line.first.x + 10
            indents = [*(x for x in indents if x < indent - 4), indent]
            label, depth, parts = words[0], len(indents), words[1:]
        else:
            indents = [x for x in indents if x < line.first.x + 4]
    if label:
        yield depth, label, _plain("\n".join(parts))


def _position(dest: pypdfium2.PdfDest) -> tuple[int, float]:
    mode, view = dest.get_view()
    assert mode == pdfium.PDFDEST_VIEW_XYZ
    return dest.get_index(), view[1]


def _line_at(lines: list[list[Line]], page: int, y: float) -> str:
    """Return the line at the height *y*, or the first below it."""
    below = [line for line in lines[page] if line.first.y < y]
    return max(below, key=lambda line: line.first.y).text if below else ""


def _beginning(line: str) -> str:
    """Return the first words: where a line ends is up to the engine."""
    return " ".join(line.split()[:3])


def _links(
    path: Path, document: pypdfium2.PdfDocument, lines: list[list[Line]]
) -> Iterator[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    with pikepdf.open(path) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        names = dict(pikepdf.NameTree(pdf.Root.Names.Dests)) if "/Names" in pdf.Root else {}
        for number, page in enumerate(pdf.pages):
            text = document[number].get_textpage()
            annotations = [a for a in page.get("/Annots", []) if a.Subtype == "/Link"]
            for annotation in sorted(
                annotations, key=lambda a: (-round(float(a.Rect[1])), a.Rect[0])
            ):
                left, bottom, right, top = (float(value) for value in annotation.Rect)
                words = text.get_text_bounded(left + 1, bottom + 2, right - 1, top - 2).replace(
                    "\r", ""
                )
                if "/A" in annotation and "/URI" in annotation.A:
                    found.append((words, str(annotation.A.URI)))
                    continue
                target_page, y = _destination(annotation, names, numbers)
                entry = _line_at(lines, number, top)
                if words.strip().isdigit():
                    if target_page == number and bottom - 3 < y < top + 20:
                        continue  # rinohtype links the number of a note to the note itself
                    if INDEX_PAGES.search(entry):
                        found.append((entry, "in the text"))  # TeX links to the page, not the line
                        continue
                found.append((words, _line_at(lines, target_page, y)))
    while found:
        words, target = found.pop(0)
        while found and found[0][1] == target:  # a link that goes on on the next line
            words += "\n" + found.pop(0)[0]
        words, target = _plain(words), _plain(target)
        yield target if words.rpartition(" ")[0] == target else words, _beginning(target)


def _destination(
    annotation: pikepdf.Object, names: dict[str, pikepdf.Object],
    numbers: dict[Any, int],
) -> tuple[int, float]:  # fmt: skip
    destination: Any = annotation.Dest if "/Dest" in annotation else annotation.A.D
    if isinstance(destination, pikepdf.String | str):
        destination = names[str(destination)]
    if isinstance(destination, pikepdf.Dictionary):
        destination = destination.D
    return numbers[destination[0].objgen], float(destination[3])
