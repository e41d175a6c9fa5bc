# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Show in a message what somebody else wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 200
_NAMED = 5


def printable(text: str) -> str:
    """Return *text* without what could end its line, or give orders to a terminal."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )


def shown(value: object) -> str:
    """Return *value* as one line, not too long, in which nothing can steer a terminal."""
    text = printable(" ".join(str(value).split()))
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"


def listed(names: Sequence[str]) -> str:
    """Return the first of *names*, to be read as a list."""
    return ", ".join(map(shown, names[:_NAMED])) + (", …" if len(names) > _NAMED else "")
