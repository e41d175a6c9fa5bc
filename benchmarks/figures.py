# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was measured: the runs of each peer on each document, and why there are none."""

from __future__ import annotations

import dataclasses
import statistics
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from benchmarks.measure import Usage

TEMPLATE = "template"
CLONE = "clone"  # of this repository, where make runs
COLD, CHANGED, IDLE, ALL, ONE_CATALOGUE = "cold", "changed", "idle", "all", "one catalogue"
TRANSLATED = "de"  # the language of that catalogue


class Key(NamedTuple):
    """Of what a run is."""

    document: str  # TEMPLATE, CLONE, or a number of chapters
    peer: str
    work: str = COLD


class Finishing(NamedTuple):
    """The parts of one build, in seconds."""

    rendering: float  # all that is not finishing
    loading: float  # of what only finishing needs
    finishing: float


@dataclasses.dataclass
class Figures:
    """All that one run of the benchmark found."""

    runs: dict[Key, list[Usage]] = dataclasses.field(default_factory=lambda: defaultdict(list))
    pages: dict[tuple[str, str], int] = dataclasses.field(default_factory=dict)
    absent: dict[Key, str] = dataclasses.field(default_factory=dict)  # why there are no runs
    finishing: dict[str, list[Finishing]] = dataclasses.field(
        default_factory=lambda: defaultdict(list)
    )
    rendered: list[str] | None = None  # PDFs that a change of one catalogue renders anew

    def documents(self) -> list[str]:
        """Return the documents that were rendered from nothing, in their order."""
        keys = (*self.runs, *self.absent)
        return list(dict.fromkeys(key.document for key in keys if key.work == COLD))

    def seconds(self, key: Key) -> float | None:
        """Return the median of the runs, if there are any."""
        runs = self.runs.get(key)
        return statistics.median(run.seconds for run in runs) if runs else None

    def megabytes(self, key: Key) -> float | None:
        """Return the median of the peaks."""
        runs = self.runs.get(key)
        return statistics.median(run.megabytes for run in runs) if runs else None

    def ratio(self, key: Key, yardstick: Key) -> float | None:
        """Return how many times the time of *yardstick* the runs took."""
        seconds, unit = self.seconds(key), self.seconds(yardstick)
        return seconds / unit if seconds is not None and unit else None

    def finished(self, document: str) -> Finishing | None:
        """Return the medians of the parts of a build."""
        runs = self.finishing.get(document)
        return Finishing(*map(statistics.median, zip(*runs, strict=True))) if runs else None
