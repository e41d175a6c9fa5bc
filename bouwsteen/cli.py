# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command ``bouwsteen``, which the make targets call."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click
from rich.console import Console

from bouwsteen import build as building
from bouwsteen import validate as validating
from bouwsteen.archive.cli import archive, verify
from bouwsteen.catalogues import progress, tasks
from bouwsteen.completeness import checks
from bouwsteen.console import ENGINE, LANGUAGES, ROOT, errors_in_a_line
from bouwsteen.messages import FALLBACK, translations
from bouwsteen.profile import Profile
from bouwsteen.showing import printable
from bouwsteen.template.cli import new, upgrade


@click.group()
@click.version_option(package_name="bouwsteen")
def main() -> None:
    """Publish a document made from a template."""


@main.command()
@ENGINE
@click.option(
    "--profile", "profiles", multiple=True,
    type=click.Choice([profile.value for profile in Profile]),
    help="draft, final; repeatable.  [default: draft]",
)  # fmt: skip
@LANGUAGES
@click.option("--strict", is_flag=True, help="No final PDF of what is not complete.")
@ROOT
def build(
    engine: str, profiles: tuple[str, ...], languages: tuple[str, ...], strict: bool, root: Path
) -> None:
    """Render PDFs, and print the path of each."""
    with errors_in_a_line(root):
        known = building.languages_of(root)
        for language in languages or known[:1]:
            for profile in profiles or ("draft",):
                edition = building.Edition(engine, Profile(profile), language)
                _ = translations(known[0]).gettext
                what = _("Building {profile} ({language})…").format(
                    profile=_("draft") if profile == Profile.DRAFT else _("final"),
                    language=language,
                )
                with Console(stderr=True).status(what):
                    result = building.build(edition, root.resolve(), strict=strict)
                for note in result.notes:
                    click.echo(note)
                click.echo(os.path.relpath(result.pdf))


@main.command()
@click.option(
    "--profile", type=click.Choice([profile.value for profile in Profile]), default="draft",
    show_default=True, help="With guidance, or without.",
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


@main.command()
@LANGUAGES
@ROOT
def update_po(languages: tuple[str, ...], root: Path) -> None:
    """Bring catalogues up to date with the source, or start those of a language."""
    with errors_in_a_line(root):
        source = extract(root)
        _ = translations(source.language).gettext
        codes = list(languages) or source.languages()
        changes = list(tasks.update(source, codes))
        for change in changes:
            line = (
                _("{path}: started") if change.is_new else _("{path}: {added} new, {retired} gone")
            )
            click.echo(
                line.format(
                    path=os.path.relpath(change.path), added=change.added, retired=change.retired
                )
            )
        if not changes:
            click.echo(_("Everything was up to date."))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@ROOT
def stats(*, as_json: bool, root: Path) -> None:
    """Print how far each language is translated."""
    with errors_in_a_line(root):
        source = extract(root)
        counts = tasks.count(source)
        if as_json:
            click.echo(json.dumps(progress.as_json(counts), indent=2))
        else:
            Console().print(progress.as_table(counts, source.language))


@main.command()
@LANGUAGES
@ROOT
def check_po(languages: tuple[str, ...], root: Path) -> None:
    """Check catalogues, a line for each finding; fail if there is one."""
    with errors_in_a_line(root):
        source = extract(root)
        codes = list(languages) or source.languages()
        found = set()
        for finding in tasks.check(source, codes):
            if finding not in found:
                click.echo(finding, err=True)
            found.add(finding)
        if found:
            sys.exit(1)
        _ = translations(source.language).gettext
        click.echo(
            _("The catalogues are in order: {languages}.").format(languages=", ".join(codes))
        )


@main.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--online", is_flag=True, help="Try links too.")
@ROOT
def check(*, as_json: bool, online: bool, root: Path) -> None:
    """Say what is still open or not in order; fail if there is something."""
    with errors_in_a_line(root):
        root = root.resolve()
        checked = checks.check(root, building.languages_of(root)[0], online=online)
        if as_json:
            click.echo(json.dumps(checked.as_json(), indent=2, ensure_ascii=False))
        else:
            click.echo(checked.as_text())
        if not checked.passed:
            sys.exit(1)


@main.command()
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


def extract(root: Path) -> tasks.Source:
    """Return what is to be translated of the document in *root*."""
    root = root.resolve()
    return tasks.extract(root, building.languages_of(root)[0])


main.add_command(archive)
main.add_command(verify)
main.add_command(new)
main.add_command(upgrade)
