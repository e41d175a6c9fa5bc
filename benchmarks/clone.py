# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""A clone of this repository, in which make runs as it does for an officer."""

from __future__ import annotations

import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import polib

from benchmarks import measure, peers
from benchmarks.documents import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.measure import Usage

PROFILES = ("draft", "final")
CORES = len(os.sched_getaffinity(0))


def make_clone(folder: Path) -> Path:
    """Copy what is in this repository, committed or not, to *folder*, a new one; return it.

    It has an environment of its own, which looks complete to make: that of this repository is
    used, but out of reach of whatever make would do to it.
    """
    listed = _git(REPOSITORY, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (source := REPOSITORY / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    _git(folder, "init", "--quiet")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message=All")  # a document is dated by its last commit
    environment = folder / ".venv"
    environment.mkdir()
    for part in ("bin", "lib"):
        (environment / part).symlink_to(peers.PROGRAMS.with_name(part))
    for group in ("base", *(path.stem for path in (folder / "lock").glob("*.txt"))):
        (environment / group).touch()
    return folder


def make(clone: Path, target: str) -> Usage:
    """Make *target*; return what that took.

    :raises CommandError: if it fails.
    """
    usage, _said = measure.run(["make", target], clone)
    return usage


def make_nothing(clone: Path, target: str) -> Usage:
    """Make *target*, to which nothing is to be done.

    :raises CommandError: if something was done.
    """
    usage, said = measure.run(["make", target], clone)
    if "Nothing to be done" not in said:
        raise measure.CommandError(f"make {target} did something: {measure.reason(said)}")
    return usage


def editions(clone: Path) -> list[peers.Edition]:
    """Return all editions that there are of the document."""
    translations = sorted(path.parent.name for path in clone.glob("locale/*/LC_MESSAGES"))
    return [
        peers.Edition(profile, language)
        for profile in PROFILES
        for language in ("nl", *translations)
    ]


def render_all(clone: Path, peer: peers.Peer) -> Usage:
    """Render all editions by *peer*, as many at a time as there are cores; return what it took.

    :raises CommandError: if one of them fails.
    """
    with measure.clock() as clock, ThreadPoolExecutor(CORES) as pool:
        used = list(pool.map(lambda edition: peer.render(clone, edition), editions(clone)))
    return measure.Usage(clock.seconds, max(usage.megabytes for usage in used))


def translate_anew(clone: Path, language: str, word: str) -> None:
    """Add *word* to the first translation there is into *language*."""
    first = min(clone.glob(f"locale/{language}/LC_MESSAGES/*.po"))
    catalogue = polib.pofile(str(first), wrapwidth=0)
    catalogue.translated_entries()[-1].msgstr += f" {word}"
    catalogue.save()


def written(clone: Path) -> dict[str, int]:
    """Return when each PDF was written, by its path."""
    return {
        str(path.relative_to(clone)): path.stat().st_mtime_ns
        for path in clone.glob("build/rinoh/*/*.pdf")
    }


def _git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org"]
    return subprocess.run(  # noqa: S603  # no word of it from outside
        ["git", *identity, *arguments],  # noqa: S607
        cwd=folder, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
