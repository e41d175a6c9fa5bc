# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Have docutils make the states of its parser when they are asked for.

It makes them all, twenty or so, for each piece of text that is nested in another, and Sphinx for
each text that is translated: that is half of what reading a translated document takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils.statemachine import DuplicateStateError, StateMachine

from bouwsteen.replacing import replaced

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager


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


def made_when_asked_for() -> AbstractContextManager[None]:
    """Have `StateMachine.add_states` make no states, but know of them."""
    return replaced(StateMachine, add_states=_add_states)
