# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Have pikepdf read the program of a font once in a process, of all the PDFs that it checks.

Editions of a document embed the same fonts, and reading these is a third of what a check takes.
"""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING, Any

from pikepdf.pdfa import _fonts

from bouwsteen.replacing import replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FEW = 32  # fonts, of 100 KB or so


@functools.lru_cache(maxsize=_FEW)
def program(read: Callable[[bytes], Any], data: bytes) -> Any:
    """Return what *read* makes of a font."""
    return read(data)


@contextlib.contextmanager
def read_once() -> Iterator[None]:
    """Change what pikepdf reads fonts with, if it is what it was when this was written."""
    loader = getattr(_fonts, "_Loader", None)
    upstream = getattr(loader, "program", None)
    if upstream is None:
        yield
        return

    def read(self: Any, factory: Callable[[bytes], Any], data: bytes, what: str) -> Any:
        return upstream(self, functools.partial(program, factory), data, what)

    with replaced(loader, program=read):
        yield
