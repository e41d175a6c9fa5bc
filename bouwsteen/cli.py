# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command ``bouwsteen``, which the make targets call."""

from __future__ import annotations

import importlib
import itertools
import os
import sys
from typing import TYPE_CHECKING

import click

from bouwsteen import build as building
from bouwsteen import workers
from bouwsteen.build import Edition
from bouwsteen.console import ENGINE, LANGUAGES, ROOT, errors_in_a_line, fail, progress
from bouwsteen.messages import translations
from bouwsteen.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bouwsteen.workers import Outcome

PROFILES = [profile.value for profile in Profile]
MODULES = {
    "archive": "bouwsteen.archive.cli",
    "check": "bouwsteen.completeness.cli",
    "check-po": "bouwsteen.catalogues.cli",
    "new": "bouwsteen.template.cli",
    "stats": "bouwsteen.catalogues.cli",
    "update-po": "bouwsteen.catalogues.cli",
    "upgrade": "bouwsteen.template.cli",
    "validate": "bouwsteen.archive.cli",
    "verify": "bouwsteen.archive.cli",
}


class _Commands(click.Group):
    """Imports a command when it is asked for: each needs libraries of its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted([*super().list_commands(ctx), *MODULES])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name."""
        if cmd_name not in MODULES:
            return super().get_command(ctx, cmd_name)
        module = importlib.import_module(MODULES[cmd_name])
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command


@click.group(cls=_Commands)
@click.version_option(package_name="bouwsteen")
def main() -> None:
    """Publish a document made from a template."""


def _editions(_context: object, _argument: object, names: tuple[str, ...]) -> list[tuple[str, str]]:
    editions = []
    for name in names:
        profile, _slash, language = name.partition("/")
        if profile not in PROFILES or not language:
            raise click.BadParameter(f"{name}: PROFILE/LANGUAGE, such as draft/nl")
        editions.append((profile, language))
    return editions


@main.command()
@click.argument("named", nargs=-1, metavar="[EDITION]...", callback=_editions)
@ENGINE
@click.option(
    "--profile", "profiles", multiple=True, type=click.Choice(PROFILES),
    help="draft, final; repeatable.  [default: draft]",
)  # fmt: skip
@LANGUAGES
@click.option("--strict", is_flag=True, help="No final PDF of what is not complete.")
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N",
    help="How many at once.  [default: as many as there are processors]",
)  # fmt: skip
@ROOT
def build(  # noqa: PLR0913, PLR0917  # the options of the command
    named: list[tuple[str, str]], engine: str, profiles: tuple[str, ...],
    languages: tuple[str, ...], strict: bool, jobs: int | None, root: Path,
) -> None:  # fmt: skip
    """Render PDFs, and print the path of each.

    An EDITION is a profile and a language: draft/nl. Those of the options come with them.
    """
    with errors_in_a_line(root):
        known = building.languages_of(root)
        if profiles or languages or not named:
            named += itertools.product(profiles or PROFILES[:1], languages or known[:1])
        editions = [
            Edition(engine, Profile(profile), language)
            for profile, language in dict.fromkeys(named)
        ]
        _ = translations(known[0]).gettext
        ready: dict[Edition, Outcome] = {}
        unsaid = iter(editions)  # in the order in which they were asked for
        following = next(unsaid, None)
        with progress() as show:

            def report(busy: list[Edition]) -> None:
                show(_progress(busy, len(ready), len(editions), _))

            for outcome in workers.outcomes(
                editions, root.resolve(), strict=strict, jobs=jobs, report=report
            ):
                ready[outcome.edition] = outcome
                while following in ready:
                    _say(ready[following])
                    following = next(unsaid, None)
    failed = [edition for edition in editions if not ready[edition].pdf]
    if failed and len(editions) > 1:
        line = _("{made} of {all} PDFs were made. Not made: {failed}.")
        names = ", ".join(_name(edition, _) for edition in failed)
        made = len(editions) - len(failed)
        fail(line.format(made=made, all=len(editions), failed=names))
    sys.exit(bool(failed))


def _say(outcome: Outcome) -> None:
    for note in outcome.notes:
        click.echo(note)
    if outcome.error:
        click.echo(outcome.error, err=True)
    if outcome.pdf:
        click.echo(os.path.relpath(outcome.pdf))


def _name(edition: Edition, _: Callable[[str], str]) -> str:
    profile = _("draft") if edition.profile is Profile.DRAFT else _("final")
    return f"{profile} ({edition.language})"


def _progress(busy: list[Edition], done: int, count: int, _: Callable[[str], str]) -> str:
    what = ", ".join(_name(edition, _) for edition in busy)
    line = _("Building {what}…").format(what=what)
    return f"{line} {done}/{count}" if count > 1 else line


@main.command()
@click.option(
    "--profile", type=click.Choice(PROFILES), default=PROFILES[0], show_default=True,
    help="With guidance, or without.",
)  # fmt: skip
@click.option("--language", metavar="CODE", help="nl, de, ….  [default: the document's own]")
@ROOT
def html(profile: str, language: str | None, root: Path) -> None:
    """Build web pages, a preview, and print the path of the first one."""
    with errors_in_a_line(root):
        code = language or building.languages_of(root)[0]
        page, notes = building.preview(Profile(profile), code, root.resolve())
        for note in notes:
            click.echo(note)
        click.echo(os.path.relpath(page))
