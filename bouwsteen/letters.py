# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tell by its letters that a text stands in another one.

Letters are compared, not words or lines, so that markup, hyphens, columns and pages do not matter.
A long text is looked for in parts.
"""

from __future__ import annotations

import unicodedata

_WINDOW = 40  # letters: about seven words, which two texts do not have in common by chance
_SHORTEST = 12  # letters: "choose one" is a sentence of anybody's


def of(text: str) -> str:
    """Return the letters and digits of *text*, in one case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def parts(text: str, *, step: int = 1) -> list[str]:
    """Return the letters of *text* in overlapping parts, to be looked for; none of a short text.

    :param step: letters from the start of one part to that of the next.
    """
    letters = of(text)
    if len(letters) < _SHORTEST:
        return []
    starts = range(0, max(1, len(letters) - _WINDOW + 1), step)
    return [letters[start : start + _WINDOW] for start in starts]
