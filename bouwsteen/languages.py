# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What Babel and pyphen know of a language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyphen
from babel import localedata
from babel.core import Locale, UnknownLocaleError, get_global
from babel.dates import format_date as babel_format_date
from babel.lists import format_list as babel_format_list
from babel.messages.plurals import get_plural

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence


EUROPE = "150"  # UN M.49


class UnknownLanguageError(ValueError):
    """Babel does not know the language."""


def check(language: str) -> None:
    """Refuse a *language* that Babel does not know.

    :raises UnknownLanguageError: if so.
    """
    try:
        Locale.parse(language)
    except (ValueError, UnknownLocaleError) as error:
        raise UnknownLanguageError(language) from error


def locale(language: str) -> Locale:
    """Return Babel's locale for *language*.

    A language without a territory is written as in Europe, where CLDR tells that apart: an
    English date is ``17 May 2006``.
    """
    found = Locale.parse(language)
    in_europe = f"{found.language}_{EUROPE}"
    if found.territory is None and found.script is None and localedata.exists(in_europe):
        return Locale.parse(in_europe)
    return found


def english_name(language: str) -> str:
    """Return the name of *language*, in English: ``Dutch``."""
    return str(Locale.parse(language).english_name)


def plural_forms(language: str) -> str:
    """Return the rule for plurals of *language*, as the header of a catalogue has it."""
    return str(get_plural(language).plural_forms)


def format_date(date: datetime.date, language: str) -> str:
    """Write *date* in full in *language*: ``17 mei 2006``."""
    return babel_format_date(date, "long", locale=locale(language))


def format_list(items: Sequence[str], language: str) -> str:
    """Write *items* as a list in a sentence of *language*: ``A, B en C``."""
    return babel_format_list(items, locale=locale(language))


def tag(language: str) -> str:
    """Return *language* as a tag of BCP 47, which PDF, XMP and XML ask for: ``nl-BE``."""
    return language.replace("_", "-")


def regional(language: str) -> str:
    """Return *language*, English without a territory as that of Great Britain (`locale`)."""
    found = locale(language)
    return f"{found.language}_GB" if found.territory == EUROPE else language


def with_territory(language: str) -> str:
    """Complete *language* to ``xx_YY``, the only form rinohtype accepts: ``nl`` to ``nl_NL``.

    The territory is the likely one of the Unicode CLDR (UTS #35, likely subtags).
    """
    found = Locale.parse(regional(language))
    territory = found.territory
    if territory is None:
        likely = get_global("likely_subtags").get(found.language)
        territory = Locale.parse(likely).territory if likely else None
    return f"{found.language}_{territory or found.language.upper()}"


def hyphenation_dictionary(language: str) -> Path | None:
    """Return the file with pyphen's hyphenation patterns for *language*, if it has any."""
    code = pyphen.language_fallback(with_territory(language))
    return Path(pyphen.LANGUAGES[code]) if code else None
