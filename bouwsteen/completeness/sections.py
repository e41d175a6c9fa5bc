# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sections that have no text once guidance and prompts are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from bouwsteen.completeness.findings import Finding, Kind
from bouwsteen.completeness.prose import is_aside, line_of, source_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

# what stands in a tree, and is not seen in the document
_UNSEEN = (nodes.title, nodes.subtitle, nodes.Invisible, nodes.system_message)
_SEEN_EMPTY = (nodes.image, nodes.raw, addnodes.toctree)


def findings(
    tree: nodes.document, path: Path, open_places: Collection[tuple[Path, int]]
) -> Iterator[Finding]:
    """Yield the sections of *tree*, read from *path*, that have no text of their own.

    One that holds sections with text lacks an introduction at most. One with a place to fill in
    (*open_places*, by file and line) is told of by that place.
    """
    titles = [
        (source_of(title) or path, line_of(title), title)
        for title in tree.findall(nodes.title)
        if isinstance(title.parent, nodes.section)
    ]
    for index, (source, line, title) in enumerate(titles):
        section = title.parent
        ends = [other for file, other, _title in titles[index + 1 :] if file == source]
        is_told = any(
            file == source and line < place and (not ends or place < ends[0])
            for file, place in open_places
        )
        if is_told or _has_own_text(section):
            continue
        if not any(isinstance(child, nodes.section) for child in section.children):
            yield Finding(Kind.EMPTY_SECTION, source, line, title.astext())
        elif _is_seen(section):
            yield Finding(Kind.NO_INTRODUCTION, source, line, title.astext())


def _has_own_text(section: nodes.Element) -> bool:
    return any(
        _is_seen(child) for child in section.children if not isinstance(child, nodes.section)
    )


def _is_seen(node: nodes.Node) -> bool:
    """Tell whether something of *node* is left in the final document, titles apart."""
    if isinstance(node, nodes.Text):
        return any(letter.isalnum() for letter in node)
    if is_aside(node) or isinstance(node, _UNSEEN):
        return False
    return isinstance(node, _SEEN_EMPTY) or any(map(_is_seen, node.children))
