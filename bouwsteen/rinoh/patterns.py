# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hyphenation patterns that are taken apart when a word asks for them.

A dictionary has up to 78,000 (German), which takes pyphen a second; a document asks for a few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyphen

if TYPE_CHECKING:
    from collections.abc import Iterable

_NO_DIGITS = str.maketrans("", "", "0123456789")


class Patterns(pyphen.HyphDict):
    """Patterns as pyphen reads them, from the *lines* of a dictionary after the first."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.patterns = _Apart()
        for line in lines:
            pattern = line.strip()
            if not pattern or pattern.startswith(pyphen.ignored):
                continue
            if "^^" in pattern:
                pattern = pyphen.parse_hex(_character, pattern)
            self.patterns[pattern.partition("/")[0].translate(_NO_DIGITS)] = pattern
        self.cache: dict[str, Any] = {}
        self.maxlen = max(map(len, self.patterns))


class _Apart(dict[str, Any]):
    """Patterns by their letters, as they are written until they are asked for."""

    def get(self, letters: str, default: Any = None) -> Any:
        """Return where the pattern for *letters* begins to say something, and what it says."""
        found = super().get(letters, default)
        if isinstance(found, str):
            found = self[letters] = _take_apart(found)
        return found


def _take_apart(pattern: str) -> tuple[int, tuple[int, ...]] | None:
    """Return the first position with a value, and the values from there; None without one."""
    number: Any = int
    if "/" in pattern and "=" in pattern:
        pattern, alternative = pattern.split("/", 1)
        number = pyphen.AlternativeParser(pattern, alternative)
    values = [number(digit or "0") for digit, _letter in pyphen.parse(pattern)]
    positions = [position for position, value in enumerate(values) if value]
    if not positions:
        return None
    return positions[0], tuple(values[positions[0] : positions[-1] + 1])


def _character(match: Any) -> str:
    return chr(int(match.group(1), 16))
