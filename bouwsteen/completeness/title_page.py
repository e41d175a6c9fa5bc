# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What on the title page, and in the metadata, is nobody's yet, or still the template's."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bouwsteen.completeness.findings import Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.config import Config

_NEEDED = ("author", "bouwsteen_date", "bouwsteen_municipalities")


def unfilled(config: Config) -> list[str]:
    """Return the names of values in ``conf.py`` that a document must fill in and does not.

    They are those that the title page needs, and those of `bouwsteen_template`: what the template
    had there. Of a dict (``bouwsteen_mdto``) each value is compared.
    """
    return list(_unfilled(config))


def _unfilled(config: Config) -> Iterator[str]:
    template: dict[str, Any] = config.bouwsteen_template
    for name in dict.fromkeys((*_NEEDED, *template)):
        value, theirs = getattr(config, name, None), template.get(name)
        if isinstance(theirs, dict):
            for key, part in theirs.items():
                if isinstance(value, dict) and value.get(key) == part:
                    yield f"{name}: {key}"
        elif (not value and name in _NEEDED) or (value and value == theirs):
            yield name


def findings(config: Config, root: Path) -> list[Finding]:
    """Return what is not filled in, with the line in ``conf.py`` where it stands."""
    path = Path(root, "conf.py")
    lines = _lines(path)
    return [
        Finding(Kind.TITLE_PAGE, path, lines.get(name.partition(":")[0], 1), name)
        for name in unfilled(config)
    ]


def _lines(path: Path) -> dict[str, int]:
    """Return the line on which each value is set."""
    module = ast.parse(path.read_bytes())  # Sphinx has run it, so it parses
    return {
        target.id: node.lineno
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
