# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compare the engines: pages and wall time, of the template and of a generated document.

``python -m benchmarks.engines``; the table is Markdown. Machines are noisy: read the ratio
to the first engine, not the seconds.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
import pikepdf

from benchmarks import documents
from bouwsteen.build import ENGINES

RUNS = 3
CHAPTERS = 27  # about a hundred pages


def main() -> None:
    """Print the table."""
    click.echo("| document | engine | pages | seconds, cold (median of 3) | ratio |")
    click.echo("| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for name, root in _roots(Path(folder)).items():
            times: dict[str, list[float]] = {engine: [] for engine in ENGINES}
            for _ in range(RUNS):
                for engine, seconds in times.items():
                    seconds.append(_time(root, engine))
            medians = {engine: statistics.median(seconds) for engine, seconds in times.items()}
            first = medians[next(iter(ENGINES))]
            for engine, median in medians.items():
                pages = _pages(root, engine)
                click.echo(f"| {name} | {engine} | {pages} | {median:.1f} | {median / first:.2f} |")


def _roots(folder: Path) -> dict[str, Path]:
    return {
        "the template": documents.copy_template(folder / "template"),
        f"{CHAPTERS} generated chapters": documents.write(folder / "generated", CHAPTERS),
    }


def _time(root: Path, engine: str) -> float:
    for output in (engine, f"work/{engine}"):
        shutil.rmtree(root / "build" / output, ignore_errors=True)
    command = [str(Path(sys.executable).with_name("bouwsteen")), "build", "--engine", engine]
    begin = time.perf_counter()
    subprocess.run(command, cwd=root, check=True, capture_output=True)  # noqa: S603
    return time.perf_counter() - begin


def _pages(root: Path, engine: str) -> int:
    (path,) = (root / "build" / engine / "draft").glob("*.pdf")
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


if __name__ == "__main__":
    main()
