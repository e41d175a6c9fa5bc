# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Count how far the translation of a document is.

What is counted are the messages of the source, so that the three counts add up to it: a fuzzy
message is not a translated one, and one that is not in the catalogue yet is not translated.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from bouwsteen.catalogues import extraction, files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polib

PARTS = ("guidance", "body")


@dataclasses.dataclass
class Count:
    """Numbers of messages."""

    translated: int = 0
    fuzzy: int = 0
    untranslated: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.translated + self.fuzzy + self.untranslated

    def __add__(self, other: Count) -> Count:
        return Count(
            self.translated + other.translated,
            self.fuzzy + other.fuzzy,
            self.untranslated + other.untranslated,
        )


def count(folder: Path, templates: Mapping[str, polib.POFile]) -> dict[str, Count]:
    """Count the messages of a language by its catalogues in *folder*.

    :param templates: the messages of each chapter, by its domain.
    :returns: what speaks to the author (``guidance``, prompts included), and the rest (``body``).
    :raises CatalogueError: if a catalogue cannot be read.
    """
    counts = {part: Count() for part in PARTS}
    for domain, template in templates.items():
        path = folder / f"{domain}.po"
        known = {e.msgid: e for e in files.read(path) if not e.obsolete} if path.exists() else {}
        for message in template:
            entry = known.get(message.msgid)
            part = "guidance" if extraction.is_to_author(message) else "body"
            if entry is None or not entry.msgstr:
                counts[part].untranslated += 1
            elif entry.fuzzy:
                counts[part].fuzzy += 1
            else:
                counts[part].translated += 1
    return counts
