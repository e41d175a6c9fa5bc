# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What git knows of a document."""

from __future__ import annotations

import contextlib
import os
import subprocess
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


_FILES = ("100644", "100755")  # the modes of files in a tree of git
# variables of git about who writes, and how others are reached; the rest is about a repository
_KEPT = (
    "GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM", "GIT_ASKPASS", "GIT_SSH", "GIT_SSL_", "GIT_HTTP_", "GIT_PROXY_",
    "GIT_TERMINAL_PROMPT",
)  # fmt: skip


class RepositoryError(Exception):
    """Git is not there, or cannot do what is asked; the text is its first line that says why."""


class NoFileError(RepositoryError):
    """Something in a commit is neither a file nor a folder; the text is its path."""


class Commit(NamedTuple):
    """A commit."""

    id: str
    time: int  # of the committer, seconds since 1970, UTC


_last: list[dict[Path, Commit | None]] = []  # what git answered; none if it is asked each time


@contextlib.contextmanager
def asked_once() -> Iterator[None]:
    """Ask git once for the last commit of a folder: of all editions that are built at once."""
    _last.append({})
    try:
        yield
    finally:
        _last.pop()


def last_commit(folder: Path) -> Commit | None:
    """Return the last commit that changed something in *folder*, if there is one, and git."""
    answers = _last[-1] if _last else {}
    if folder not in answers:
        answers[folder] = _ask_for_last_commit(folder)
    return answers[folder]


def _ask_for_last_commit(folder: Path) -> Commit | None:
    try:
        line = git(folder, "rev-list", "--max-count=1", "--timestamp", "HEAD", "--", ".")
    except RepositoryError:
        return None
    time, _, name = line.strip().partition(" ")
    return Commit(name, int(time)) if name else None


def head(folder: Path) -> Commit:
    """Return the commit that the work tree around *folder* is of.

    :raises RepositoryError: if there is none.
    """
    line = git(folder, "rev-list", "--max-count=1", "--timestamp", "HEAD")
    time, _, name = line.strip().partition(" ")
    return Commit(name, int(time))


def uncommitted(folder: Path, *ignored: str) -> list[str]:
    """Return what is changed or new in *folder* since the last commit, as paths below it.

    :param ignored: paths below *folder* to pass over. What git ignores is passed over too.
    :raises RepositoryError: if *folder* is in no work tree.
    """
    without = [f":(exclude){name}" for name in ignored]
    output = git(
        folder, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", ".",
        *without,
    )  # fmt: skip
    prefix = git(folder, "rev-parse", "--show-prefix").strip("\n")
    return [entry[3:].removeprefix(prefix) for entry in output.split("\0") if entry]


def export(folder: Path, commit: Commit, names: Sequence[str], target: Path) -> None:
    """Copy *names*, those there are, as *commit* has them in *folder*, to the folder *target*.

    Each file has the bytes that were committed: no line ends are converted, no keywords filled in,
    and nothing is left out, whatever ``.gitattributes`` says.

    :raises NoFileError: if something is neither a file nor a folder.
    :raises RepositoryError: if git cannot.
    """
    listed = git(folder, "ls-tree", "-r", "-z", commit.id, "--", *names).split("\0")
    entries = [entry.partition("\t")[::2] for entry in listed if entry]
    for facts, name in entries:
        mode, _kind, blob = facts.split()
        if mode not in _FILES:
            raise NoFileError(name)
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_run(folder, "cat-file", "blob", blob))


def identity(name: str, email: str) -> dict[str, str]:
    """Return the variables with which git takes *name* for who commits."""
    return {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", name), ("EMAIL", email))
    }


def git(
    folder: Path,
    *arguments: str,
    given: bytes | None = None,
    variables: Mapping[str, str] | None = None,
) -> str:
    """Run git in *folder*, without a shell, and return what it prints.

    :param given: what it reads.
    :param variables: of its environment, beside our own.
    :raises RepositoryError: if git is not there, or says that it failed.
    """
    return os.fsdecode(_run(folder, *arguments, given=given, variables=variables))


def _run(
    folder: Path,
    *arguments: str,
    given: bytes | None = None,
    variables: Mapping[str, str] | None = None,
) -> bytes:
    # a hook of git sets variables: the repository meant here is the one around the folder
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT)
    }
    command = ["git", "--no-optional-locks", "-C", str(folder), *arguments]
    try:
        return subprocess.run(  # noqa: S603  # no shell, and no name from the document is an option
            command,
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            check=True,
            env={**environment, **(variables or {}), "LC_ALL": "C"},
        ).stdout
    except OSError as error:
        raise RepositoryError(str(error)) from error
    except subprocess.CalledProcessError as error:
        said = os.fsdecode(error.stderr).strip().splitlines() or ["git"]
        grave = [line for line in said if line.startswith(("fatal:", "error:"))]
        raise RepositoryError((grave or said)[0]) from error
