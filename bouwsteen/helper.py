# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""A second process, which reads the source while this one loads the engine.

For a single PDF, it then loads what finishing needs while this one renders, and finishes the PDF.
Whatever goes wrong with reading there goes wrong here again, and is told here: Sphinx does not keep
what it read with a warning (`caching`).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bouwsteen import finishing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from sphinx.application import Sphinx
    from sphinx.config import Config

BEFORE_CACHING = 1  # `caching.begin` forgets what is being read

_PR_SET_PDEATHSIG = 1  # prctl(2)
_reading: list[Connection] = []  # to the process that is at it; at most one


@contextlib.contextmanager
def helped(read: Callable[[], object]) -> Iterator[None]:
    """Have another process *read* first, and finish the PDF; Sphinx waits for it in this one."""
    with _started(_help, read) as (connection, process), finishing.done_by(connection):
        _reading.append(connection)
        try:
            yield
        finally:
            if _reading:  # it is at it still, and no one will want it
                _reading.clear()
                process.terminate()


@contextlib.contextmanager
def reading_ahead(reads: Iterable[Callable[[], object]]) -> Iterator[None]:
    """Have another process begin with *reads*, one after another, and stop wherever it is then.

    Sphinx, in this process, waits for the first. What is half read is read again (`caching`).
    """
    with _started(_read_in_turn, reads) as (connection, process):
        _reading.append(connection)
        try:
            yield
        finally:
            _reading.clear()
            process.terminate()


@contextlib.contextmanager
def _started(work: Callable[..., None], task: object) -> Iterator[tuple[Connection, BaseProcess]]:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_begin, args=(there, here, work, task))
    process.start()
    there.close()
    try:
        yield here, process
    finally:
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
    for _step in getattr(builder, "ahead", lambda *_: ())(Path(app.confdir), app.config):
        if connection.poll():
            break
    with contextlib.suppress(EOFError, OSError):  # it was killed
        connection.recv()
    _reading.clear()


def _begin(
    connection: Connection, other_end: Connection, work: Callable[..., None], task: object
) -> None:
    other_end.close()
    _end_with_parent()
    with contextlib.suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        work(connection, task)


def _help(connection: Connection, read: Callable[[], object]) -> None:
    _read_in_turn(connection, [read])
    finishing.serve(connection)


def _read_in_turn(connection: Connection, reads: Iterable[Callable[[], object]]) -> None:
    for read in reads:
        with _silence(), contextlib.suppress(Exception):
            read()
        connection.send("read")


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
        import ctypes  # noqa: PLC0415  # for this process alone

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
