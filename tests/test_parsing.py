# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""docutils with what it parses with made when it is asked for, and once."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.frontend import OptionParser
from docutils.parsers.rst import Parser, states
from docutils.statemachine import DuplicateStateError, State, StateMachine, UnknownStateError
from docutils.utils import DependencyList
from sphinx.util import docutils as sphinx_docutils

from bouwsteen.parsing import sped_up
from bouwsteen.replacing import replaced

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.conftest import Project

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


def parsed(text: str, **settings: bool) -> str:
    loud = {"report_level": 1, "halt_level": 5, "warning_stream": False}
    tree: nodes.document = publish_doctree(text, settings_overrides={**settings, **loud})
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
    text, made = made_in(sped_up)
    assert text == plain
    assert text.count("<system_message") > 5
    # else there is nothing to compare; these two are of PEPs
    unseen = {state.__name__ for state in states.state_classes} - set(made)
    assert unseen == {"RFC2822Body", "RFC2822List"}
    assert len(made) < len(all_of_them) / 3


def test_machines_made_with_it_and_without_go_together() -> None:
    """docutils keeps the machines that it parses nested text with, for the next text."""
    plain = parsed(TEXT)
    for change in (sped_up, contextlib.nullcontext, sped_up):
        with change():
            assert parsed(TEXT) == plain


class First(State):  # type: ignore[type-arg]  # no generic at run time
    """A state."""


def test_what_is_wrong_is_told_as_it_was() -> None:
    with sped_up():
        machine = StateMachine([First], "First")
        with pytest.raises(DuplicateStateError):
            machine.add_states([First])
        with pytest.raises(UnknownStateError):
            machine.get_state("Second")
        assert machine.get_state("First") is machine.get_state("First")
        with pytest.raises(DuplicateStateError):
            machine.add_states([First])


LINE = "Zie RFC 2119, PEP 8, https://example.org/a, a@example.org, re*st*jes en ``code``.\n"
WAYS: list[dict[str, bool]] = [
    {},
    {"rfc_references": True},
    {"pep_references": True},
    {"character_level_inline_markup": True},
    {"rfc_references": True, "pep_references": True},
]


def test_a_line_is_read_by_the_settings_of_its_text() -> None:
    plain = [parsed(LINE, **settings) for settings in WAYS]
    assert len(set(plain)) == len(WAYS)
    with sped_up():
        for _ in range(2):
            assert [parsed(LINE, **settings) for settings in WAYS] == plain


def shout(_self: object, match: Any, _lineno: int) -> list[nodes.Node]:
    return [nodes.Text(match.group("whole").upper())]


# docutils looks for the parts of expressions in the class itself, not in what it is derived from
OWN = {name: value for name, value in vars(states.Inliner).items() if not name.startswith("__")}
Shouting = type("Shouting", (states.Inliner,), {**OWN, "standalone_uri": shout, "simplename": "x"})


def test_a_line_is_read_by_its_own_reader() -> None:
    def read(kind: type[states.Inliner]) -> str:
        reader = Parser(inliner=kind())
        return publish_doctree(f"{LINE} Een naam_.", parser=reader).pformat()

    kinds = (states.Inliner, Shouting, states.Inliner, Shouting)
    plain = [read(kind) for kind in kinds]
    assert "HTTPS" in plain[1]
    assert ["problematic" in text for text in plain] == [True, False, True, False]
    with sped_up():
        assert [read(kind) for kind in kinds] == plain


@pytest.mark.parametrize(
    "config", ["", "rfc_references: true", "record_dependencies: gelezen.txt"], ids=str
)
def test_files_have_settings_of_their_own(
    config: str, new_project: Callable[[], Project], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docutils.conf").write_text(f"[general]\n{config}\n", encoding="utf-8")
    monkeypatch.setenv("DOCUTILSCONFIG", str(tmp_path / "docutils.conf"))
    upstream = DependencyList.add

    def add(self: Any, *paths: str) -> None:
        upstream(self, *paths)
        if self.file:  # docutils leaves it open, and Python may let go of it with what it holds
            self.file.flush()

    monkeypatch.setattr(DependencyList, "add", add)

    def read() -> tuple[object, ...]:
        project = new_project().write(
            {
                "index.rst": "Proef\n=====\n\n.. include:: deel.txt\n\n.. toctree::\n\n   b\n   c\n",
                "b.rst": f"B\n=\n\n{LINE}",
                "c.rst": "C\n=\n\n.. include:: deel.txt\n.. include:: ander.txt\n",
                "deel.txt": "Een deel.\n",
                "ander.txt": "Een ander.\n",
            }
        )
        built = project.build("dummy").ok()
        needed = {
            name: sorted(Path(path).name for path in paths)
            for name, paths in built.env.dependencies.items()
        }
        listed = "".join(path.read_text(encoding="utf-8") for path in Path().glob("gelezen.txt"))
        return needed, built.trees(), "deel.txt" in listed  # the last file wrote it anew

    plain = read()
    with sped_up():
        assert read() == plain
    assert ("rfc2119" in str(plain)) == config.startswith("rfc")
    assert bool(plain[2]) == config.startswith("record")
    assert plain[0] == {"index": ["deel.txt"], "c": ["ander.txt", "deel.txt"]}


def test_settings_are_worked_out_once(project: Project) -> None:
    made: list[object] = []
    upstream = OptionParser.__init__

    def init(self: Any, *given: Any, **options: Any) -> None:
        made.append(self)
        upstream(self, *given, **options)

    project.write({"index.rst": "Proef\n=====\n\n.. toctree::\n\n   b\n", "b.rst": "B\n=\n"})
    with sped_up(), replaced(OptionParser, __init__=init):
        project.build("dummy").ok()
    assert len(made) == 1


def test_what_is_changed_in_settings_is_for_that_file() -> None:
    with sped_up():
        first, second, third = (
            sphinx_docutils._get_settings(Parser, defaults={"tab_width": width})
            for width in (3, 3, 4)
        )
        assert [first.tab_width, second.tab_width, third.tab_width] == [3, 3, 4]
        first.tab_width = 8
        assert second.tab_width == 3
