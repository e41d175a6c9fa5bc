# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Have docutils make what it parses with when it is asked for, and once.

It makes all states of its parser, twenty or so, for each piece of text that is nested in another,
and Sphinx for each text that is translated: that is half of what reading a translated document
takes. The expressions for what stands in a line are made for each of these texts too, and the
settings for each file: a sixth of the rest.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from docutils.parsers.rst.states import Inliner
from docutils.statemachine import DuplicateStateError, StateMachine
from docutils.utils import DependencyList
from sphinx.util import docutils as sphinx_docutils

from bouwsteen.replacing import replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils.frontend import Values


class _States(dict[str, Any]):
    """The states of *machine* by their names, of the classes that were added."""

    def __init__(self, machine: Any) -> None:
        super().__init__()
        self.machine = machine
        self.classes: dict[str, type[Any]] = {}

    def add(self, classes: Iterable[type[Any]]) -> None:
        for state in classes:
            if state.__name__ in self.classes:
                raise DuplicateStateError(state.__name__)
            self.classes[state.__name__] = state

    def __missing__(self, name: str) -> Any:
        state: Any = self.classes[name](self.machine, self.machine.debug)
        if hasattr(self.machine, "memo"):  # it runs, or did: then it does this itself once more
            state.runtime_init()
        self[name] = state
        return state


def _add_states(self: Any, classes: Iterable[type[Any]]) -> None:
    if not isinstance(self.states, _States):
        self.states = _States(self)
    self.states.add(classes)


@contextlib.contextmanager
def sped_up() -> Iterator[None]:
    """Make these changes while one document is read: its files have the same settings."""
    upstream = sphinx_docutils._get_settings  # noqa: SLF001  # the only place where they are made
    known: list[tuple[Any, Values]] = []

    def settings(*components: Any, defaults: dict[str, Any], **given: Any) -> Values:
        kinds = [part if isinstance(part, type) else type(part) for part in components]
        key = kinds, dict(defaults), given
        found = next((values for other, values in known if other == key), None)
        if not found:
            found = upstream(*components, defaults=defaults, **given)
            if found.record_dependencies.file:  # it is open, for this one
                return found
            known.append((key, found))
        own = found.copy()
        own.record_dependencies = DependencyList()
        return own

    with (
        replaced(StateMachine, add_states=_add_states),
        replaced(Inliner, init_customizations=_customize),
        replaced(sphinx_docutils, _get_settings=settings),
    ):
        yield


_upstream = Inliner.init_customizations
_PARTS = ("start_string_prefix", "end_string_suffix", "parts", "patterns")
_ASKED = ("character_level_inline_markup", "pep_references", "rfc_references")
_customized: dict[tuple[Any, ...], tuple[dict[str, Any], list[tuple[Any, str]]]] = {}


def _customize(self: Any, settings: Any) -> None:
    """Have an `Inliner` hold the expressions that these *settings* ask for."""
    key = type(self), *(bool(getattr(settings, name, False)) for name in _ASKED)
    if key not in _customized:
        known = len(self.implicit_dispatch)
        _upstream(self, settings)
        dispatch = [(found, to.__name__) for found, to in self.implicit_dispatch[known:]]
        _customized[key] = {name: vars(self)[name] for name in _PARTS}, dispatch
        return
    parts, dispatch = _customized[key]
    vars(self).update(parts)
    self.implicit_dispatch += [(found, getattr(self, name)) for found, name in dispatch]
