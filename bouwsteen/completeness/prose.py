# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The text of the document itself, without guidance and prompts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx.util.nodes import get_node_line

from bouwsteen.catalogues.extraction import TO_AUTHOR

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_PROSE = (nodes.literal, nodes.math, nodes.raw, nodes.image)
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for what is no prose
_GAP = "\ue000"  # stands for an aside, which leaves one space of two, as in a final build
_GAPS = re.compile(rf"\s?{_GAP}(?=[\s.,;:!?)]|\Z)|{_GAP}\s?")


class Block(NamedTuple):
    """A paragraph, an item, a title, a cell …: text that stands by itself."""

    path: Path
    line: int  # of its first line, 1-based
    text: str  # with the line ends of the source
    is_quoted: bool  # a block quote: others' words


def is_aside(node: nodes.Node) -> bool:
    """Tell whether *node* is guidance or a prompt."""
    return isinstance(node, nodes.Element) and not set(TO_AUTHOR).isdisjoint(
        node.get("classes", ())
    )


def blocks(tree: nodes.document, path: Path) -> Iterator[Block]:
    """Yield the blocks of running text in *tree*, read from *path*; what is shown as it is, not."""
    yield from _blocks(tree, path, quoted=False)


def _blocks(node: nodes.Element, path: Path, *, quoted: bool) -> Iterator[Block]:
    for child in node.children:
        if not isinstance(child, nodes.Element) or is_aside(child):
            continue
        if isinstance(child, nodes.Invisible | nodes.FixedTextElement | nodes.system_message):
            continue
        if isinstance(child, nodes.TextElement) and not isinstance(child, nodes.math_block):
            yield _block(child, path, quoted=quoted)
        else:
            inside = quoted or isinstance(child, nodes.block_quote)
            yield from _blocks(child, path, quoted=inside)


def _block(node: nodes.TextElement, path: Path, *, quoted: bool) -> Block:
    text = _GAPS.sub("", "".join(_prose(node)))
    return Block(source_of(node) or path, line_of(node), text, quoted)


def _prose(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Text):
        yield str(node)
    elif isinstance(node, _NO_PROSE):
        yield OBJECT
    elif is_aside(node):
        yield _GAP
    else:
        for child in node.children:
            yield from _prose(child)


def line_of(node: nodes.Element) -> int:
    """Return the line in the source on which *node* begins; that of a title is its text's."""
    line = get_node_line(node) or 1
    return max(1, line - 1) if isinstance(node, nodes.title) else line


def source_of(node: nodes.Node | None) -> Path | None:
    """Return the file that *node* was read from."""
    while node is not None:
        if node.source and not node.source.endswith(":<translated>"):
            return Path(node.source).absolute()
        node = node.parent
    return None
