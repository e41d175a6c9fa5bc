# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""A second process for the first and the last part of a build.

It reads the source while this process loads the engine, and loads what finishing a PDF needs while
this one renders. Whatever goes wrong with reading there goes wrong here again, and is told here:
Sphinx does not keep what it read with a warning (`caching`).
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
from typing import TYPE_CHECKING

from bouwsteen import finishing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

    from sphinx.application import Sphinx
    from sphinx.config import Config

BEFORE_CACHING = 1  # `caching.begin` forgets what is being read

_PR_SET_PDEATHSIG = 1  # prctl(2)
_reading: list[Connection] = []  # to the process that is at it; at most one


@contextlib.contextmanager
def helped(read: Callable[[], object]) -> Iterator[None]:
    """Have another process *read* first, and finish the PDF; Sphinx waits for it in this one."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_help, args=(there, here, read))
    process.start()
    there.close()
    _reading.append(here)
    try:
        with finishing.done_by(here):
            yield
    finally:
        if _reading:  # it is at it still, and no one will want it
            _reading.clear()
            process.terminate()
        here.close()
        process.join()


def wait_for_reading(app: Sphinx, _config: Config) -> None:
    """Wait until the source was read, if that is being done (event ``config-inited``).

    A builder may have something to do until then: its class has a method ``ahead``, which does it a
    step at a time.
    """
    if not _reading:
        return
    connection = _reading[0]
    builder = app.registry.builders.get(getattr(app, "wanted", ""))
    for _step in getattr(builder, "ahead", lambda _app: ())(app):
        if connection.poll():
            break
    with contextlib.suppress(EOFError, OSError):  # it was killed
        connection.recv()
    _reading.clear()


def _help(connection: Connection, other_end: Connection, read: Callable[[], object]) -> None:
    other_end.close()
    _end_with_parent()
    with contextlib.suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        with _silence(), contextlib.suppress(Exception):
            read()
        connection.send("read")
        finishing.serve(connection)


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Show nothing of what is done: it would be shown twice."""
    with (
        open(os.devnull, "w", encoding="utf-8") as nowhere,  # noqa: PTH123
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        yield


def _end_with_parent() -> None:
    """Have the system end this process with the one that it works for, however that ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
