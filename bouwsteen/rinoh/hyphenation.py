# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hyphenate in the language of the document.

rinohtype 0.5.6 ships American English patterns only, and uses them on any language.
"""

from __future__ import annotations

import functools
import itertools
import re
from typing import TYPE_CHECKING

import pyphen
from rinoh.paragraph import HYPHENATORS

from bouwsteen import languages
from bouwsteen.rinoh.patterns import Patterns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HYPHEN_CHARS = 5  # letters that stay together at either end of a word; the style sheet says so too
IN_COMPOUND = 2  # the same, at either end of a part of a compound
_ADDRESS = re.compile(r"\w[./@:\\_]\w|\d")
_NEXT_LEVEL = re.compile(r"^NEXTLEVEL$", re.MULTILINE)
_NO_HYPHEN = re.compile(r"^NOHYPHEN (.+)$", re.MULTILINE)
_PATTERN = re.compile(r"^[^%#A-Z\n]*\d", re.MULTILINE)


class WordHyphenator:
    """Hyphenates words with pyphen, and leaves addresses, file names and numbers whole.

    A word with a hyphen in it is broken there and nowhere else, as TeX does. A language without
    patterns is not hyphenated: better no hyphen than a wrong one. It takes the place of a
    ``Hyphenator`` of rinohtype.
    """

    def __init__(self, dictionary: Path | None) -> None:
        self._pyphen = _with(_patterns(dictionary), HYPHEN_CHARS) if dictionary else None

    def iterate(self, word: str) -> Iterator[tuple[str, str, bool]]:
        """Yield the ways to break *word* in two, the longest first part first.

        The third item tells whether it is the last way.
        """
        ways = list(self._ways(word))
        for number, (first, second) in enumerate(ways, 1):
            yield first, second, number == len(ways)

    def _ways(self, word: str) -> Iterator[tuple[str, str]]:
        if self._pyphen is None or _ADDRESS.search(word):
            return
        if "-" not in word.strip("-"):
            yield from self._pyphen.iterate(word)
            return
        for match in reversed(list(re.finditer(r"(?<=\w\w)-(?=\w\w)", word))):
            yield word[: match.start()], word[match.end() :]


@functools.cache
def _patterns(dictionary: Path) -> Levels | Patterns:
    """Read *dictionary*, with its levels if it has more than the one that pyphen understands."""
    encoding, _, text = dictionary.read_bytes().partition(b"\n")
    decoded = text.decode(encoding.decode().strip())
    levels = [part for part in _NEXT_LEVEL.split(decoded) if _PATTERN.search(part)]
    return Levels(levels) if len(levels) > 1 else Patterns(decoded.split("\n"))


def _with(patterns: Levels | Patterns, letters: int) -> pyphen.Pyphen:
    """Return what breaks words by *patterns*, leaving *letters* together at either end."""
    breaker = pyphen.Pyphen.__new__(pyphen.Pyphen)  # which would read the dictionary itself
    breaker.left = breaker.right = letters
    breaker.hd = patterns
    return breaker


class Levels:
    """Patterns for compounds first, then for their parts, as libhyphen applies them.

    Sources: "Compound word hyphenation" and ``NOHYPHEN`` in the README.compound and
    README.nonstandard of libhyphen, the library that the dictionaries are written for.
    """

    def __init__(self, levels: list[str]) -> None:
        self._levels = [self._read(level) for level in levels]
        self._never = {
            character for level in levels for found in _NO_HYPHEN.findall(level)
            for character in found.strip().split(",")
        }  # fmt: skip

    @staticmethod
    def _read(level: str) -> pyphen.Pyphen:
        return _with(Patterns(_NO_HYPHEN.sub("", level).split("\n")), IN_COMPOUND)

    def positions(self, word: str) -> list[pyphen.DataInt]:
        """Return where *word* may be broken, as pyphen's own class does.

        Where patterns would leave a single letter between two breaks, they do not know the
        compound (``zusamme-n-a-r-beit``): none of these breaks is believed.
        """
        found = self._positions(word, self._levels)
        return [
            pyphen.DataInt(i) for i in sorted(found)
            if not {i - 1, i + 1} & found and not {word[i - 1], word[i]} & self._never
        ]  # fmt: skip

    def _positions(self, word: str, levels: list[pyphen.Pyphen]) -> set[int]:
        if not levels:
            return set()
        level, *rest = levels
        joints = {int(i) for i in level.positions(word)}
        found = set(joints)
        for begin, end in itertools.pairwise([0, *sorted(joints), len(word)]):
            found |= {begin + i for i in self._positions(word[begin:end], rest)}
        return found


def prepare(language: str) -> str:
    """Have rinohtype hyphenate in *language*; return the locale that it knows that under."""
    locale = languages.with_territory(language)
    hyphenator = WordHyphenator(languages.hyphenation_dictionary(language))
    HYPHENATORS[locale, HYPHEN_CHARS] = hyphenator
    return locale
