# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The values that ``conf.py`` can set, beside Sphinx's own."""

from __future__ import annotations

import ast
import os
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sphinx.config import Config
from sphinx.errors import SphinxError
from sphinx.util.tags import Tags

from bouwsteen.messages import FALLBACK, translations
from bouwsteen.running import BuildError

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx


class Value(NamedTuple):
    """A value, as `Sphinx.add_config_value` takes it."""

    name: str
    default: Any
    rebuild: Literal["", "env"]  # "env": everything is read again if it changes
    types: Any


VALUES = (
    Value("bouwsteen_profile", "draft", "env", str),
    Value("bouwsteen_name", "document", "env", str),
    Value("bouwsteen_subtitle", "", "env", str),
    Value("bouwsteen_date", "", "env", str),
    Value("bouwsteen_municipalities", [], "env", (list, tuple)),
    Value("bouwsteen_complete_languages", [], "", (list, tuple)),
    Value("bouwsteen_rinoh_template", "", "", str),
    Value("bouwsteen_rinoh_plain", [], "", (list, tuple)),  # changes left out, or "all"
    Value("bouwsteen_latex_style", "", "", str),
    # for the archive
    Value("bouwsteen_kind", "document", "", str),  # or "template"
    Value("bouwsteen_template", {}, "", dict),  # what the template had in values of the title page
    Value("bouwsteen_mdto", {}, "", dict),
    # not for conf.py, but set in a build
    Value("bouwsteen_catalogues", [], "env", list),
    Value("bouwsteen_missing_elsewhere", 0, "", int),
    Value("bouwsteen_moment", 0, "", int),
)


def declare(app: Sphinx) -> None:
    """Declare the values to Sphinx."""
    for value in VALUES:
        app.add_config_value(*value)


def read(root: Path) -> Config:
    """Read ``conf.py`` in the folder *root*, without extensions and without a build.

    :raises BuildError: if it cannot be read.
    """
    path = root / "conf.py"
    try:
        ast.parse(path.read_bytes())
    except SyntaxError as error:  # Sphinx would say it in English
        _ = translations(FALLBACK).gettext
        raise BuildError(
            _(
                "{where}: this line, or the one above it, is not in order: is there a quote, a "
                "comma or a bracket missing? ({reason})"
            ).format(where=f"{os.path.relpath(path)}:{error.lineno or 1}", reason=error.msg)
        ) from error
    except OSError:
        pass  # Sphinx says so
    try:
        config = Config.read(root.resolve(), overrides={}, tags=Tags())
        for value in VALUES:
            config.add(*value)
    except SphinxError as error:
        raise BuildError(str(error)) from error
    return config
