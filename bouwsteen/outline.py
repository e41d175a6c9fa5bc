# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Find headings and toctrees in content that must not have any, without building it.

The content of a directive is read by docutils' own block parser, in a document of its own in
which no role and no directive runs. So a final build, which never parses its guidance, refuses
the same lines as a draft does, and nothing of the content gets anywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from docutils.statemachine import StringList

from bouwsteen import inert

# Directives whose content is not reStructuredText: a row of equal signs in it is no heading.
VERBATIM = frozenset({
    "code", "code-block", "sourcecode", "parsed-literal", "literalinclude", "raw", "math",
    "csv-table", "graphviz", "digraph", "graph", "productionlist", "doctest", "testcode",
    "testoutput", "testsetup", "testcleanup", "meta", "index",
})  # fmt: skip


class Finding(NamedTuple):
    """A line that must not stand where it stands."""

    kind: str  # 'heading' (or dividing line) or 'toctree'
    source: str  # path of the file
    line: int  # 1-based


def findings(content: StringList, source: str) -> list[Finding]:
    """Return the headings, dividing lines and toctrees in *content*, in order.

    :param content: the lines of a directive, as docutils hands them to it.
    :param source: path of the file they stand in.
    """
    document: Any = inert.new_document(source)
    document.found = result = list[Finding]()

    def note(message: nodes.system_message) -> None:
        if message[0].astext().startswith("Unexpected section title"):  # "… or transition"
            result.append(Finding("heading", str(message["source"]), message["line"]))

    document.reporter.attach_observer(note)
    lines = StringList(list(content), items=list(content.items))
    inert.run(document, lines, _Looking, _Inliner())
    return result


class _Inliner:
    """Leaves running text alone: no role runs, no reference is noted."""

    def init_customizations(self, _settings: Any) -> None:
        """Do nothing: there are no patterns to adapt."""

    def parse(
        self, text: str, _lineno: int, _memo: Any, _parent: Any
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        return [nodes.Text(text)], []


class _Looking(inert.InertState):
    """Looks into directives."""

    def run_directive(
        self: Any, _directive: type, match: Any, name: str, _presets: dict[str, Any]
    ) -> tuple[list[nodes.Node], bool]:
        machine = self.state_machine
        source, line = machine.get_source_and_line()
        block, _indent, offset, blank_finish = machine.get_first_known_indented(
            match.end(), strip_top=0
        )
        if name == "toctree":
            self.document.found.append(Finding("toctree", str(source), line))
        elif name == "include":
            self.look_into_file(block, Path(source))
        elif name not in VERBATIM:
            skip = _lines_before_content(block)
            self.nested_parse(block[skip:], offset + skip, nodes.container())
        return [], blank_finish or machine.is_next_line_blank()

    def look_into_file(self: Any, block: StringList, including: Path) -> None:
        argument, *options = [line.strip() for line in block] or [""]
        path = including.parent / argument
        verbatim = any(option.startswith((":literal:", ":code:")) for option in options)
        # a file that is missing, or includes itself, is for docutils to report
        if path.is_file() and not verbatim and str(path) not in self.document.include_log:
            self.document.include_log.append(str(path))
            lines = path.read_text(encoding="utf-8").splitlines()
            self.nested_parse(StringList(lines, source=str(path)), 0, nodes.container())
            self.document.include_log.pop()


inert.complete(_Looking)


def _lines_before_content(block: StringList) -> int:
    """Count the lines with the argument and the options of a directive."""
    count = 1 if block and block[0].strip() else 0
    while count < len(block) and block[count].lstrip().startswith(":"):
        count += 1
    return count
