# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The commands ``bouwsteen archive``, ``verify`` and ``validate``.

What they use weighs, and may not be installed: it is imported when they run.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from bouwsteen import build as building
from bouwsteen import extras
from bouwsteen import validate as validating
from bouwsteen.console import ENGINE, ROOT, errors_in_a_line
from bouwsteen.messages import FALLBACK, translations
from bouwsteen.showing import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bouwsteen.archive.contents import Check


@click.command()
@ENGINE
@click.option("--dry-run", is_flag=True, help="Say what would be made, and make nothing.")
@ROOT
def archive(engine: str, *, dry_run: bool, root: Path) -> None:
    """Make a bag for the archive, and print its fingerprint and its path."""
    with errors_in_a_line(root):
        language = building.languages_of(root)[0]
        _ = translations(language).gettext
        extras.require(extras.ARCHIVE, language)
        from bouwsteen.archive import bag, making, plan  # noqa: PLC0415

        planned = plan.plan(root.resolve(), engine)
        if dry_run:
            for line in planned.describe():
                click.echo(line)
            return
        with Console(stderr=True).status("") as status:
            made = making.make(planned, status.update)
        if not made.is_new:
            click.echo(_("It was there already, the same to the last byte."))
        _say_fingerprint(bag.TAG_MANIFEST, made.fingerprint, _)
        click.echo(os.path.relpath(made.bag))


@click.command()
@click.argument("bag", type=click.Path(path_type=Path))
@click.option("--rebuild", is_flag=True, help="Build the PDFs again; runs conf.py of the bag.")
def verify(bag: Path, *, rebuild: bool) -> None:
    """Check a bag, a line a check, and give a verdict; fail if something is wrong."""
    with errors_in_a_line(Path()):
        extras.require(extras.ARCHIVE, FALLBACK)
        from bouwsteen.archive import bag as bags  # noqa: PLC0415
        from bouwsteen.archive import rebuilding, verifying  # noqa: PLC0415

        _ = translations(FALLBACK).gettext
        good = _say(verifying.verify(bag, FALLBACK), _)
        if good and rebuild:
            good = _say(rebuilding.rebuild(bag, FALLBACK), _)
        if not good:
            click.echo(_("This bag is NOT in order: {bag}").format(bag=bag))
            sys.exit(1)
        _say_fingerprint(bags.TAG_MANIFEST, bags.fingerprint(bag), _)
        click.echo(_("This bag is in order: {bag}").format(bag=bag))


def _say(checks: Iterable[Check], _: Callable[[str], str]) -> bool:
    """Print *checks* as they come; return whether all is well."""
    good = True
    for check in checks:
        good = good and not check.faults
        click.echo(f"{_('WRONG') if check.faults else _('good')}  {check.title}")
        for fault in check.faults:
            click.echo(f"      {fault}")
    return good


def _say_fingerprint(manifest: str, fingerprint: str, _: Callable[[str], str]) -> None:
    click.echo(
        _("Fingerprint (SHA-256 of {manifest}): {fingerprint}").format(
            manifest=manifest, fingerprint=fingerprint
        )
    )


@click.command()
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path)
)  # fmt: skip
def validate(files: tuple[Path, ...]) -> None:
    """Check that PDFs are PDF/A-2b, a line for each finding; fail if there is one."""
    with errors_in_a_line(Path()):
        _ = translations(FALLBACK).gettext
        verdicts = validating.validate(files)
        for verdict in verdicts:
            for line in verdict.describe(_):
                click.echo(line, err=True)
            if verdict.passed:
                line = _("{path}: PDF/A-2b, {checks} checks").format(
                    path=verdict.path, checks=verdict.checks
                )
                click.echo(printable(line))
        if not all(verdict.passed for verdict in verdicts):
            sys.exit(1)
