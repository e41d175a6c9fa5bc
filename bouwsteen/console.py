# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the commands share: options, and errors in a line."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bouwsteen.build import ENGINES
from bouwsteen.messages import FALLBACK, translations
from bouwsteen.running import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

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
    except BuildError as error:
        fail(str(error))
    except OSError as error:  # a disk that is full or read-only: no place for a log
        fail(describe(error))
    except Exception as error:  # noqa: BLE001  # the officer gets a line, the log the rest
        log = root / "build" / "error.log"
        with contextlib.suppress(OSError):
            log.parent.mkdir(parents=True, exist_ok=True)
            log.write_text(traceback.format_exc(), encoding="utf-8")
        fail(f"{type(error).__name__}: {error} ({os.path.relpath(log)})")


def describe(error: OSError) -> str:
    """Say in a line what the system says of a file, and what to do if it has no room for it."""
    text = error.strerror or str(error)
    if error.filename:
        text = f"{os.path.relpath(os.fsdecode(error.filename))}: {text}"
    if error.errno in _NO_ROOM:
        _ = translations(FALLBACK).gettext
        text = _("There is no room on the disk ({reason}). Make room, and try again.").format(
            reason=text
        )
    return text


def fail(message: str) -> NoReturn:
    """Say what went wrong, and stop."""
    click.echo(message, err=True)
    sys.exit(1)
