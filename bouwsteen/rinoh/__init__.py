# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Render with rinohtype: pip alone, no system package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bouwsteen.rinoh import offline
from bouwsteen.rinoh.deferring import deferred

offline.leave_out()
with deferred():
    from bouwsteen.rinoh.builder import RinohBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["RinohBuilder", "setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Declare the builder to Sphinx."""
    app.setup_extension("rinoh.frontend.sphinx")
    app.add_builder(RinohBuilder, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
