# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the template said to the author: read from source in which nothing runs, and kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bouwsteen.template import record

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = r"""
Kop met :fill-in:`in de kop`
============================

.. contents:: Niet :fill-in:`in een argument`
   :class: :fill-in:`niet in een optie`

Alinea met :fill-in:`over
twee regels`, :guidance:`kies \*een*` en
nog `achteraan`:invullen:; niet ``:fill-in:`letterlijk```.

- In een lijst

  .. toelichting:: Op de regel
     en daarna, met :fill-in:`erbinnen`.

  .. note:: :fill-in:`eerste regel`
     :fill-in:`tweede regel`

     :fill-in:`na een witregel`

.. een-nieuw-ding:: argument
   :optie: ja

   .. fill-in::

      In een directive die niemand kent,

      - met een lijst

   Ook :een-nieuwe-rol:`dit` en :Invullen:`dat`.

.. list-table::
   :header-rows: 1

   * - Kop
     - :fill-in:`in een cel`
   * - .. fill-in:: Blok in een cel
     - Niets

Tweede
------

+-------------------+---------------------------+
| :fill-in:`raster` | .. fill-in:: Blok erin    |
+-------------------+---------------------------+
| - lijst           | Nee                       |
| - :fill-in:`punt` |                           |
+-------------------+---------------------------+

.. code-block:: rst

   .. fill-in:: niet in code

.. parsed-literal::

   Wel :fill-in:`in halve code`

.. .. fill-in:: niet in commentaar

   .. fill-in:: hier ook niet

Derde
~~~~~

woord :fill-in:`in een woord`
   Betekenis

:veld: :fill-in:`in een veld`

Vierde
------

    .. Guidance::

       In een citaat.

.. figure:: beeld.png

   Onderschrift [1]_

.. [1] Noot met :fill-in:`in een noot`

.. fill-in:: Laatste
"""
EXPECTED = [
    ("fill-in", "in de kop"), ("fill-in", "in een argument"), ("fill-in", "over twee regels"),
    ("guidance", r"kies \*een*"), ("fill-in", "achteraan"),
    ("guidance", "Op de regel en daarna, met :fill-in:`erbinnen`."),
    ("fill-in", "eerste regel"), ("fill-in", "tweede regel"), ("fill-in", "na een witregel"),
    ("fill-in", "In een directive die niemand kent, - met een lijst"), ("fill-in", "dat"),
    ("fill-in", "in een cel"), ("fill-in", "Blok in een cel"), ("fill-in", "raster"),
    ("fill-in", "Blok erin"), ("fill-in", "punt"),
    ("fill-in", "in halve code"), ("fill-in", "in een woord"), ("fill-in", "in een veld"),
    ("guidance", "In een citaat."), ("fill-in", "in een noot"), ("fill-in", "Laatste"),
]  # fmt: skip


@pytest.fixture
def chapter(tmp_path: Path) -> Path:
    path = tmp_path / "source/deel/waarom.rst"
    path.parent.mkdir(parents=True)
    path.write_text(SOURCE, encoding="utf-8")
    return path


def test_asides(chapter: Path) -> None:
    assert [(aside.kind, aside.text) for aside in record.read_asides(chapter)] == EXPECTED


def test_their_lines(chapter: Path) -> None:
    """That of the directive, or where a phrase begins."""
    lines = SOURCE.splitlines()
    shown = [lines[aside.line - 1].strip() for aside in record.read_asides(chapter)]
    assert shown == [
        "Kop met :fill-in:`in de kop`", ".. contents:: Niet :fill-in:`in een argument`",
        "Alinea met :fill-in:`over", r"twee regels`, :guidance:`kies \*een*` en",
        "nog `achteraan`:invullen:; niet ``:fill-in:`letterlijk```.",
        ".. toelichting:: Op de regel", ".. note:: :fill-in:`eerste regel`",
        ":fill-in:`tweede regel`", ":fill-in:`na een witregel`", ".. fill-in::",
        "Ook :een-nieuwe-rol:`dit` en :Invullen:`dat`.", "- :fill-in:`in een cel`",
        "* - .. fill-in:: Blok in een cel",
        "| :fill-in:`raster` | .. fill-in:: Blok erin    |",
        "| :fill-in:`raster` | .. fill-in:: Blok erin    |",
        "| - :fill-in:`punt` |                           |",
        "Wel :fill-in:`in halve code`", "woord :fill-in:`in een woord`",
        ":veld: :fill-in:`in een veld`", ".. Guidance::", ".. [1] Noot met :fill-in:`in een noot`",
        ".. fill-in:: Laatste",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "source",
    [
        "\ufeff.. fill-in:: A\n", ".. fill-in:: A", "\t.. fill-in:: A\n", "..  fill-in::  A\r\n",
        "Kop\n---\n\nKop\n===\n\nKop\n---\n\nKop\n~~~\n\n.. fill-in:: A\n",
        "Kop\n==\n\n:fout:\n\n``open\n\n* a\n.. fill-in:: A\n\n.. fill-in:: A\n",
        ".. include:: /etc/passwd\n\n.. |x| fill-in:: A\n",
    ],
)  # fmt: skip
def test_whatever_is_wrong_with_the_source(source: str, tmp_path: Path) -> None:
    path = tmp_path / "a.rst"
    path.write_text(source, encoding="utf-8", newline="")
    assert {aside.text for aside in record.read_asides(path)} == {"A"}


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.rst"
    path.write_bytes(b".. fill-in:: caf\xe9\n")
    assert [aside.text for aside in record.read_asides(path)] == ["caf\N{REPLACEMENT CHARACTER}"]


def test_written_and_loaded(chapter: Path, tmp_path: Path) -> None:
    (tmp_path / "source/leeg.rst").write_text("Niets.\n")
    (tmp_path / "source/deel/los.inc").write_text(".. fill-in:: Niet hier\n")
    record.write(tmp_path, "v1.0.0")
    known = record.load(tmp_path)
    assert known is not None
    assert known.release == "v1.0.0"
    assert known.asides == {"source/deel/waarom.rst": EXPECTED, "source/leeg.rst": []}
    assert list(record.asides(tmp_path)) == list(known.asides)
    content = json.loads((tmp_path / "template.json").read_text(encoding="utf-8"))
    assert content["asides"]["source/deel/waarom.rst"][0] == {
        "kind": "fill-in", "text": "in de kop",
    }  # fmt: skip
    assert chapter.read_text(encoding="utf-8") == SOURCE


@pytest.mark.parametrize(
    "text",
    [None, "", "{", "[]", "null", "7", "{}", '{"release": "1"}', '{"release": "1", "asides": []}',
     '{"release": "1", "asides": {"a": 1}}', '{"release": "1", "asides": {"a": [{"kind": "x"}]}}',
     '{"release": "1", "asides": {"a": ["b"]}}', "[" * 100_000, "\udcff"],
)  # fmt: skip
def test_no_record_of_this_form(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "template.json").write_text(text, errors="surrogateescape")
    assert record.load(tmp_path) is None
