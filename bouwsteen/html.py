# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the HTML preview shows of the title page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bouwsteen import messages, profile
from bouwsteen.identity import Identity

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def add_identity(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Hand the identity and the draft mark to the templates (event ``html-page-context``)."""
    _ = messages.of(app.config).gettext
    identity = Identity.of(app.config)
    context["identity"] = identity
    context["contents_label"] = _("Contents")
    context["identity_details"] = identity.details(app.config)
    if profile.current(app.config) is profile.Profile.DRAFT:
        context["draft_mark"] = _("Draft")
