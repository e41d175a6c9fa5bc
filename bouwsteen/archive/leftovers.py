# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Look for guidance in a PDF that must not hold any, in the text read back from it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pypdfium2
from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sphinx.environment import BuildEnvironment

_PROMPTS_AND_GUIDANCE = {"guidance", "fill-in"}
_WINDOW = 40  # letters: about seven words, which two texts do not have in common by chance
_SHORTEST = 12  # letters: "choose one" is a sentence of anybody's


def guidance_left(pdf: Path, draft: BuildEnvironment, final: BuildEnvironment) -> list[str]:
    """Return the guidance and the prompts of *draft* that *pdf*, of *final*, shows.

    Letters are compared, not words or lines, so that hyphens, columns and pages do not matter; a
    long text is looked for in parts. What the author wrote too is the author's.
    """
    shown = _letters(_text_of(pdf))
    own = _letters(" ".join(tree.astext() for tree in _trees(final)))
    found = []
    for text in dict.fromkeys(_asides(draft)):
        letters = _letters(text)
        if len(letters) < _SHORTEST:
            continue
        starts = range(0, max(1, len(letters) - _WINDOW + 1), _WINDOW // 2)
        parts = [letters[start : start + _WINDOW] for start in starts]
        if any(part in shown and part not in own for part in parts):
            found.append(text)
    return found


def _text_of(pdf: Path) -> str:
    """Return the text of the pages, the bookmarks and the metadata."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
        bookmarks = [bookmark.get_title() for bookmark in document.get_toc()]
        return " ".join([*pages, *bookmarks, *document.get_metadata_dict().values()])


def _asides(env: BuildEnvironment) -> Iterator[str]:
    """Yield the guidance and the prompts of *env*, a paragraph or a phrase at a time."""
    for tree in _trees(env):
        for aside in tree.findall(_is_aside):
            blocks = [
                block.astext()
                for block in aside.findall(nodes.TextElement)
                if not isinstance(block, nodes.title | nodes.Inline)
            ]
            yield from blocks or [aside.astext()]


def _is_aside(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and bool(
        _PROMPTS_AND_GUIDANCE.intersection(node.get("classes", ()))
    )


def _trees(env: BuildEnvironment) -> Iterator[nodes.document]:
    return (env.get_doctree(docname) for docname in sorted(env.all_docs))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
