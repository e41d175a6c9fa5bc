# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Have pikepdf check once in a process what the PDFs that it checks have in common.

Editions of a document embed the same fonts: reading these, and the widths of their glyphs, is half
of what a check takes. Holding objects against the schemas of PDF/A is a third: half of them are
alike, and most of it goes into following references from one schema to another.
"""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING, Any

from pikepdf import Array
from pikepdf.pdfa import _fonts, _limits, _schemas, _shallow
from referencing import _core

from bouwsteen.replacing import replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FEW = 32  # fonts, of 100 KB or so, and lists of their widths
MANY = 4096  # objects, of 300 bytes or so
_LONG = 1000  # bytes


@functools.lru_cache(maxsize=FEW)
def program(read: Callable[[bytes], Any], data: bytes) -> Any:
    """Return what *read* makes of a font."""
    return read(data)


good: dict[tuple[Any, str, str], None] = {}  # flavour, role and contents of objects
lists: dict[Callable[..., Any], dict[Any, Any]] = {}  # by what works them out
_followed: dict[tuple[int, str, str], tuple[Any, Any]] = {}


@contextlib.contextmanager
def done_once() -> Iterator[None]:
    """Change what pikepdf checks with, as far as it is what it was when this was written."""
    with contextlib.ExitStack() as stack:
        for owner, name, change in (
            (getattr(_fonts, "_Loader", None), "program", _program),
            (_fonts, "parse_cid_widths", _of_lists),
            (_shallow, "shallow_json", _of_lists),
            (getattr(_limits, "LimitChecker", None), "_collect", _collect),
            (getattr(_schemas, "SchemaSet", None), "check", _check),
            (getattr(_core, "Resolver", None), "lookup", _lookup),
        ):
            if upstream := getattr(owner, name, None):
                stack.enter_context(replaced(owner, **{name: change(upstream)}))
        yield


def _program(upstream: Callable[..., Any]) -> Callable[..., Any]:
    def read(self: Any, factory: Callable[[bytes], Any], data: bytes, what: str) -> Any:
        return upstream(self, functools.partial(program, factory), data, what)

    return read


def _written(value: Any) -> bytes | None:
    """Return a long list as it is written, if it refers to nothing: then that is all there is."""
    if not isinstance(value, Array) or value.is_indirect:
        return None
    written = value.unparse()
    return written if len(written) > _LONG and b" R" not in written else None


def _of_lists(upstream: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Keep what a function makes of long lists: no one changes it."""
    kept = lists.setdefault(upstream, {})

    def made(value: Any) -> Any:
        written = _written(value)
        if written is None:
            return upstream(value)
        if written not in kept:
            if len(kept) == FEW:
                kept.clear()
            kept[written] = upstream(value)
        return kept[written]

    return made


def _collect(upstream: Callable[..., Any]) -> Callable[..., Any]:
    """Keep which long lists break no limit, and hold no dictionary."""
    kept = lists.setdefault(upstream, {})

    def collect(
        self: Any, value: Any, depth: int, found: list[Any], keys: set[str] | None, **given: Any
    ) -> None:
        written = _written(value)
        if (self.flavour, depth, written) in kept:
            return
        within: set[str] = set()
        before = len(found)
        upstream(self, value, depth, found, within, **given)
        if keys is not None:
            keys |= within
        if written and not within and len(found) == before and len(kept) < FEW:
            kept[self.flavour, depth, written] = None

    return collect


def _check(upstream: Callable[..., Any]) -> Callable[..., Any]:
    def check(self: Any, role: str, shallow: Any, *where: Any) -> bool:
        alike = self.flavour, role, repr(shallow)
        if alike in good:
            return True
        is_good: bool = upstream(self, role, shallow, *where)
        if is_good and len(good) < MANY:
            good[alike] = None
        return is_good

    return check


def _lookup(upstream: Callable[..., Any]) -> Callable[..., Any]:
    """Keep where references lead; no schema of PDF/A has one that depends on how it was reached."""

    def lookup(self: Any, ref: str) -> Any:
        key = id(self._registry), self._base_uri, ref
        if key not in _followed:
            _followed[key] = upstream(self, ref), self._registry  # which keeps its id
        return _followed[key][0]

    return lookup
