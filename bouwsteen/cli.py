# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command ``bouwsteen``, which the make targets call."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console

from bouwsteen import build as building
from bouwsteen.messages import translations
from bouwsteen.profile import Profile


@click.group()
@click.version_option(package_name="bouwsteen")
def main() -> None:
    """Publish a document made from a template."""


@main.command()
@click.option(
    "--engine", type=click.Choice(list(building.ENGINES)), default="rinoh", show_default=True,
    help="What renders the PDF.",
)  # fmt: skip
@click.option(
    "--profile", "profiles", multiple=True,
    type=click.Choice([profile.value for profile in Profile]),
    help="draft, final; repeatable.  [default: draft]",
)  # fmt: skip
@click.option(
    "--language", "languages", multiple=True, metavar="CODE",
    help="nl, de, …; repeatable.  [default: the document's own]",
)  # fmt: skip
@click.option(
    "--root", type=click.Path(file_okay=False, exists=True, path_type=Path), default=".",
    show_default=True, help="The folder with conf.py.",
)  # fmt: skip
def build(engine: str, profiles: tuple[str, ...], languages: tuple[str, ...], root: Path) -> None:
    """Render PDFs, and print the path of each."""
    root = root.resolve()
    console = Console(stderr=True)
    try:
        known = building.languages_of(root)
        for language in languages or known[:1]:
            for profile in profiles or ("draft",):
                edition = building.Edition(engine, Profile(profile), language)
                _ = translations(known[0]).gettext
                what = _("Building {profile} ({language})…").format(
                    profile=_("draft") if profile == Profile.DRAFT else _("final"),
                    language=language,
                )
                with console.status(what):
                    result = building.build(edition, root)
                for note in result.notes:
                    click.echo(note)
                click.echo(os.path.relpath(result.pdf))
    except building.BuildError as error:
        fail(str(error))
    except Exception as error:  # noqa: BLE001  # the officer gets a line, the log the rest
        log = root / "build" / "error.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(traceback.format_exc(), encoding="utf-8")
        fail(f"{type(error).__name__}: {error} ({os.path.relpath(log)})")


def fail(message: str) -> NoReturn:
    """Say what went wrong, and stop."""
    click.echo(message, err=True)
    sys.exit(1)
