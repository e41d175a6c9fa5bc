# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finishing a raw PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest

from bouwsteen.finish import finish
from bouwsteen.identity import Identity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Project

IDENTITY = Identity("Titel", "Ondertitel", "Schrijver", "1.0", "31 januari 2026", "")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    path = tmp_path / "ruw.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


def test_metadata(raw: Path) -> None:
    finish(raw, IDENTITY, "nl_BE")
    with pikepdf.open(raw) as pdf:
        assert pdf.docinfo["/Title"] == "Titel"
        assert pdf.docinfo["/Author"] == "Schrijver"
        assert pdf.docinfo["/CreationDate"] == pdf.docinfo["/ModDate"] == "D:20231114221320+00'00'"
        assert pdf.Root.Lang == "nl-BE"


def test_nothing_is_left_beside(raw: Path) -> None:
    finish(raw, IDENTITY, "nl")
    assert [path.name for path in raw.parent.iterdir()] == ["ruw.pdf"]


def test_a_file_that_is_no_pdf_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "ruw.pdf"
    path.write_bytes(b"geen pdf")
    with pytest.raises(pikepdf.PdfError):
        finish(path, IDENTITY, "nl")
    assert path.read_bytes() == b"geen pdf"
    assert list(tmp_path.iterdir()) == [path]


def test_two_builds_give_the_same_bytes(new_project: Callable[[], Project]) -> None:
    files = {"index.rst": "Proef\n=====\n\nTekst [#a]_.\n\n.. [#a] De noot.\n"}
    first, second = (new_project().write(files).build("rinoh").ok().pdf for _ in range(2))
    assert first.read_bytes() == second.read_bytes()
