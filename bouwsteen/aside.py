# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What `guidance` and `fill_in` have in common: text to the author, set apart in a draft.

In a draft the content becomes a docutils admonition in a container, both with the class of the
directive: nodes that every builder knows, so that no engine needs a visitor of ours. In a final
build the content is not even parsed, so that no label, caption, index entry, footnote, number or
search term of it can get anywhere: they never existed.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from bouwsteen import messages, omission, outline, profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Node, system_message
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

_NESTED = "bouwsteen_nested"  # in env.temp_data, which Sphinx empties for each document
_TRANSLATED = ":<translated>"  # how Sphinx ends the source of a text that it read once more

_MISTAKES = {
    "heading": (
        'a heading or dividing line cannot stand in "{name}": move it out, or set it in bold'
    ),
    "toctree": (
        'a toctree cannot stand in "{name}": move it out, chapters are part of the document'
    ),
}


class AsideDirective(SphinxDirective):
    """A block of text to the author."""

    has_content = True
    css_class: ClassVar[str]
    label: ClassVar[str]  # a message of the package's catalogue

    def run(self) -> list[Node]:
        """Return the block, or nothing in a final build.

        A heading or a toctree inside is an error in both profiles, at its own file and line.
        """
        self.assert_has_content()
        source, _line = self.get_source_info()
        mistakes = outline.findings(self.content, source)
        _ = messages.of(self.config).gettext
        for kind, path, line in mistakes:
            message = _(_MISTAKES[kind]).format(name=self.name)
            logger.error(message, location=f"{path}:{line}", type="bouwsteen", subtype=kind)
        if not _is_nested(self.env):
            self.met()
        if mistakes or not profile.keeps_guidance(self.env):
            return omission.omit(self)
        title = nodes.title("", _(self.label))
        title["translatable"] = False
        admonition = nodes.admonition("", title, classes=[self.css_class])
        container = nodes.container("", admonition, classes=[self.css_class])
        self.set_source_info(container)
        self.set_source_info(admonition)
        with _nested(self.env):
            admonition += self.parse_content_to_nodes(allow_section_headings=False)
        return [container]

    def met(self) -> None:
        """Take note of this block, which stands in no other one: the same in both profiles."""


class AsideRole(SphinxRole):
    """A phrase to the author, in a running sentence."""

    css_class: ClassVar[str]
    pattern: ClassVar[str]  # a message of the package's catalogue, with {text}

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the phrase, or nothing in a final build."""
        source, _line = self.get_source_info()
        if not _is_nested(self.env) and not source.endswith(_TRANSLATED):
            self.met()
        if not profile.keeps_guidance(self.env):
            return [omission.omitted()], []
        pattern = messages.of(self.config).gettext(self.pattern)
        phrase = nodes.inline(
            self.rawtext, pattern.format(text=self.text), classes=[self.css_class], **self.options
        )
        self.set_source_info(phrase)
        return [phrase], []

    def met(self) -> None:
        """Take note of this phrase, which stands in no block: the same in both profiles."""


@contextlib.contextmanager
def _nested(env: BuildEnvironment) -> Iterator[None]:
    """Mark that what is read stands in a block of ours, which a final build does not read."""
    outside = _is_nested(env)
    env.temp_data[_NESTED] = True
    try:
        yield
    finally:
        env.temp_data[_NESTED] = outside


def _is_nested(env: BuildEnvironment) -> bool:
    return bool(env.temp_data.get(_NESTED, False))
