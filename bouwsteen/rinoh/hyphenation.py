# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hyphenate in the language of the document.

rinohtype 0.5.6 ships American English patterns only, and uses them on any language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyphen
from rinoh.paragraph import HYPHENATORS

from bouwsteen import languages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HYPHEN_CHARS = 5  # letters that stay together at either end of a word; the style sheet says so too
_ADDRESS = re.compile(r"\w[./@:\\_]\w|\d")


class WordHyphenator:
    """Hyphenates words with pyphen, and leaves addresses, file names and numbers whole.

    It takes the place of a ``Hyphenator`` of rinohtype. A language without patterns is not
    hyphenated: better no hyphen than a wrong one.
    """

    def __init__(self, dictionary: Path | None) -> None:
        self._pyphen = None
        if dictionary:
            self._pyphen = pyphen.Pyphen(filename=dictionary, left=HYPHEN_CHARS, right=HYPHEN_CHARS)

    def iterate(self, word: str) -> Iterator[tuple[str, str, bool]]:
        """Yield the ways to break *word* in two, the longest first part first.

        The third item tells whether it is the last way.
        """
        if self._pyphen is None or _ADDRESS.search(word):
            return
        ways = list(self._pyphen.iterate(word))
        for number, (first, second) in enumerate(ways, 1):
            yield first, second, number == len(ways)


def prepare(language: str) -> str:
    """Have rinohtype hyphenate in *language*; return the locale that it knows that under."""
    locale = languages.with_territory(language)
    hyphenator = WordHyphenator(languages.hyphenation_dictionary(language))
    HYPHENATORS[locale, HYPHEN_CHARS] = hyphenator
    return locale
