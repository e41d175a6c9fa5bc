# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Look for guidance in a PDF that must not hold any, in the text read back from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from docutils import nodes

from bouwsteen import letters
from bouwsteen.completeness.prose import is_aside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sphinx.environment import BuildEnvironment

_STEP = 20  # letters


def guidance_left(pdf: Path, draft: BuildEnvironment, final: BuildEnvironment) -> list[str]:
    """Return the guidance and the prompts of *draft* that *pdf*, of *final*, shows.

    What the author wrote too is the author's.
    """
    shown = letters.of(_text_of(pdf))
    own = letters.of(" ".join(tree.astext() for tree in _trees(final)))
    return [
        text for text in dict.fromkeys(_asides(draft))
        if any(part in shown and part not in own for part in letters.parts(text, step=_STEP))
    ]  # fmt: skip


def _text_of(pdf: Path) -> str:
    """Return the text of the pages, the bookmarks and the metadata."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
        bookmarks = [bookmark.get_title() for bookmark in document.get_toc()]
        return " ".join([*pages, *bookmarks, *document.get_metadata_dict().values()])


def _asides(env: BuildEnvironment) -> Iterator[str]:
    """Yield the guidance and the prompts of *env*, a paragraph or a phrase at a time."""
    for tree in _trees(env):
        for aside in tree.findall(is_aside):
            blocks = [
                block.astext()
                for block in aside.findall(nodes.TextElement)
                if not isinstance(block, nodes.title | nodes.Inline)
            ]
            yield from blocks or [aside.astext()]


def _trees(env: BuildEnvironment) -> Iterator[nodes.document]:
    return (env.get_doctree(docname) for docname in sorted(env.all_docs))
