# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Find guidance and fill-ins in source, without building it.

docutils' own block parser reads the source, with nothing in it running: a template may use
directives and roles of a later version than the one that is installed.
"""

from __future__ import annotations

import itertools
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from docutils import nodes, utils
from docutils.parsers.rst import states
from docutils.statemachine import StringList, string2lines

from bouwsteen import inert, outline

if TYPE_CHECKING:
    from pathlib import Path

GUIDANCE, FILL_IN = "guidance", "fill-in"
KINDS = {
    "guidance": GUIDANCE, "toelichting": GUIDANCE, "fill-in": FILL_IN, "invullen": FILL_IN,
}  # fmt: skip
_INLINE = frozenset({"parsed-literal", "csv-table"})  # verbatim, but roles run in them
_OPTION = re.compile(states.Body.patterns["field_marker"])


class Aside(NamedTuple):
    """A block or a phrase to the author."""

    kind: str  # GUIDANCE or FILL_IN
    line: int  # 1-based
    text: str  # reStructuredText, each run of white space as one space


def read_asides(path: Path) -> list[Aside]:
    """Return the blocks and phrases in the source file *path*, in the order of its lines.

    Those within a block are part of its text. What a file includes is not looked at.

    :raises OSError: if it cannot be read.
    """
    document: Any = inert.new_document(str(path))
    document.found = found = _Found([], [])
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    found.lines.extend(string2lines(text, tab_width=8, convert_whitespace=True))  # as docutils does
    machine = states.RSTStateMachine(state_classes=_Looking.inert, initial_state="Body")
    phrases: Any = _Phrases(found)
    machine.run(StringList(found.lines, source=str(path)), document, inliner=phrases)
    return sorted(found.asides, key=lambda aside: aside.line)


class _Found(NamedTuple):
    """What was found in which lines."""

    asides: list[Aside]
    lines: list[str]

    def note(self, kind: str, line: int, mark: str, text: str) -> None:
        """Note an aside that begins at *line*, with *mark* in it.

        Of what is in a grid table docutils counts lines one too far.
        """
        begin = mark.partition("\n")[0]
        if begin not in self._line(line) and begin in self._line(line - 1):
            line -= 1
        self.asides.append(Aside(kind, line, " ".join(text.split())))

    def _line(self, number: int) -> str:
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


class _Looking(inert.InertState):
    """Looks into directives, known ones or not."""

    explicit: ClassVar[Any]

    def directive(self: Any, match: Any, **_presets: Any) -> tuple[list[nodes.Node], bool]:
        machine = self.state_machine
        name, line = match.group(1).lower(), machine.abs_line_number()
        block, _indent, offset, blank_finish = machine.get_first_known_indented(
            match.end(), strip_top=0
        )
        if name in KINDS:
            self.document.found.note(KINDS[name], line, match.group(1), "\n".join(block))
        elif name in _INLINE:
            self.inline_text("\n".join(block), line)
        elif name not in outline.VERBATIM:
            options = _options(block)
            self.nested_parse(block[: options.start], offset, nodes.container())
            self.nested_parse(block[options.stop :], offset + options.stop, nodes.container())
        return [], blank_finish or machine.is_next_line_blank()


# docutils calls the functions of this list, whatever a subclass has under their names
_Looking.explicit = SimpleNamespace(
    patterns=states.Body.explicit.patterns,
    constructs=[
        (_Looking.directive if function is states.Body.directive else function, pattern)
        for function, pattern in states.Body.explicit.constructs
    ],
)
inert.complete(_Looking)


def _options(block: StringList) -> range:
    """Return which lines of a directive hold its options: none that has text of the document."""
    first = next((number for number, line in enumerate(block) if line.strip()), 0)
    head = list(itertools.takewhile(str.strip, block[first:]))
    stop = first + len(head)
    start = next((n for n, line in enumerate(head, first) if _OPTION.match(line)), stop)
    return range(start, stop)


class _Phrases:
    """Parses running text, and notes the phrases in it."""

    def __init__(self, found: _Found) -> None:
        self.found = found
        self.inliner = inliner = states.Inliner()
        inliner.interpreted = self.note  # type: ignore[assignment,method-assign]
        self.text, self.position = "", 0  # what is parsed, and how far phrases were found in it

    def init_customizations(self, settings: Any) -> None:
        """Adapt the patterns, as docutils does."""
        self.inliner.init_customizations(settings)

    def parse(
        self, text: str, lineno: int, memo: Any, parent: Any
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Parse *text*, which begins at line *lineno*."""
        self.text, self.position = text, 0
        result: tuple[list[nodes.Node], list[nodes.system_message]]
        result = self.inliner.parse(text, lineno, memo, parent)
        return result

    def note(
        self, raw: str, text: str, role: str | None, lineno: int
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Note a phrase; docutils gives the line at which the text around it begins."""
        position = max(self.text.find(raw, self.position), self.position)
        self.position = position + len(raw)
        if kind := KINDS.get((role or "").lower()):
            line = lineno + self.text.count("\n", 0, position)
            content = utils.unescape(text, restore_backslashes=True)
            self.found.note(kind, line, raw, content)
        return [inert.Role(raw, text, role=role or "")], []
