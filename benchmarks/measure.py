# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Run a command, and see how long it takes and how much memory.

The time is that on the wall, from before the command is started until it has ended. The memory is
what the kernel tells of the largest of all processes that the command started and waited for
(``wait4``, ``ru_maxrss``): not their sum, since workers that were forked share most of theirs. The
kernel counts in what the process had that started the command, so whoever measures stays small.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

# Of the make that runs the benchmark, or of the user: nothing of it is to reach what is measured.
_ERROR = re.compile(r"!|(?:[\w.]*(?:Error|Exception|Overflow)\b)|.*\berror:", re.IGNORECASE)
_NOT_INHERITED = ("MAKE", "MFLAGS", "VIRTUAL_ENV", "PYTHON", "SOURCE_DATE_EPOCH")


class Usage(NamedTuple):
    """What a command took."""

    seconds: float
    megabytes: float  # of the largest process; a megabyte is a million bytes

    def then(self, other: Usage) -> Usage:
        """Return what this takes and *other* after it."""
        return Usage(self.seconds + other.seconds, max(self.megabytes, other.megabytes))


NOTHING = Usage(0, 0)


class Clock:
    """Says how long what is in ``with clock()`` took, once it is over."""

    seconds = 0.0


@contextlib.contextmanager
def clock() -> Iterator[Clock]:
    """Measure the time on the wall of a block."""
    measured = Clock()
    begin = time.perf_counter()
    yield measured
    measured.seconds = time.perf_counter() - begin


class CommandError(Exception):
    """A command failed; the text says why, in a line."""


def run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> tuple[Usage, str]:
    """Run *command* in *folder*; return what it took, and what it said.

    :param environment: variables to add.
    :raises CommandError: if it fails, with the last line it said of an error.
    """
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(_NOT_INHERITED)
    }
    with tempfile.TemporaryFile() as output:
        begin = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603  # no shell, no word of it from outside
            command,
            cwd=folder,
            env={**inherited, "LC_ALL": "C.UTF-8", **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _pid, status, used = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read().decode(errors="replace")
    if process.returncode:
        raise CommandError(reason(said) or f"{command[0]} ended with {process.returncode}")
    return Usage(seconds, used.ru_maxrss * 1024 / 1e6), said


def reason(said: str) -> str:
    """Return the line of what a program *said* that tells best why it failed."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if _ERROR.match(line)]
    return (telling or lines or [""])[-1]
