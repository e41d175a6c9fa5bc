# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is open, or looks odd, in a document, and how it is said."""

from __future__ import annotations

import enum
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from bouwsteen.catalogues.problems import N_
from bouwsteen.messages import translations
from bouwsteen.showing import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Level(enum.StrEnum):
    """How much a finding matters."""

    OPEN = "open"  # the document is not complete
    HINT = "hint"  # it may be right as it is


class Kind(enum.Enum):
    """What was found: its name for programs, its level, and its message."""

    TITLE_PAGE = "title-page", Level.OPEN, N_("{text} is not filled in yet")
    FILL_IN = "fill-in", Level.OPEN, N_("not filled in yet: {text}")
    FILL_IN_CHANGED = (
        "fill-in-changed",
        Level.OPEN,
        N_("is not printed while it is a fill-in: take away its first line and the indent: {text}"),
    )
    GUIDANCE_CHANGED = (
        "guidance-changed",
        Level.OPEN,
        N_("guidance was changed, and is not printed: write below it instead: {text}"),
    )
    PROMPT_LEFT = "prompt-left", Level.OPEN, N_("the text of a fill-in was left behind: {text}")
    CONFLICT = (
        "conflict",
        Level.OPEN,
        N_("choose what stays, and take away the lines with <<<<<<<, ======= and >>>>>>>: {text}"),
    )
    EMPTY_SECTION = "empty-section", Level.OPEN, N_("this section has no text: {text}")
    NO_INTRODUCTION = (
        "no-introduction",
        Level.HINT,
        N_("nothing stands between this heading and the next: {text}"),
    )
    MARKER = "marker", Level.HINT, N_("is something still to be done here? {text}")
    DOUBLE_SPACE = "double-space", Level.HINT, N_("there are two spaces in a row: {text}")

    def __init__(self, slug: str, level: Level, message: str) -> None:
        self.slug = slug
        self.level = level
        self.message = message


class Finding(NamedTuple):
    """A place in the source, and what is the matter there."""

    kind: Kind
    path: Path
    line: int  # 1-based
    text: str  # what the message is about, as written

    def describe(self, _: Callable[[str], str]) -> str:
        """Say it in a line, with the path as seen from the current folder."""
        message = _(self.kind.message).format(text=shown(" ".join(self.text.split())))
        where = f"{os.path.relpath(self.path)}:{self.line}"
        return f"{where}: {message}"


class Chapter(NamedTuple):
    """A document of Sphinx, with its findings."""

    title: str  # with its number; of the title page ""
    findings: list[Finding]


class Report(NamedTuple):
    """All that was found, chapter by chapter."""

    root: Path
    language: str  # to say it in
    chapters: list[Chapter]

    def count(self, level: Level) -> int:
        """Count the findings of *level*."""
        return sum(finding.kind.level is level for finding in self._findings())

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is open; hints do not count."""
        return not self.count(Level.OPEN)

    def _findings(self) -> Iterator[Finding]:
        for chapter in self.chapters:
            yield from chapter.findings

    def open(self) -> list[str]:
        """Say what is open, a line each."""
        _ = translations(self.language).gettext
        return [
            finding.describe(_) for finding in self._findings() if finding.kind.level is Level.OPEN
        ]

    def as_text(self) -> str:
        """Return the report to read: chapters with their findings, and a summary."""
        return f"{self.chapters_as_text()}{self.summary()}"

    def chapters_as_text(self) -> str:
        """Return the chapters that have findings, with a blank line after each."""
        _ = translations(self.language).gettext
        lines = []
        for chapter in self.chapters:
            if chapter.findings:
                lines.append(shown(chapter.title) if chapter.title else _("Title page"))
                for finding in chapter.findings:
                    line = finding.describe(_)
                    hint = _("(hint) {line}").format(line=line)
                    lines.append(f"  {hint if finding.kind.level is Level.HINT else line}")
                lines.append("")
        return "".join(f"{line}\n" for line in lines)

    def summary(self) -> str:
        """Say in a line how much is open."""
        _n = translations(self.language).ngettext
        _ = translations(self.language).gettext
        open_, hints = self.count(Level.OPEN), self.count(Level.HINT)
        said = (
            _n("%d place is still open.", "%d places are still open.", open_) % open_
            if open_
            else _("The document is complete.")
        )
        if hints:
            said += " " + _n("And %d hint.", "And %d hints.", hints) % hints
        return said

    def as_json(self) -> dict[str, Any]:
        """Return the report for programs; paths are those below the document's folder."""
        return {
            "complete": self.is_complete,
            "open": self.count(Level.OPEN),
            "hints": self.count(Level.HINT),
            "findings": [
                {
                    "file": os.path.relpath(finding.path, self.root),
                    "line": finding.line,
                    "chapter": chapter.title,
                    "level": str(finding.kind.level),
                    "kind": finding.kind.slug,
                    "text": " ".join(finding.text.split()),
                }
                for chapter in self.chapters
                for finding in chapter.findings
            ],
        }
