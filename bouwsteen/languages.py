# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What Babel and pyphen know of a language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyphen
from babel.core import Locale, get_global
from babel.dates import format_date as babel_format_date
from babel.lists import format_list as babel_format_list

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence


def format_date(date: datetime.date, language: str) -> str:
    """Write *date* in full in *language*: ``17 mei 2006``."""
    return babel_format_date(date, "long", locale=Locale.parse(language))


def format_list(items: Sequence[str], language: str) -> str:
    """Write *items* as a list in a sentence of *language*: ``A, B en C``."""
    return babel_format_list(items, locale=Locale.parse(language))


def with_territory(language: str) -> str:
    """Complete *language* to ``xx_YY``, the only form rinohtype accepts: ``nl`` to ``nl_NL``.

    The territory is the likely one of the Unicode CLDR (UTS #35, likely subtags).
    """
    locale = Locale.parse(language)
    territory = locale.territory
    if territory is None:
        likely = get_global("likely_subtags").get(locale.language)
        territory = Locale.parse(likely).territory if likely else None
    return f"{locale.language}_{territory or locale.language.upper()}"


def hyphenation_dictionary(language: str) -> Path | None:
    """Return the file with pyphen's hyphenation patterns for *language*, if it has any."""
    code = pyphen.language_fallback(language)
    return Path(pyphen.LANGUAGES[code]) if code else None
