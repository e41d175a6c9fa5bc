# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Build several editions at once: each worker is a fork of a process that has loaded all there is.

Before there are workers, another process begins to read (`helper`), while this one loads. With
rinohtype, and many editions, this one renders the first of them then, and workers begin with what
that taught it: fonts, words, the style sheet. Drafts come first, since they take longer, and a
worker takes a language that it had before, if it can: it has read the hyphenation patterns.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import multiprocessing
import os
import signal
import sys
import time
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, NamedTuple, NoReturn, cast

from bouwsteen import build as building
from bouwsteen import finishing, helper, loading, repository, running, settings
from bouwsteen.errors import explain
from bouwsteen.messages import translations
from bouwsteen.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path

    from bouwsteen.build import Edition

# So many editions are read while one is rendered, by rinohtype
_AS_LONG_AS_RENDERING = 6

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

    One that fails does not stop the others. Where processes cannot be forked, or there is one
    edition only, they are built in this process, one after another.
    """
    waiting = list(dict.fromkeys(editions))
    workers = min(jobs or _processors(), len(waiting))
    with contextlib.ExitStack() as stack:
        stack.enter_context(repository.asked_once())
        if workers > 1 and _can_fork():
            yield from _at_once(waiting, workers, _Task(root, strict), report)
            return
        if _can_fork() and len(waiting) == 1 and (jobs or _processors()) > 1:
            stack.enter_context(helper.helped(lambda: building.read(waiting[0], root)))
        for edition in waiting:
            report([edition])
            yield _Task(root, strict).outcome(edition)


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


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods()


def _processors() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _load(engines: set[str]) -> None:
    """Load what *engines* need, once for all workers."""
    for engine in engines:
        loading.load(building.ENGINES[engine])
    finishing.load()


def _load_ahead(engines: set[str], root: Path) -> None:
    """Load what is read for the document in *root*, as far as its settings tell."""
    if "rinoh" in engines:
        builder = importlib.import_module("bouwsteen.rinoh").RinohBuilder
        with contextlib.suppress(running.BuildError):  # each edition says so
            for _step in builder.ahead(root, settings.read(root)):
                pass


def _at_once(
    waiting: list[Edition], count: int, task: _Task, report: Callable[[list[Edition]], None]
) -> Iterator[Outcome]:
    engines = {edition.engine for edition in waiting}
    reads = [functools.partial(building.read, edition, task.root) for edition in waiting]
    loading.load("reading")
    with helper.reading_ahead(reads):
        _load(engines)
        if engines == {"rinoh"} and len(reads) > _AS_LONG_AS_RENDERING * (count - 1):
            first = waiting.pop(0)
            report([first])
            yield task.outcome(first)
        else:
            _load_ahead(engines, task.root)
    gc.freeze()  # what is shared with the workers is not touched
    workers: list[_Worker] = []
    try:
        for _ in range(count):
            workers.append(_Worker(task, workers))
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
        gc.unfreeze()


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


class _Worker:
    """A process that builds the editions that it is sent."""

    def __init__(self, task: _Task, others: list[_Worker]) -> None:
        self._task = task
        self._others = others
        self.edition: Edition | None = None
        self.languages: set[str] = set()  # of what it built
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        self.connection, there = context.Pipe()
        # a copy of an end that it has for nothing would keep it from seeing that this process ended
        ends = [self.connection, *(other.connection for other in self._others if other is not self)]
        self.process = context.Process(target=_work, args=(there, ends, self._task))
        self.process.start()
        there.close()

    def begin(self, edition: Edition | None) -> None:
        """Send it *edition* to build; None if there is no more to do."""
        self.edition = edition
        if edition is None:
            self.connection.close()
            return
        self.languages.add(edition.language)
        with contextlib.suppress(BrokenPipeError):  # it ended: `outcome` says so
            self.connection.send(edition)

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


def _work(connection: Connection, ends: list[Connection], task: _Task) -> None:
    for end in ends:
        end.close()
    signal.signal(signal.SIGINT, _interrupt)
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            connection.send(task.outcome(connection.recv()))


def _interrupt(_signal: int, _frame: object) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # once: the next would break off cleaning up
    raise KeyboardInterrupt


def _stop(workers: list[_Worker]) -> None:
    """Have those stop that are at work, as Ctrl-C does; and soon after, whatever they do."""
    busy = [worker.process for worker in workers if worker.edition]
    for worker in workers:
        worker.connection.close()
    for process in busy:
        if process.pid and process.is_alive():
            os.kill(process.pid, signal.SIGINT)
    until = time.monotonic() + _GRACE
    for process in busy:
        process.join(max(0, until - time.monotonic()))
        if process.is_alive():
            process.kill()
    for worker in workers:
        worker.process.join()
