# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Find directives of ours that docutils read as something else.

Without a blank line before it, ``.. guidance::`` is a line of the paragraph above, and would stand
in the final document. With one colon it is a comment, and would be missing from the draft.
"""

from __future__ import annotations

import linecache
import re
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.nodes import get_node_source

from bouwsteen import messages

logger = logging.getLogger(__name__)

NAMES = ("guidance", "toelichting", "fill-in", "invullen")
_NAME = f"({'|'.join(NAMES)})"
_IN_TEXT = re.compile(rf"^[ \t]*\.\. *{_NAME} *::?(?=\s|$)", re.MULTILINE)
_IN_COMMENT = re.compile(rf"{_NAME} *:(?=\s|$)")


class MisplacedDirectives(SphinxTransform):
    """Report such lines, in both profiles."""

    default_priority = 8  # before translations come in

    def apply(self, **_kwargs: Any) -> None:
        """Look at running text and at comments; examples in literal text are left alone."""
        _ = messages.of(self.config).gettext
        for node in self.document.findall(nodes.TextElement):
            text = node.astext()
            if isinstance(node, nodes.comment):
                if found := _IN_COMMENT.match(text):
                    _report(
                        _('".. {name}" needs two colons, else it is a comment'),
                        found, node, _first_line(node),
                    )  # fmt: skip
            elif not isinstance(node, nodes.FixedTextElement | nodes.Inline) and (
                found := _IN_TEXT.search(text)
            ):
                line = (node.line or 0) + text.count("\n", 0, found.start(1))
                _report(
                    _('".. {name}::" is read as text: put a blank line before it'),
                    found,
                    node,
                    line,
                )


def _first_line(comment: nodes.comment) -> int:
    """Find the line on which *comment* starts: docutils gives it the line on which it ended."""
    source = get_node_source(comment)
    linecache.checkcache(source)
    last = comment.line or 0
    for line in range(last, 0, -1):
        if _IN_TEXT.match(linecache.getline(source, line)):
            return line
    return last


def _report(message: str, found: re.Match[str], node: nodes.Element, line: int) -> None:
    logger.error(
        message.format(name=found.group(1)),
        location=f"{get_node_source(node)}:{line}",
        type="bouwsteen",
        subtype="misplaced",
    )
