# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parser in which nothing runs, and the one that looks for headings, side by side."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING

from docutils.statemachine import StringList

from bouwsteen import inert, outline

if TYPE_CHECKING:
    import pytest

NESTED = "- .. include:: elders.txt"


def test_one_does_not_parse_with_the_states_of_the_other(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """docutils keeps the machines that it parses nested text with, to use them again."""
    (tmp_path / "elders.txt").write_text("Kop\n===\n\nTekst.\n", encoding="utf-8")
    source = str(tmp_path / "index.rst")
    for _ in range(2):
        found = outline.findings(StringList([NESTED], source=source), source)
        assert [finding.kind for finding in found] == ["heading"]
        with monkeypatch.context() as patched:
            patched.chdir(tmp_path)
            patched.setattr(pathlib.Path, "read_text", _refuse)
            tree = inert.parse(NESTED)
        assert [node["name"] for node in tree.findall(inert.Directive)] == ["include"]


def _refuse(*_arguments: object, **_options: object) -> str:
    raise AssertionError("a file was read")
