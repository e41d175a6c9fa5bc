# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What validating takes beside rendering: ``python -m benchmarks.validating``.

It is no part of a build, only of `make archive`. Medians, in one run; ratios to a cold build.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks import documents, measure, peers
from bouwsteen.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 3


def seconds(action: Callable[[], object]) -> float:
    """Return the median time that *action* takes."""
    times = []
    for _run in range(RUNS):
        with measure.clock() as clock:
            action()
        times.append(clock.seconds)
    return statistics.median(times)


def measured(name: str, root: Path, peer: peers.Peer) -> str:
    """Return a row of the table for the document in *root*, as *peer* renders it."""

    def render() -> None:
        peers.forget(root)
        peer.render(root)

    rendering = seconds(render)
    pdf = peer.pdf(root, peers.DRAFT)
    one = seconds(lambda: validate([pdf]))
    ten = seconds(lambda: validate([pdf] * 10))
    return (
        f"| {name} | {peer.name} | {rendering:.2f} | {one / rendering:.2f} "
        f"| {(ten - one) / 9 / rendering:.2f} |"
    )


def main() -> None:
    """Print the table."""
    click.echo("| document | by | rendered in (s) | validating one | each next |")
    click.echo("| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as scratch:
        template = documents.copy_template(Path(scratch, "template"))
        long = documents.write(Path(scratch, "long"), chapters=20)
        for peer in (peers.OURS, peers.OURS_IN_LATEX):
            click.echo(measured("the template", template, peer))
            click.echo(measured("20 generated chapters", long, peer))


if __name__ == "__main__":
    main()
