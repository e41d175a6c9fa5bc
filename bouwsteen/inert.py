# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Read reStructuredText without carrying anything of it out.

docutils' own parser, in which no directive and no role runs: nothing is included, downloaded,
numbered, registered or noted. For text that must be looked at before it is believed.
"""

from __future__ import annotations

import copy
import functools
from typing import Any, ClassVar

from docutils import frontend, nodes, utils
from docutils.parsers import rst
from docutils.parsers.rst import states
from docutils.statemachine import StringList, string2lines


class Directive(nodes.General, nodes.Element):
    """Stands for a directive that did not run."""


class Role(nodes.inline):
    """Stands for a role that did not run: its name (``role``, ``""`` for the default one)."""


class InertState:
    """Mixed into each state of the parser; a subclass can look into directives."""

    nested_sm_cache: ClassVar[list[Any]]  # machines for what is nested, with these states
    inert: ClassVar[tuple[type, ...]]  # the states with this mixin in them

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nested_sm_kwargs = {"state_classes": self.inert, "initial_state": "Body"}

    def run_directive(
        self: Any, _directive: type, match: Any, name: str, _presets: dict[str, Any]
    ) -> tuple[list[nodes.Node], bool]:
        """Take the lines of a directive, and leave it at that."""
        _block, _indent, _offset, blank_finish = self.state_machine.get_first_known_indented(
            match.end(), strip_top=0
        )
        return [Directive(name=name)], blank_finish or self.state_machine.is_next_line_blank()


def _role(
    rawsource: str, text: str, role: str | None, _line: int
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    return [Role(rawsource, text, role=role or "")], []


def complete(mixin: type[InertState]) -> None:
    """Give *mixin* the parser's states with it in them, and a cache that no other mixin shares."""
    mixin.nested_sm_cache = []
    mixin.inert = tuple(type(state.__name__, (mixin, state), {}) for state in states.state_classes)


complete(InertState)


@functools.cache
def _default_settings() -> Any:
    return frontend.get_default_settings(rst.Parser)


def new_document(source: str) -> nodes.document:
    """Return an empty document whose messages are not printed."""
    settings = copy.copy(_default_settings())
    settings.report_level = settings.halt_level = utils.Reporter.SEVERE_LEVEL + 1
    return utils.new_document(source, settings)


def run(document: nodes.document, lines: StringList, mixin: type[InertState], inliner: Any) -> None:
    """Parse *lines* into *document*, which may not have headings."""
    machine = states.RSTStateMachine(state_classes=mixin.inert, initial_state="Body")
    machine.run(lines, document, match_titles=False, inliner=inliner)


def parse(text: str, *, character_level: bool = False) -> nodes.document:
    """Parse *text*; what is wrong with it stands in the document as system messages.

    :param character_level: docutils' setting ``character_level_inline_markup``: markup may begin
        and end within a word.
    """
    document = new_document("")
    lines = string2lines(text, tab_width=8, convert_whitespace=True)  # as docutils does
    run(document, StringList(lines, source=""), InertState, _inliner(character_level))
    return document


@functools.cache
def _inliner(character_level: bool) -> Any:
    """Return what reads running text; its patterns take longer to make than most texts to read."""
    settings = copy.copy(_default_settings())
    settings.character_level_inline_markup = character_level
    inliner: Any = states.Inliner()
    inliner.interpreted = _role  # not in a subclass: docutils looks at the class itself
    inliner.init_customizations(settings)
    inliner.init_customizations = lambda _settings: None
    return inliner
