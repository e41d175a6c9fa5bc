# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Build several editions at once, in worker processes.

Each is a new Python (`multiprocessing`, start method *spawn*), not a fork of this process: that
has a thread which shows the progress, a document may start others in its ``conf.py``, and a fork
of a process with threads may stop for ever (Python 3.12 and newer warn of it). Drafts come first,
since they take longer, and a worker takes a language that it had before, if it can: it has read
the hyphenation patterns.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import time
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, NamedTuple, NoReturn, cast

from bouwsteen import build as building
from bouwsteen import repository
from bouwsteen.errors import explain
from bouwsteen.messages import translations
from bouwsteen.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path

    from bouwsteen.build import Edition

_CONTEXT = multiprocessing.get_context("spawn")
_SAFE_PATH = "PYTHONSAFEPATH"  # do not look for modules in the folder where Python is started
_GRACE = 0.5  # seconds that a worker gets to clean up after Ctrl-C


class Outcome(NamedTuple):
    """What became of an edition."""

    edition: Edition
    pdf: Path | None  # None if it failed
    notes: list[str]  # what the writer should know of it
    error: str = ""  # why it failed, for the writer too


def outcomes(
    editions: Iterable[Edition],
    root: Path,
    *,
    strict: bool = False,
    jobs: int | None = None,
    report: Callable[[list[Edition]], None] = lambda _: None,
) -> Iterator[Outcome]:
    """Build *editions* of the document in *root*; yield what became of each, as it comes.

    :param jobs: how many at once; as many as there are processors, if not given.
    :param report: is told which are being built, each time that that changes.

    One that fails does not stop the others. If there is one edition only, or one at a time, they
    are built in this process.
    """
    waiting = list(dict.fromkeys(editions))
    workers = min(jobs or _processors(), len(waiting))
    task = _Task(root, strict)
    if workers > 1:
        yield from _at_once(waiting, workers, task, report)
        return
    with repository.asked_once():
        for edition in waiting:
            report([edition])
            yield task.outcome(edition)


class _Task(NamedTuple):
    root: Path
    strict: bool

    def outcome(self, edition: Edition) -> Outcome:
        """Build *edition*."""
        try:
            result = building.build(edition, self.root, strict=self.strict)
        except Exception as error:  # noqa: BLE001  # whatever it is, the others go on
            return Outcome(edition, None, [], explain(error, self.root))
        return Outcome(edition, result.pdf, result.notes)


def _processors() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _at_once(
    waiting: list[Edition], count: int, task: _Task, report: Callable[[list[Edition]], None]
) -> Iterator[Outcome]:
    workers: list[_Worker] = []
    try:
        workers += (_Worker(task) for _ in range(count))
        for worker in workers:
            worker.begin(_next(waiting, worker.languages))
        while busy := [worker for worker in workers if worker.edition]:
            report([worker.edition for worker in busy if worker.edition])
            ready = wait([worker.connection for worker in busy])
            for worker in busy:
                if worker.connection in ready:
                    outcome = worker.outcome()
                    worker.begin(_next(waiting, worker.languages))
                    yield outcome
    finally:
        _stop(workers)


def _next(waiting: list[Edition], known: set[str]) -> Edition | None:
    """Take the next edition: a draft, which is longer, and in one of the languages *known*."""
    if not waiting:
        return None
    chosen = min(
        waiting,
        key=lambda edition: (edition.profile is not Profile.DRAFT, edition.language not in known),
    )
    waiting.remove(chosen)
    return chosen


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Have a Python that is started meanwhile take no notice of the keyboard and the folder.

    Ctrl-C would end it with a traceback as long as it loads; `_work` has it heed that again. And
    ``random.py`` of a document is not Python's own.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # programs inherit that
    given = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"  # empty, it counts for nothing
    try:
        yield
    finally:
        del os.environ[_SAFE_PATH]
        if given is not None:
            os.environ[_SAFE_PATH] = given
        signal.signal(signal.SIGINT, before)


class _Worker:
    """A process that builds the editions that it is sent."""

    def __init__(self, task: _Task) -> None:
        self._task = task
        self.edition: Edition | None = None
        self.languages: set[str] = set()  # of what it built
        self._start()

    def _start(self) -> None:
        self.connection, there = _CONTEXT.Pipe()
        arguments = (there, self._task, gc.get_threshold())
        self.process = _CONTEXT.Process(target=_work, args=arguments)
        with _undisturbed():
            self.process.start()
        there.close()

    def begin(self, edition: Edition | None) -> None:
        """Send it *edition* to build; None if there is no more to do."""
        self.edition = edition
        if edition is None:
            self.end()
            return
        self.languages.add(edition.language)
        with contextlib.suppress(BrokenPipeError):  # it ended: `outcome` says so
            self.connection.send(edition)

    def end(self) -> None:
        """End it: what it built is written, and a thread of ``conf.py`` would hold it up."""
        self.connection.close()
        self.process.kill()

    def outcome(self) -> Outcome:
        """Return what became of its edition."""
        edition = cast("Edition", self.edition)
        try:
            outcome: Outcome = self.connection.recv()
        except (EOFError, OSError):
            self.process.join()
            code = self.process.exitcode
            outcome = Outcome(edition, None, [], _stopped(edition, code))
            self._start()
        return outcome


def _stopped(edition: Edition, code: int | None) -> str:
    _ = translations(edition.language).gettext
    return _("What made this PDF was stopped ({code}): is there enough memory? Try again.").format(
        code=code
    )


def _work(connection: Connection, task: _Task, collect_after: tuple[int, int, int]) -> None:
    """Build the editions that come over *connection*, until it is closed."""
    gc.set_threshold(*collect_after)
    with (
        contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt),
        repository.asked_once(),
    ):
        signal.signal(signal.SIGINT, _interrupt)
        while True:
            connection.send(task.outcome(connection.recv()))


def _interrupt(_signal: int, _frame: object) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # once: the next would break off cleaning up
    raise KeyboardInterrupt


def _stop(workers: list[_Worker]) -> None:
    """Have those stop that are at work, as Ctrl-C does; and soon after, whatever they do."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # pressed again, it would break this off
    busy = [worker.process for worker in workers if worker.edition]
    for process in busy:
        if process.pid and process.is_alive():
            os.kill(process.pid, signal.SIGINT)
    until = time.monotonic() + _GRACE
    for process in busy:
        process.join(max(0, until - time.monotonic()))
    for worker in workers:
        worker.end()
        worker.process.join()
    signal.signal(signal.SIGINT, before)
