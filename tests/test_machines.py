# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Machines that have less than a developer's: no home, no git, nowhere to write but the project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bouwsteen.build import ENGINES, Edition, build
from bouwsteen.profile import Profile
from tests.conftest import require_cage, require_tex

if TYPE_CHECKING:
    from collections.abc import Sequence

# What a service user gets, or one that has no right to it; a root can write to any other folder
NO_HOME = "/proc/nergens"
# Executed before the command: it may read everything, and write to the folders named first.
CONFINES = """
import runpy, sys
from landlock import FSAccess, Ruleset
writable, sys.argv = sys.argv[1].split(":"), ["bouwsteen", *sys.argv[2:]]
rules = Ruleset()
rules.allow("/", rules=FSAccess.READ_FILE | FSAccess.READ_DIR | FSAccess.EXECUTE)
rules.allow("/dev", rules=FSAccess.READ_FILE | FSAccess.WRITE_FILE)
rules.allow(*writable)
rules.apply()
runpy.run_module("bouwsteen", run_name="__main__")
"""
COMMANDS = [
    ("build", "draft/nl", "final/nl", "draft/de"), ("build", "draft/nl"), ("html",), ("check",),
    ("update-po",), ("stats",), ("check-po",),
]  # fmt: skip


@pytest.fixture
def folder(document: Path, tmp_path: Path) -> Path:
    """A copy of the template, of which nothing was built."""
    copy = tmp_path / "document"
    shutil.copytree(document, copy, ignore=shutil.ignore_patterns("build"))
    return copy


def run(
    folder: Path, command: Sequence[str], **environment: str
) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "TEX"))
    }
    return subprocess.run(
        command, cwd=folder, env={**inherited, **environment}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def bouwsteen(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bouwsteen", *arguments]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_home_that_cannot_be_written(arguments: tuple[str, ...], folder: Path) -> None:
    result = run(folder, bouwsteen(*arguments), HOME=NO_HOME)
    assert (result.returncode, result.stderr) == (0, "")


def test_rinohtype_by_itself_needs_a_home() -> None:
    """When it does not, `bouwsteen.rinoh.offline` can go."""
    result = run(Path(), [sys.executable, "-c", "import rinoh.font"], HOME=NO_HOME)
    assert "google_fonts" in result.stderr


@pytest.mark.parametrize("engine", ENGINES)
def test_builds_write_to_the_project_and_the_temporary_folder(
    engine: str, folder: Path, tmp_path: Path
) -> None:
    """They get no right to write anywhere else; and leave nothing behind in the temporary one."""
    require_cage()
    if engine == "latex":
        require_tex()
    home, temporary = tmp_path / "thuis", tmp_path / "tijdelijk"
    home.mkdir()
    temporary.mkdir()
    program = [sys.executable, "-c", CONFINES, f"{folder}:{temporary}"]
    commands = [(*arguments, *(["--engine", engine] if arguments[0] == "build" else []))
                for arguments in (COMMANDS if engine == "rinoh" else COMMANDS[:2])]  # fmt: skip
    for arguments in commands:
        result = run(folder, [*program, *arguments], HOME=str(home), TMPDIR=str(temporary))
        assert (result.returncode, result.stderr) == (0, ""), arguments
    assert list(home.iterdir()) == []
    assert list(temporary.iterdir()) == []
    canary = f"open({str(home / 'kanarie')!r}, 'w')"
    (folder / "conf.py").write_text(canary, encoding="utf-8")
    assert run(folder, [*program, "build"], HOME=str(home)).returncode == 1
    assert list(home.iterdir()) == []


def test_a_typeface_that_is_not_installed_is_not_fetched(folder: Path) -> None:
    sheet = folder / "theme/rinoh/report.rts"
    text = sheet.read_text(encoding="utf-8")
    assert "TeX Gyre Pagella" in text
    sheet.write_text(text.replace("TeX Gyre Pagella", "Kanarie Sans"), encoding="utf-8")
    result = run(folder, bouwsteen("build", "draft/nl"))
    assert result.returncode == 1
    (line,) = [line for line in result.stderr.splitlines() if "Kanarie" in line]
    assert 'het lettertype "Kanarie Sans" is niet geïnstalleerd' in line
    assert "theme/rinoh/report.rtt" in line
    assert not list((folder / "build").rglob("*.pdf"))


class TestWithoutGit:
    """A copy that somebody sent along, on a machine where git was never installed."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> str:
        """All programs but git."""
        programs = tmp_path / "programma's"
        programs.mkdir()
        for place in map(Path, os.get_exec_path()):
            for program in place.iterdir() if os.access(place, os.R_OK) else ():
                if (
                    not program.name.startswith("git")
                    and not (programs / program.name).is_symlink()
                ):
                    (programs / program.name).symlink_to(program)
        assert not shutil.which("git", path=str(programs))
        return str(programs)

    @pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
    def test_commands_work(self, arguments: tuple[str, ...], folder: Path, path: str) -> None:
        assert not (folder / ".git").exists()
        result = run(folder, bouwsteen(*arguments), PATH=path)
        assert (result.returncode, result.stderr) == (0, "")

    def test_bytes_are_the_same(self, folder: Path, path: str, document: Path) -> None:
        """Given the moment, of which git is asked otherwise."""
        assert run(folder, bouwsteen("build", "final/nl"), PATH=path).returncode == 0
        pdf = folder / "build/rinoh/final/bestuursopdracht-nl.pdf"
        with_git = build(Edition("rinoh", Profile.FINAL, "nl"), document).pdf
        assert pdf.read_bytes() == with_git.read_bytes()
