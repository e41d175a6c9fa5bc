# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the commands share: options, errors in a line, a line of progress."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bouwsteen.build import ENGINES
from bouwsteen.errors import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = click.option(
    "--root", type=click.Path(file_okay=False, exists=True, path_type=Path), default=".",
    show_default=True, help="The folder with conf.py.",
)  # fmt: skip
LANGUAGES = click.option(
    "--language", "languages", multiple=True, metavar="CODE", help="de, fr, …; repeatable."
)
ENGINE = click.option(
    "--engine", type=click.Choice(list(ENGINES)), default="rinoh", show_default=True,
    help="What renders the PDF.",
)  # fmt: skip


@contextlib.contextmanager
def errors_in_a_line(root: Path) -> Iterator[None]:
    """Say what goes wrong in a line; what nobody foresaw goes into a log too."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  # the officer gets a line, the log the rest
        fail(explain(error, root))


def fail(message: str) -> NoReturn:
    """Say what went wrong, and stop."""
    click.echo(message, err=True)
    sys.exit(1)


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Yield what shows what is being done, in a line that goes when it is done; on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415  # it weighs, and is mostly not needed

    with Console(stderr=True).status("") as status:
        yield status.update
