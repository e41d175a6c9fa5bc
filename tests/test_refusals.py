# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the cage keeps from a program is named, and nothing else."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from bouwsteen.latex import cage, refusals
from tests.conftest import require_cage

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    require_cage()
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "bouw").mkdir()
    (tmp_path / "bouw/mijn.txt").write_text("mijn\n")
    for name in ("ander.txt", "nog één.txt", ".verborgen", *map(str, range(21))):
        (tmp_path / name).write_text("ander\n")
    (tmp_path / "bouw/link.txt").symlink_to(tmp_path / "ander.txt")
    (tmp_path / "programma").write_text("#!/bin/sh\necho draait\n")
    (tmp_path / "programma").chmod(0o700)
    (tmp_path / "map/diep").mkdir(parents=True)
    (tmp_path / "map/ander.txt").touch()
    (tmp_path / "bouw/sprong").symlink_to(tmp_path / "map/diep")
    return tmp_path / "bouw"


@pytest.mark.parametrize(
    ("script", "names"),
    [
        ("cat mijn.txt weg.txt ../weg.txt /etc/alternatives", []),
        ("cat ../ander.txt", ["ander.txt"]),
        ("cat ../ander.txt ../ander.txt", ["ander.txt"]),
        ("cd ..; cat ander.txt", ["ander.txt"]),
        ("cat '../nog één.txt'; cat link.txt", ["nog één.txt", "bouw/link.txt"]),
        ("sh -c 'sh -c \"cat ../ander.txt\" & wait'", ["ander.txt"]),
        ("cat ../ander.txt; exit 3", ["ander.txt"]),
        ("kill -TERM $$; cat ../ander.txt", []),
        ("trap 'cat ../ander.txt' TERM; kill -TERM $$", ["ander.txt"]),
        ("echo ../map/*", ["map"]),
        ("../programma", ["programma"]),
        ("../ander.txt", []),  # no program at all
        ("echo x > ../ander.txt; echo x > ../nieuw.txt", []),  # to write is another matter
        ("cat sprong/../ander.txt", ["bouw/sprong/../ander.txt"]),  # not the one in this folder
        ("cat ~/.verborgen ../.verborgen; cat ~/ander.txt", ["ander.txt"]),  # no settings
    ],
)
def test_what_is_named(script: str, names: list[str], folder: Path) -> None:
    assert refused(["sh", "-c", script], folder) == [str(folder.parent / name) for name in names]


def test_no_more_than_some(folder: Path) -> None:
    names = refused(
        ["sh", "-c", "for n in $(seq 20); do cat ../$n; done; echo > klaar.txt"], folder
    )
    assert len(names) == refusals.MOST
    assert not (folder / "klaar.txt").exists()


def test_a_program_that_is_not_there(folder: Path) -> None:
    assert refused(["weg"], folder) == []


def test_a_program_without_end(folder: Path) -> None:
    """It is ended, with all that it started, and nobody waits for it."""
    script = "cat ../ander.txt; (sleep 1000; echo x > laat.txt) & sleep 1000"
    names = refused(["sh", "-c", script], folder, "refusals.TIME_LIMIT = 1")
    assert names == [f"{folder.parent}/ander.txt"]
    assert not (folder / "laat.txt").exists()


@pytest.mark.parametrize("change", ["refusals._TRACEME = 99", "refusals._CALLS = {}"])
def test_where_it_cannot_be_known(change: str, folder: Path) -> None:
    """Without leave to trace, and on another kind of machine."""
    assert refused(["cat", "../ander.txt"], folder, change) == []


def refused(command: list[str], folder: Path, change: str = "") -> list[str]:
    program = refusals.traced(cage.confined(command, folder, []))
    if change:
        code = f"import sys\nfrom bouwsteen.latex import refusals\n{change}\nrefusals.main(sys.argv[1:])"
        program[1:3] = ["-c", code]
    done = subprocess.run(program, cwd=folder, capture_output=True, timeout=60, check=False)
    assert done.stderr == b""
    return done.stdout.decode().split("\0")[:-1]
