# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Render with rinohtype: pip alone, no system package."""

from bouwsteen.rinoh.builder import RinohBuilder

__all__ = ["RinohBuilder"]
