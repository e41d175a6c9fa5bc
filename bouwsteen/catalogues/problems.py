# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong, to be said in the language of whoever reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Problem(NamedTuple):
    """What is wrong."""

    message: str  # one of the package's catalogue
    values: tuple[tuple[str, str], ...] = ()  # what to put into it

    def describe(self, _: Callable[[str], str]) -> str:
        """Say it in the words of *_*."""
        return _(self.message).format(**dict(self.values))


def problem(message: str, **values: str) -> Problem:
    """Return a problem with *values* to be put into its *message*."""
    return Problem(message, tuple(values.items()))


def N_(message: str) -> str:  # noqa: N802  # gettext's name
    """Mark *message* for translation later on."""
    return message
