# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command ``bouwsteen check``."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from bouwsteen import build as building
from bouwsteen.completeness import checks
from bouwsteen.console import ROOT, errors_in_a_line

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
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
