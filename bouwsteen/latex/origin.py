# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Find the line of a chapter that a line of the TeX file comes from.

Sphinx writes no such lines down. It does mark where each document begins, and what TeX stumbles
over, formulas above all, stands in the TeX file as it stands in the tree.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, cast

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_DOCUMENT = re.compile(r"\\detokenize\{([^}]+)::doc\}")
_VERBATIM = (nodes.math, nodes.math_block, nodes.raw, nodes.image)


def of_line(line: int, file: Path, tree: nodes.document, env: BuildEnvironment) -> str:
    """Return ``path`` or ``path:line`` of what stands in *line* (from 1) of the TeX file *file*.

    :param tree: what *file* was written from.
    :returns: the empty string for the preamble, which comes from no document.
    """
    text = file.read_text(encoding="utf-8")
    end = _start_of_line(text, line + 1)
    begin = text.rfind(r"\sphinxstepscope", 0, end)
    following = text.find(r"\sphinxstepscope", end)
    document = _DOCUMENT.search(text[max(begin, 0) : following if following >= 0 else None])
    if document is None or (begin < 0 and end < text.find(r"\begin{document}")):
        return ""
    node = _last_verbatim(text, end, tree)
    path = str(env.doc2path(document[1]))
    while node is not None and not node.line:  # what stands in a sentence has no line of its own
        node = node.parent
    if node is not None and str(node.source) == path:
        return f"{path}:{node.line}"
    return path


def _start_of_line(text: str, line: int) -> int:
    return sum(len(part) for part in text.splitlines(keepends=True)[: line - 1])


def _last_verbatim(text: str, end: int, tree: nodes.document) -> nodes.Element | None:
    """Return the last node of *tree* whose own words stand in *text* before *end*."""
    last, position = None, 0
    for node in tree.findall(lambda node: isinstance(node, _VERBATIM)):
        words = Path(node["uri"]).stem if isinstance(node, nodes.image) else node.astext()
        found = text.find(words.strip().partition("\n")[0], position)
        if found < 0:
            continue
        if found >= end:
            break
        last, position = cast("nodes.Element", node), found
    return last


def of_text(text: str, tree: nodes.document) -> nodes.Element | None:
    """Return the first node of *tree* that holds *text* itself."""
    texts = (node for node in tree.findall(nodes.Text) if text in node)
    found = next(texts, None)
    return cast("nodes.Element", found.parent) if found else None
