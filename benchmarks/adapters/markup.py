# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The markup of the document and its translations, without the engines of ``bouwsteen``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bouwsteen import fill_in, guidance, identity, omission, profile, settings
from bouwsteen.catalogues import choosing, extraction, translating

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Declare to Sphinx what the text of the document asks for."""
    settings.declare(app)
    for name in ("guidance", "toelichting"):
        app.add_directive(name, guidance.GuidanceDirective)
        app.add_role(name, guidance.GuidanceRole())
    for name in ("fill-in", "invullen"):
        app.add_directive(name, fill_in.FillInDirective)
        app.add_role(name, fill_in.FillInRole())
    app.add_transform(translating.HandOver)
    app.add_transform(omission.CloseGaps)
    app.add_transform(extraction.Untranslatable)
    app.add_transform(identity.IdentitySubstitutions)
    app.connect("config-inited", choosing.take_over)
    app.connect("config-inited", identity.check)
    app.connect("builder-inited", profile.decide)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
