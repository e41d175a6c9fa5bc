# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""docutils with the states of its parser made when they are asked for."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest
from docutils.core import publish_doctree
from docutils.parsers.rst import states
from docutils.statemachine import DuplicateStateError, State, StateMachine, UnknownStateError

from bouwsteen.replacing import replaced
from bouwsteen.states import made_when_asked_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from docutils import nodes

# Each state of the parser is entered, and each mistake it has a message for is in reach
TEXT = """\
=====
Titel
=====

:veld: waarde
:nog een: met

   een alinea

Kop
---

* een

  - twee

    #. drie
    #. vier
  - vijf
* zes
niet ingesprongen

term : soort
    Uitleg.

    | regel
    |   dieper
    | regel

-a  optie
--lang=X  optie

+---+---+
| a | b |
+===+===+
| - x   |
+---+---+

== ==
a  b
== ==
1  2
== ==

>>> 1 + 1
2

.. note:: Let op.

   .. figure:: geen.png
      :alt: x

      Onderschrift

.. |s| replace:: *vervangen*
.. [1] Noot.
.. [C] Bron.
.. _doel: https://example.org
.. commentaar

__ https://example.org

Tekst |s| [1]_ [C]_ doel_ `anoniem`__ en `fout *fout ``fout::

    letterlijk

::

> aangehaald
> nog eens

    Citaat.

    -- Wie

#. een
#) anders

Te kort
---
.. onbekend:: x

:fout: `
"""


def parsed(text: str) -> str:
    tree: nodes.document = publish_doctree(
        text, settings_overrides={"report_level": 1, "halt_level": 5, "warning_stream": False}
    )
    return tree.pformat()


def made_in(change: Callable[[], AbstractContextManager[None]]) -> tuple[str, list[str]]:
    """Return what is read with *change*, and the names of the states that are made for it."""
    made: list[str] = []
    upstream = State.__init__

    def init(self: Any, *given: Any, **options: Any) -> None:
        made.append(type(self).__name__)
        upstream(self, *given, **options)

    states.RSTState.nested_sm_cache.clear()  # of machines that are used again
    with change(), replaced(State, __init__=init):
        return parsed(TEXT), made


def test_everything_is_read_as_it_was() -> None:
    plain, all_of_them = made_in(contextlib.nullcontext)
    text, made = made_in(made_when_asked_for)
    assert text == plain
    assert text.count("<system_message") > 5
    # else there is nothing to compare; these two are of PEPs
    unseen = {state.__name__ for state in states.state_classes} - set(made)
    assert unseen == {"RFC2822Body", "RFC2822List"}
    assert len(made) < len(all_of_them) / 3


def test_machines_made_with_it_and_without_go_together() -> None:
    """docutils keeps the machines that it parses nested text with, for the next text."""
    plain = parsed(TEXT)
    for change in (made_when_asked_for, contextlib.nullcontext, made_when_asked_for):
        with change():
            assert parsed(TEXT) == plain


class First(State):  # type: ignore[type-arg]  # no generic at run time
    """A state."""


def test_what_is_wrong_is_told_as_it_was() -> None:
    with made_when_asked_for():
        machine = StateMachine([First], "First")
        with pytest.raises(DuplicateStateError):
            machine.add_states([First])
        with pytest.raises(UnknownStateError):
            machine.get_state("Second")
        assert machine.get_state("First") is machine.get_state("First")
        with pytest.raises(DuplicateStateError):
            machine.add_states([First])
