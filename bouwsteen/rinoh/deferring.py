# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Have rinohtype loaded without what it reads and compiles for documents other than most.

As it is imported, it reads the metrics of the 14 fonts that each PDF viewer has, and compiles the
rules of five programming languages: whoever asks for these gets them then.
"""

from __future__ import annotations

import contextlib
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Any

from pygments.lexer import RegexLexerMeta

from bouwsteen.replacing import replaced
from bouwsteen.rinoh.known import is_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from importlib.machinery import ModuleSpec
    from types import ModuleType


@contextlib.contextmanager
def deferred() -> Iterator[None]:
    """Import rinohtype like that, if it is the one that is known, and was not imported yet."""
    if not is_known():
        yield
        return
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Finder(MetaPathFinder):
    """Finds the modules of which the import is changed."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in _CHANGES:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and spec.loader:
            spec.loader = _Changed(spec.loader, _CHANGES[fullname])
        return spec


class _Changed(Loader):
    """Runs a module while something is changed."""

    def __init__(
        self, loader: Loader, change: Callable[[ModuleType], AbstractContextManager[None]]
    ) -> None:
        self._loader = loader
        self._change = change

    def exec_module(self, module: ModuleType) -> None:
        with self._change(module):
            self._loader.exec_module(module)


@contextlib.contextmanager
def _fonts_read_later(_module: ModuleType) -> Iterator[None]:
    from rinoh.font.style import FontSlant, FontWeight, FontWidth  # noqa: PLC0415
    from rinoh.font.type1 import Type1Font  # noqa: PLC0415

    class UnreadFont(Type1Font):
        """A font that is read when it is asked for more than what was given with it."""

        def __getattribute__(self, name: str) -> Any:
            if name not in {"weight", "slant", "width"}:
                filename, options = object.__getattribute__(self, "given")
                self.__class__ = Type1Font
                Type1Font.__init__(self, filename, **options)
            return object.__getattribute__(self, name)

    def give(self: Any, filename: str, **options: Any) -> None:
        self.weight = FontWeight.validate(options.get("weight", FontWeight.MEDIUM))
        self.slant = FontSlant.validate(options.get("slant", FontSlant.UPRIGHT))
        self.width = FontWidth.NORMAL
        self.given = filename, options
        self.__class__ = UnreadFont

    with replaced(Type1Font, __init__=give):
        yield


@contextlib.contextmanager
def _rules_compiled_later(module: ModuleType) -> Iterator[None]:
    with replaced(RegexLexerMeta, __call__=type.__call__):
        yield
    module.lexers = _Lexers(module.lexers)  # type: ignore[attr-defined]


class _Lexers(dict[str, Any]):
    """Lexers of which the rules are compiled when they are asked for."""

    def __getitem__(self, name: str) -> Any:
        lexer = super().__getitem__(name)
        type(lexer)()  # the first one that Pygments makes in its own way has them compiled
        return lexer


_CHANGES: dict[str, Callable[[ModuleType], AbstractContextManager[None]]] = {
    "rinoh.fonts.adobe14": _fonts_read_later,
    "rinoh.frontend.sphinx.nodes": _rules_compiled_later,
}
