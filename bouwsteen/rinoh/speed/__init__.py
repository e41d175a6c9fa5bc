# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Have rinohtype give the same bytes sooner, while our builder renders, and only then.

Each change can be left out by its name (config value ``bouwsteen_rinoh_plain``); the tests compare
what comes out with and without. They are written for one release of rinohtype, and not made to any
other (`bouwsteen.rinoh.known`).
"""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

from bouwsteen.rinoh.speed import boxes, drawing, fonts, labels, looks, pages, words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from contextlib import AbstractContextManager

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


@contextlib.contextmanager
def sped_up(left_out: Collection[str] = ()) -> Iterator[None]:
    """Make the changes but those *left_out*."""
    with contextlib.ExitStack() as stack:
        for name, change in CHANGES.items():
            if name not in left_out:
                stack.enter_context(change())
        yield
