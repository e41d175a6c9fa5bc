# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Show how far translations are: as bars for people, as JSON for programs."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from rich.table import Table

from bouwsteen import messages
from bouwsteen.catalogues.counting import PARTS, Count

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTH = 20  # characters of a bar
FULL, HALF, EMPTY = "█", "▒", "░"  # translated, fuzzy, untranslated


def as_json(counts: Mapping[str, Mapping[str, Count]]) -> dict[str, Any]:
    """Return the counts of each language, in all and by part, to be written as JSON."""
    return {
        language: {
            name: {**dataclasses.asdict(count), "total": count.total}
            for name, count in {"all": _sum(parts), **parts}.items()
        }
        for language, parts in counts.items()
    }


def as_table(counts: Mapping[str, Mapping[str, Count]], language: str) -> Table:
    """Return a table with a bar for each language and part, in the words of *language*."""
    _ = messages.translations(language).gettext
    table = Table(box=None, pad_edge=False, header_style="")
    table.add_column(_("language"), no_wrap=True)
    table.add_column("", no_wrap=True, min_width=WIDTH)
    for heading in (_("translated"), _("fuzzy"), _("untranslated"), _("in all")):
        table.add_column(heading, justify="right")
    for code, parts in counts.items():
        words = {"guidance": _("guidance"), "body": _("body")}
        rows = [(code, _sum(parts)), *((f"  {words[part]}", parts[part]) for part in PARTS)]
        for name, count in rows:
            numbers = (count.translated, count.fuzzy, count.untranslated, count.total)
            table.add_row(name, bar(count), *map(str, numbers))
    return table


def bar(count: Count) -> str:
    """Draw *count*: full only if all is translated, and never without a mark for what is not."""
    if not count.total:
        return EMPTY * WIDTH
    full = count.translated * WIDTH // count.total
    half = (count.translated + count.fuzzy) * WIDTH // count.total - full
    if count.fuzzy and not half:
        half = 1
    return FULL * full + HALF * half + EMPTY * (WIDTH - full - half)


def _sum(parts: Mapping[str, Count]) -> Count:
    return sum(parts.values(), Count())
