# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""A confined program reads and writes what it may, and nothing else."""

from __future__ import annotations

import ctypes
import errno
import importlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bouwsteen.build import Edition, build
from bouwsteen.latex import cage
from bouwsteen.profile import Profile
from tests.conftest import require_cage, require_tex

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bouw").mkdir()
    (tmp_path / "bouw/mijn.txt").write_text("mijn\n")
    (tmp_path / "boom").mkdir()
    (tmp_path / "boom/gedeeld.txt").write_text("gedeeld\n")
    (tmp_path / "ander.txt").write_text("ander\n")
    (tmp_path / "bouw/link.txt").symlink_to(tmp_path / "ander.txt")
    return tmp_path / "bouw"


@pytest.mark.parametrize(
    ("script", "output"),
    [
        ("cat mijn.txt", "mijn\n"),
        ("cat ../boom/gedeeld.txt", "gedeeld\n"),
        ("cat ../ander.txt", ""),
        ("cat link.txt", ""),
        ("cat /etc/passwd", ""),
        ("ls ..", ""),
        ("echo nieuw > nieuw.txt; cat nieuw.txt; rm nieuw.txt", "nieuw\n"),
        ("echo x > ../nieuw.txt; echo klaar", "klaar\n"),
        ("echo x > ../boom/gedeeld.txt; cat ../boom/gedeeld.txt", "gedeeld\n"),
        ("sh -c 'sh -c \"cat ../ander.txt\"'", ""),
        ("echo weg > /dev/null; echo klaar", "klaar\n"),
    ],
)
def test_what_a_program_may(folder: Path, script: str, output: str) -> None:
    require_cage()
    command = ["sh", "-c", script]
    above = folder.parent
    free = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    (above / "nieuw.txt").unlink(missing_ok=True)
    (above / "boom/gedeeld.txt").write_text("gedeeld\n")
    confined = subprocess.run(
        cage.confined(command, folder, [above / "boom"]),
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert free.stdout  # it can be done outside the cage
    assert confined.stdout == output
    assert not (above / "nieuw.txt").exists()


def test_what_it_ends_with(folder: Path) -> None:
    require_cage()
    ended = subprocess.run(cage.confined(["sh", "-c", "exit 3"], folder, []), check=False)
    assert ended.returncode == 3


def test_an_error_of_another_library_does_not_open_it() -> None:
    require_cage()
    landlock = importlib.import_module("landlock")  # Linux only
    landlock.landlock_abi_version.cache_clear()
    cage.is_available.cache_clear()
    ctypes.set_errno(errno.ENOENT)
    assert cage.is_available()


def test_a_system_that_cannot_confine_says_so(
    document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the library is not installed: it is for Linux only."""
    require_tex()
    monkeypatch.setitem(sys.modules, "landlock", None)
    cage.is_available.cache_clear()
    try:
        result = build(Edition("latex", Profile.DRAFT, "nl"), document)
    finally:
        cage.is_available.cache_clear()
    assert result.pdf.exists()
    (note,) = result.notes
    assert note.startswith("Dit systeem kan TeX niet bij uw bestanden weghouden: ")
