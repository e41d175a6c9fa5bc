# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The commands ``bouwsteen update-po``, ``stats`` and ``check-po``."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import click
from rich.console import Console

from bouwsteen import build as building
from bouwsteen.catalogues import progress, tasks
from bouwsteen.console import LANGUAGES, ROOT, errors_in_a_line
from bouwsteen.messages import translations

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
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


@click.command()
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


@click.command()
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


def extract(root: Path) -> tasks.Source:
    """Return what is to be translated of the document in *root*."""
    root = root.resolve()
    return tasks.extract(root, building.languages_of(root)[0])
