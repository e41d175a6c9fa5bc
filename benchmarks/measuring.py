# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Run what is to be compared, in turns: a machine that is slow for a while is slow for all."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from benchmarks import clone, documents, finishing, measure
from benchmarks import figures as of
from benchmarks.figures import Figures, Key
from benchmarks.goals import SMALL
from benchmarks.peers import OURS, YARDSTICK, forget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benchmarks.measure import Usage
    from benchmarks.peers import Peer

LONG = 60  # seconds; a peer that takes longer runs once
IDLE_RUNS = 10  # what takes milliseconds is measured more often


@dataclasses.dataclass
class Bench:
    """One run of the benchmark; what it finds is in `figures`."""

    scratch: Path  # an empty folder
    times: int  # how often each piece of work is done
    others: Sequence[Peer]  # beside the yardstick and us
    say: Callable[[str], object]  # how far it is
    figures: Figures = dataclasses.field(default_factory=Figures)

    def template(self) -> None:
        """Measure the template."""
        self._document(of.TEMPLATE, documents.copy_template(self.scratch / of.TEMPLATE))

    def generated(self, chapters: int) -> None:
        """Measure a document of so many generated chapters."""
        self._document(str(chapters), documents.write(self.scratch / str(chapters), chapters))

    def long(self, chapters: int) -> None:
        """Measure ourselves, once, on a document that nobody else is to wait for."""
        root = documents.write(self.scratch / str(chapters), chapters)
        self._render(Key(str(chapters), OURS.name), root, OURS)

    def make(self) -> None:
        """Measure the make targets in a clone."""
        folder = clone.make_clone(self.scratch / of.CLONE)
        try:
            clone.make(folder, "draft")
            for _time in range(max(self.times, IDLE_RUNS)):
                self._note(Key(of.CLONE, OURS.name, of.IDLE), clone.make_nothing(folder, "draft"))
            for time in range(self.times):
                self._make_all(folder, f"woord{time}")
        except measure.CommandError as error:
            self._note_absence(Key(of.CLONE, OURS.name, of.ALL), f"fails: {error}")

    def _make_all(self, folder: Path, word: str) -> None:
        clone.make(folder, "clean")
        self._note(Key(of.CLONE, YARDSTICK.name, of.ALL), clone.render_all(folder, YARDSTICK))
        clone.make(folder, "clean")
        self._note(Key(of.CLONE, OURS.name, of.ALL), clone.make(folder, "all"))
        before = clone.written(folder)
        clone.translate_anew(folder, of.TRANSLATED, word)
        self._note(Key(of.CLONE, OURS.name, of.ONE_CATALOGUE), clone.make(folder, "all"))
        after = clone.written(folder)
        self.figures.rendered = sorted(pdf for pdf in after if after[pdf] != before.get(pdf))

    def _document(self, name: str, root: Path) -> None:
        for time in range(self.times):
            for peer in (YARDSTICK, OURS, *self.others):
                key = Key(name, peer.name)
                if key in self.figures.absent or (peer in self.others and self._is_long(key)):
                    continue
                forget(root)
                self._render(key, root, peer)
                if peer is OURS and name in SMALL:
                    documents.change_a_word(root, f"woord{time}")
                    self._render(key._replace(work=of.CHANGED), root, peer)
            forget(root)
            self.figures.finishing[name].append(finishing.measured(root))
        forget(root)

    def _render(self, key: Key, root: Path, peer: Peer) -> None:
        """Let *peer* render the document in *root*, or note why it cannot."""
        if missing := peer.missing():
            self._note_absence(key, missing)
            return
        try:
            self._note(key, peer.render(root))
        except measure.CommandError as error:
            self._note_absence(key, f"fails: {error}")
        else:
            self.figures.pages[key.document, peer.name] = peer.pages(root)

    def _is_long(self, key: Key) -> bool:
        seconds = self.figures.seconds(key)
        return seconds is not None and seconds > LONG

    def _note(self, key: Key, usage: Usage) -> None:
        self.figures.runs[key].append(usage)
        self.say(f"{', '.join(key)}: {usage.seconds:.2f} s, {usage.megabytes:.0f} MB")

    def _note_absence(self, key: Key, reason: str) -> None:
        self.figures.absent[key] = reason
        self.say(f"{', '.join(key)}: {reason}")
