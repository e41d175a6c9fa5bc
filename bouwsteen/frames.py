# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Room for deep calls, which is asked of the system once.

Python 3.11 and later keep frames in pieces of memory of 16 KB. For each call at the end of a piece
they ask the system for another one, and give it back: in deep recursion, that takes up to a quarter
of the time (https://github.com/python/cpython/issues/142183).
"""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_SLOTS = 2**17  # of 8 bytes each: a megabyte, of which nothing is used


def _call(function: Callable[[], T]) -> T:
    return function()


# A frame that is larger than a piece gets one of twice its size: those below it have the other half
_with_room = types.FunctionType(_call.__code__.replace(co_stacksize=_SLOTS), {})


def with_room(function: Callable[[], T]) -> T:
    """Return what *function* returns, called with room for deep calls in it."""
    result: T = _with_room(function)
    return result
