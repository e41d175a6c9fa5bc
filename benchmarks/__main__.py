# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command: measure, print the tables, write them and the picture, say what is missed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from benchmarks import goals, measure, peers, plot, table
from benchmarks.documents import REPOSITORY
from benchmarks.measuring import Bench
from bouwsteen.latex import tex

OUT = REPOSITORY / "build" / "bench"


@click.command()
@click.option("--runs", default=3, show_default=True, help="Of each piece of work.")
@click.option(
    "--chapters", default="1,5,20,80", show_default=True, help="Documents to generate."
)  # fmt: skip
@click.option(
    "--scale", default=240, show_default=True, help="Chapters of one more for us alone; 0: none."
)
@click.option(
    "--peer", "names", multiple=True, type=click.Choice([peer.name for peer in peers.OTHERS]),
    help="Beside the yardstick and us; repeatable.  [default: all]",
)  # fmt: skip
@click.option("--make/--no-make", "with_make", default=True, help="The make targets too.")
def main(runs: int, chapters: str, scale: int, names: tuple[str, ...], with_make: bool) -> None:
    """Measure how fast documents are rendered, side by side; fail if a goal is missed."""
    try:
        tex.check_installed("nl")
    except tex.TexMissingError as error:
        raise click.ClickException(str(error)) from error
    others = [peer for peer in peers.OTHERS if not names or peer.name in names]
    with tempfile.TemporaryDirectory(prefix="bouwsteen-bench-") as scratch:
        bench = Bench(Path(scratch), runs, others, lambda line: click.echo(line, err=True))
        try:
            bench.template()
            for document in chapters.split(","):
                bench.generated(int(document))
            if scale:
                bench.long(scale)
            if with_make:
                bench.make()
        except measure.CommandError as error:
            raise click.ClickException(f"The benchmark itself fails: {error}") from error
    tables = table.markdown(bench.figures)
    click.echo(tables)
    OUT.mkdir(parents=True, exist_ok=True)
    _write(OUT / "bench.md", tables.encode())
    _write(OUT / "bench.svg", plot.svg(bench.figures))
    if missed := goals.missed(bench.figures):
        click.echo("\n".join(["Missed:", *missed]), err=True)
        sys.exit(1)


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(f"{path.name}.part")
    beside.write_bytes(content)
    beside.replace(path)


if __name__ == "__main__":
    main()
