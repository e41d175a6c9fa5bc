# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Odd spots in the text: what somebody meant to come back to, and two spaces in a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bouwsteen.completeness.findings import Finding, Kind
from bouwsteen.completeness.prose import OBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bouwsteen.completeness.prose import Block

# A word that a sentence may well hold counts where it stands apart: alone, at the beginning, before
# a colon, or in brackets.
_WORD = r"(?:TODO|XXX)"
_APART = re.compile(
    rf"\A{_WORD}(?![\w-])|(?<![\w-]){_WORD}:|\({_WORD}\b[^()]*\)|\[{_WORD}\b[^\[\]]*\]"
)
# These are no words: they count as soon as they stand free.
_QUESTION = re.compile(r"(?<!\S)[(\[]?\?{3,}[)\]]?(?=[\s.,;:!]|\Z)")
_ELLIPSIS = re.compile(r"\[(?:\.{3}|…)\]")
_QUOTATION = re.compile(r"“[^“”]*”|„[^„”“]*[”“]|‘[^‘’]*’|«[^«»]*»|\"[^\"]*\"")  # noqa: RUF001
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_AROUND = 30  # characters shown on both sides


def findings(block: Block) -> Iterator[Finding]:
    """Yield what is odd in *block*, in the order of its text.

    ``[...]`` in a quotation says that words of others were left out, and does not count.
    """
    quotations = (
        [] if block.is_quoted else [each.span() for each in _QUOTATION.finditer(block.text)]
    )
    found = [(match, Kind.MARKER) for match in _APART.finditer(block.text)]
    found += [(match, Kind.MARKER) for match in _QUESTION.finditer(block.text)]
    found += [
        (match, Kind.MARKER) for match in _ELLIPSIS.finditer(block.text)
        if not block.is_quoted
        and not any(start <= match.start() < end for start, end in quotations)
    ]  # fmt: skip
    found += [(match, Kind.DOUBLE_SPACE) for match in _SPACES.finditer(block.text)]
    for match, kind in sorted(found, key=lambda each: each[0].start()):
        line = block.line + block.text.count("\n", 0, match.start())
        yield Finding(kind, block.path, line, _excerpt(block.text, match))


def _excerpt(text: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
    before = text[start : match.start()].partition(" ")[2] if start else text[: match.start()]
    after = text[match.end() : end]
    if end < len(text):
        after = after.rpartition(" ")[0]
    excerpt = f"{'…' if start else ''}{before}{match[0]}{after}{'…' if end < len(text) else ''}"
    return excerpt.replace(OBJECT, "…")
