# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Guidance (*toelichting*): text that tells the author of a document what to write.

A block of it is a directive, a phrase in a sentence a role::

    .. guidance::

       Describe why you want to work together.

    The council :guidance:`choose one: decides, proposes` to work together.
"""

from __future__ import annotations

from bouwsteen.aside import AsideDirective, AsideRole


class GuidanceDirective(AsideDirective):
    """A block of guidance."""

    css_class = "guidance"
    label = "Guidance"


class GuidanceRole(AsideRole):
    """A phrase of guidance."""

    css_class = "guidance"
    pattern = "(guidance: {text})"
