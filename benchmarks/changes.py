# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What each change to rinohtype brings: ``python -m benchmarks.changes``.

The processor time and the memory of a build with one change left out, against one with all of
them. The builds take turns, and the least of each counts: what disturbs them only adds.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import click

from benchmarks import documents, measure
from bouwsteen.rinoh.speed import CHANGES


def main(chapters: int = 20, runs: int = 3) -> None:
    """Print the table, of a document of so many *chapters*."""
    with tempfile.TemporaryDirectory() as scratch:
        root = documents.write(Path(scratch, "document"), chapters)
        times: dict[str, list[float]] = {name: [] for name in ("", *CHANGES)}
        memory = dict.fromkeys(times, 0.0)
        for _ in range(runs):
            for name, seconds in times.items():
                shutil.rmtree(root / "build", ignore_errors=True)
                begin = getrusage(RUSAGE_CHILDREN).ru_utime
                usage, _said = measure.run(_build(name), root)
                seconds.append(getrusage(RUSAGE_CHILDREN).ru_utime - begin)
                memory[name] = usage.megabytes
    least = {name: min(seconds) for name, seconds in times.items()}
    click.echo(f"{time.strftime('%F')}, {chapters} chapters, the least of {runs} runs")
    click.echo("| left out | processor time | memory |\n| --- | --- | --- |")
    for name in times:
        share, more = least[name] / least[""], memory[name] / memory[""]
        click.echo(f"| {name or 'nothing'} | {share:.2f} | {more:.2f} |")


def _build(left_out: str) -> list[str]:
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-b", "rinoh", "-c", ".", "source", "build"]
    return [*sphinx, "-D", f"bouwsteen_rinoh_plain={left_out}"]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
