# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""rinohtype without the fonts of Google: nothing in the home of the user, nothing from the network.

As ``rinoh.font.google`` is imported (rinohtype 0.5.6), it makes a folder for the fonts that it
fetches, in the home of whoever runs it. A service user has none that can be written, and no build
gets past that. And it asks the network for each typeface that is not installed.

The module of this name is left out: it can be put in again when ``tests/test_offline.py`` says that
rinohtype, by itself, is imported without a home.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import NoReturn

_NAME = "rinoh.font.google"


class GoogleFontNotFound(Exception):  # noqa: N818  # rinohtype's name
    """There is no such typeface."""


def google_typeface(name: str) -> NoReturn:
    """Refuse to look for the typeface *name*.

    :raises GoogleFontNotFound: always; rinohtype says then that it is not installed.
    """
    raise GoogleFontNotFound(name)


def leave_out() -> None:
    """Have rinohtype find this instead of its own module, unless that was imported before."""
    module = ModuleType(_NAME, __doc__)
    module.google_typeface = google_typeface  # type: ignore[attr-defined]
    module.GoogleFontNotFound = GoogleFontNotFound  # type: ignore[attr-defined]
    sys.modules.setdefault(_NAME, module)
