# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""A template, and documents from it: real repositories, real renders."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result

from bouwsteen.cli import main
from bouwsteen.template import releases, starting
from tests.repositories import DAY, NOON, commit, git
from tests.test_make import copy_to

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ANSWERS = {
    "auteur": "J. Jansen",
    "gemeenten": "Aadorp, Beekdal",
    "datum": "2026-01-31",
    "kenmerk": "Z-2026-17",
    "bron": "Zaaksysteem gemeente Aadorp",
}
DATA = [argument for name, value in ANSWERS.items() for argument in ("--data", f"{name}={value}")]
FIRST, SECOND, THIRD = "v0.1.0", "v0.2.0", "v0.3.0"


def first_release(folder: Path, *without: str) -> Path:
    """Make a template in *folder*, of what this repository holds, with a first release.

    :param without: folders that do not matter; Copier looks at each file of a template.
    """
    copy_to(folder)
    for name in ("benchmarks", "examples", "tests/roots", *without):
        shutil.rmtree(folder / name, ignore_errors=True)
    commit(folder)
    git(folder, "tag", FIRST)
    return folder


def release(template: Path, tag: str, changes: Mapping[str, str | None], number: int = 1) -> None:
    """Release *tag* of *template*: with other files, or without them (None)."""
    write(template, changes)
    commit(template, time=NOON + number * DAY)
    git(template, "tag", tag)


def write(folder: Path, changes: Mapping[str, str | None]) -> None:
    """Write files, or remove them (None)."""
    for name, text in changes.items():
        path = folder / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def start(template: Path, folder: Path, **answers: str) -> Path:
    """Start a document in *folder*, in this process; nothing is asked."""
    with releases.cloned(str(template), "nl") as cloned:
        starting.start(cloned, cloned.release(None), folder, {**ANSWERS, **answers}, ask=False)
    return folder


def bouwsteen(folder: Path, *arguments: str, **environment: str) -> Result:
    """Run the command in *folder*, without a terminal and without settings of git."""
    variables = {name: None for name in os.environ if name.startswith("GIT_")}
    with contextlib.chdir(folder):
        return CliRunner().invoke(
            main, arguments, env={**variables, **without_git_settings(folder), **environment}
        )


def without_git_settings(home: Path) -> dict[str, str]:
    """Return the environment of a user who never told git anything."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return {**own, **nothing, "HOME": str(home), "XDG_CONFIG_HOME": str(home)}


def files_of(folder: Path) -> set[str]:
    """Return what stands in *folder*, but for what git keeps for itself."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files in *folder*."""
    return {name: (folder / name).read_bytes() for name in files_of(folder)}
