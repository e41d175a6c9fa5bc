# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Sphinx builder ``reading``: reads the source for a builder to come, and builds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders.dummy import DummyBuilder

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet


class ReadingBuilder(DummyBuilder):
    """Leaves what Sphinx keeps of what it read."""

    name = "reading"
    epilog = ""

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Build nothing, resolve nothing."""
