# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Have rinohtype give the same bytes sooner, while our builder renders, and only then.

Each change can be left out by its name (config value ``bouwsteen_rinoh_plain``); the tests compare
what comes out with and without. They are written for one release of rinohtype, and not made to any
other: `is_known` compares its files.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import rinoh

from bouwsteen.rinoh.speed import boxes, drawing, fonts, labels, looks, pages, words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from contextlib import AbstractContextManager

# Of the modules of rinohtype 0.5.6 that are changed, or that a change relies on
_MODULES = (
    "annotation", "attribute", "dimension", "document", "element", "flowable", "inline", "layout",
    "paragraph", "reference", "structure", "style", "table", "template", "text", "util",
    "backend/pdf/__init__", "backend/pdf/cos", "backend/pdf/filter", "font/__init__",
    "font/opentype/__init__", "font/opentype/gpos", "font/opentype/layout", "font/opentype/parse",
    "font/opentype/required",
)  # fmt: skip
_DIGEST = "8832bf4c982b58bc381735da55c7fa1828684ccb1671c11fc9d52f0200280a64"

_COLLECT_AFTER = (200_000, 20, 100)


@contextlib.contextmanager
def less_collected() -> Iterator[None]:
    """Look for garbage after 200,000 new objects, not after 700: most of them stay."""
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECT_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


CHANGES: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "looks": looks.looked_up_once,
    "words": words.shaped_once,
    "paragraphs": words.read_once,
    "glyphs": drawing.glyphs_by_table,
    "fonts": fonts.read_as_needed,
    "descriptions": fonts.described_once,
    "labels": labels.tried_once,
    "boxes": boxes.added_up_once,
    "columns": boxes.columns_given,
    "progress": drawing.no_progress,
    "file": drawing.written_in_turn,
    "passes": pages.kept,
    "memory": pages.let_go,
    "frames": pages.set_with_room,
    "garbage": less_collected,
}


def is_known() -> bool:
    """Tell whether the rinohtype that is installed is the one that the changes are written for."""
    return _digest() == _DIGEST


def _digest() -> str:
    digest = hashlib.sha256()
    folder = Path(rinoh.__file__).parent
    for module in _MODULES:
        digest.update((folder / f"{module}.py").read_bytes())
    return digest.hexdigest()


@contextlib.contextmanager
def sped_up(left_out: Collection[str] = ()) -> Iterator[None]:
    """Make the changes but those *left_out*."""
    with contextlib.ExitStack() as stack:
        for name, change in CHANGES.items():
            if name not in left_out:
                stack.enter_context(change())
        yield
