# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Leave something out as if it had never been written.

A directive that returns no nodes still leaves traces: the list around it was cut in two, a
sentence keeps two spaces, a quote stays behind empty, and docutils keeps the raw text of what it
parsed. This module closes such gaps.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from bouwsteen import profile

if TYPE_CHECKING:
    from docutils.parsers.rst import Directive
    from docutils.parsers.rst.states import RSTState

OMITTED = "bouwsteen-omitted"

# The state in which docutils parses the rest of a list, the state that knows whether it ended in
# a blank line, and the list's name in the warning if it did not.
_STATES: dict[type[nodes.Element], tuple[str, str, str]] = {
    nodes.bullet_list: ("BulletList", "BulletList", "Bullet list"),
    nodes.enumerated_list: ("EnumeratedList", "EnumeratedList", "Enumerated list"),
    nodes.definition_list: ("DefinitionList", "Definition", "Definition list"),
    nodes.field_list: ("FieldList", "FieldList", "Field list"),
    nodes.option_list: ("OptionList", "OptionList", "Option list"),
}
_FORMATS = {("", "."): "period", ("", ")"): "rparen", ("(", ")"): "parens"}
_AUTO_ENUMERATOR = re.compile(r"\(?#[.)]( |$)")
_MARKUP = re.compile(r"(?:guidance|toelichting|fill-in|invullen)(?:::|:`)")
# Space at the end of a text, at its beginning; docutils marks an escaped one with a NUL.
_TRAILING, _LEADING = re.compile(r"(?:\0?\s)+\Z"), re.compile(r"\A(?:\0?\s)+")
_CLOSING = tuple(".,;:!?)]}»”’…")  # noqa: RUF001


def omit(directive: Directive) -> list[nodes.Node]:
    """Return what stands for a *directive* that is left out: nothing.

    A list that ended at the directive goes on behind it, parsed by docutils as if the directive
    were blank lines. A warning takes the place of the directive if that list ends badly.
    """
    state: RSTState = directive.state
    machine: Any = directive.state_machine
    before = [node for node in state.parent or () if not isinstance(node, nodes.system_message)]
    if not before or type(before[-1]) not in _STATES:
        return []
    if machine.line.strip() and not machine.is_next_line_blank():
        return []  # no blank line after the directive: docutils warns of that
    interrupted = before[-1]
    initial_state, final_state, name = _STATES[type(interrupted)]
    settings = {}
    if isinstance(interrupted, nodes.enumerated_list):
        settings = {
            "format": _FORMATS[interrupted["prefix"], interrupted["suffix"]],
            "lastordinal": interrupted.get("start", 1) + len(interrupted) - 1,
            "auto": any(_is_auto_enumerated(state, item) for item in interrupted.children),
        }
    offset, blank_finish = state.nested_list_parse(
        machine.input_lines[machine.line_offset + 1 :],
        input_offset=machine.abs_line_offset() + 1,
        node=interrupted,
        initial_state=initial_state,
        blank_finish=True,
        blank_finish_state=final_state,
        extra_settings=settings,
    )
    state.goto_line(offset)
    return [] if blank_finish else [state.unindent_warning(name)]


def _is_auto_enumerated(state: RSTState, item: nodes.Node) -> bool:
    """Tell whether *item* was written as ``#.``: its node does not say."""
    lines = state.state_machine.input_lines
    while lines is not None:
        for (source, offset), text in zip(lines.items, lines.data, strict=True):
            if (source, offset + 1) == (item.source, item.line):
                return bool(_AUTO_ENUMERATOR.match(text))
        lines = lines.parent
    return False


def omitted() -> nodes.inline:
    """Return what stands for a phrase that is left out, until `CloseGaps` has run.

    It has no text, and is a node that every builder knows.
    """
    return nodes.inline(classes=[OMITTED])


class CloseGaps(SphinxTransform):
    """Remove the last traces of what was left out."""

    default_priority = 30  # after translations came in (20) and were counted (25)

    def apply(self, **_kwargs: Any) -> None:
        """Close gaps in sentences, drop empty quotes, and forget the raw source."""
        if profile.keeps_guidance(self.env):
            return
        for gap in list(self.document.findall(nodes.inline)):
            if OMITTED in gap["classes"]:
                _close(gap)
        for quote in reversed(list(self.document.findall(nodes.block_quote))):
            if not quote.children:
                quote.parent.remove(quote)
        for node in self.document.findall(nodes.Element):
            # what is shown as an example keeps its source: highlighters compare the two
            if not isinstance(node, nodes.FixedTextElement) and _MARKUP.search(node.rawsource):
                node.rawsource = ""


def _close(gap: nodes.inline) -> None:
    """Join the text on both sides of *gap* with the space that a writer would have left."""
    parent = gap.parent
    index = parent.index(gap)
    before = parent[index - 1] if index else None
    after = parent[index + 1] if index + 1 < len(parent) else None
    left = str(before) if isinstance(before, nodes.Text) else ""
    right = str(after) if isinstance(after, nodes.Text) else ""
    if before is None:
        right = _LEADING.sub("", right)
    elif after is None or right.startswith(_CLOSING) or right[:1].isspace():
        left = _TRAILING.sub("", left)
    first = index - 1 if isinstance(before, nodes.Text) else index
    last = index + 1 if isinstance(after, nodes.Text) else index
    parent[first : last + 1] = [nodes.Text(left + right)] if left + right else []
    if not parent.children and isinstance(parent, nodes.paragraph):
        parent.parent.remove(parent)
