# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What finishing and validating add to a build: ``python -m benchmarks.finishing``.

Medians, in one run; the ratio is that to a cold build without finishing.
"""

from __future__ import annotations

import datetime
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks import documents
from bouwsteen.build import ENGINES, Edition, build
from bouwsteen.finish import Description, finish
from bouwsteen.profile import Profile
from bouwsteen.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 3
DESCRIPTION = Description(
    title="Titel", subtitle="", author="Schrijver", language="nl", version="1", profile="draft",
    keywords="versie 1", moment=datetime.datetime(2026, 1, 31, tzinfo=datetime.UTC),
)  # fmt: skip


def seconds(action: Callable[[], object], prepare: Callable[[], object] = lambda: None) -> float:
    """Return the median time that *action* takes."""
    times = []
    for _run in range(RUNS):
        prepare()
        begin = time.perf_counter()
        action()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def measure(name: str, folder: Path, engine: str) -> None:
    """Print a row of the table for the document in *folder*."""
    edition = Edition(engine, Profile.DRAFT, "nl")
    shutil.rmtree(folder / "build", ignore_errors=True)
    pdf = build(edition, folder).pdf
    raw = pdf.rename(folder / "ruw.pdf")
    finishing = seconds(lambda: finish(raw, folder / "klaar.pdf", DESCRIPTION))
    validating = seconds(lambda: validate([raw]))
    ten = seconds(lambda: validate([raw] * 10))
    building = seconds(
        lambda: build(edition, folder),
        lambda: shutil.rmtree(folder / "build", ignore_errors=True),
    )
    rendering = building - finishing
    click.echo(
        f"| {name} | {engine} | {rendering:.2f} | {finishing / rendering:.3f} "
        f"| {validating / rendering:.2f} | {(ten - validating) / 9 / rendering:.2f} |"
    )


def main() -> None:
    """Print the table."""
    click.echo("| document | engine | rendered in (s) | finishing | validating one | each next |")
    click.echo("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as scratch:
        for engine in ENGINES:
            measure("the template", documents.copy_template(Path(scratch, engine)), engine)
            long = documents.write(Path(scratch, f"{engine}-27"), chapters=27)
            measure("27 generated chapters", long, engine)


if __name__ == "__main__":
    main()
