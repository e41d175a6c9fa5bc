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


class Patterns(pyphen.HyphDict):
    """Patterns as pyphen reads them, from the *lines* of a dictionary after the first."""

    def __init__(self, lines: Iterable[str]) -> None:
        patterns = [
            pattern for line in lines
            if (pattern := line.strip()) and not pattern.startswith(pyphen.ignored)
        ]  # fmt: skip
        text = "\n".join(patterns)
        if "^^" in text:
            text = pyphen.parse_hex(_character, text)
            patterns = text.split("\n")
        # a digit is one byte in UTF-8, and no byte of anything else
        letters = text.encode().translate(None, delete=b"0123456789").decode().split("\n")
        if "/" in text:
            letters = [written.partition("/")[0] for written in letters]
        self.patterns = _Apart(zip(letters, patterns, strict=True))
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
