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

from bouwsteen.rinoh.speed import boxes, drawing, fonts, labels, looks, pages, sheets, words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from contextlib import AbstractContextManager

_COLLECT_AFTER = (400_000, 20, 100)


@contextlib.contextmanager
def less_collected() -> Iterator[None]:
    """Look for garbage after 400,000 new objects, not after 700: most of them stay."""
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECT_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


# Processor time without each, of 26 pages, as `python -m benchmarks.changes 5 3` found it on
# 2026-11-26, all changes being 1 (give or take 0.05: the machine was noisy)
CHANGES: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "looks": looks.looked_up_once,  # 1.36; of 88 pages 1.53
    "sheets": sheets.read_once,  # 1.06 (instructions) of each document in a process but the first
    "words": words.shaped_once,  # 1.15
    "paragraphs": words.read_once,  # 1.06
    "glyphs": drawing.glyphs_by_table,  # 1.06
    "fonts": fonts.read_as_needed,  # 1.28, and 1.24 times the memory
    "descriptions": fonts.described_once,  # 1.08
    "labels": labels.tried_once,  # 1.05
    "boxes": boxes.added_up_once,  # 1.16; of 88 pages 1.30
    "columns": boxes.columns_given,  # 1.08
    "progress": drawing.no_progress,  # 1.05, and it grows with the square of the pages
    "file": drawing.written_in_turn,  # of 88 pages 1.09 times the memory; square as well
    "passes": pages.kept,  # 1.16; of 88 pages 1.33
    "memory": pages.let_go,  # 1.17 times the memory; of 88 pages 1.59
    "frames": pages.set_with_room,  # 1.0 to 1.3: as deep as the caller happens to be
    "garbage": less_collected,  # 1.04
}


@contextlib.contextmanager
def sped_up(left_out: Collection[str] = ()) -> Iterator[None]:
    """Make the changes but those *left_out*."""
    with contextlib.ExitStack() as stack:
        for name, change in CHANGES.items():
            if name not in left_out:
                stack.enter_context(change())
        yield
