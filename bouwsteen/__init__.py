# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bouwsteen: a publishing pipeline for document templates, as a Sphinx extension."""

from __future__ import annotations

import importlib.metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = importlib.metadata.version("bouwsteen")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Declare config values, directives, roles, builders and events to Sphinx.

    The modules are imported here, not above: whoever imports ``bouwsteen`` to build a document
    has not asked for Sphinx and rinohtype yet.
    """
    from bouwsteen import (  # noqa: PLC0415
        caching,
        fill_in,
        finishing,
        guidance,
        html,
        identity,
        misplaced,
        moment,
        numfig,
        omission,
        pictures,
        profile,
        settings,
    )
    from bouwsteen.catalogues import choosing, extraction, translating  # noqa: PLC0415
    from bouwsteen.completeness.builder import CompletenessBuilder  # noqa: PLC0415

    settings.declare(app)

    for name in ("guidance", "toelichting"):
        app.add_directive(name, guidance.GuidanceDirective)
        app.add_role(name, guidance.GuidanceRole())
    for name in ("fill-in", "invullen"):
        app.add_directive(name, fill_in.FillInDirective)
        app.add_role(name, fill_in.FillInRole())

    app.add_transform(translating.HandOver)
    app.add_transform(misplaced.MisplacedDirectives)
    app.add_transform(omission.CloseGaps)
    app.add_transform(extraction.Untranslatable)
    app.add_transform(identity.IdentitySubstitutions)

    app.add_builder(extraction.GettextBuilder, override=True)
    app.add_builder(CompletenessBuilder)
    app.setup_extension("bouwsteen.rinoh")
    app.setup_extension("bouwsteen.latex")

    app.connect("config-inited", caching.begin)
    app.connect("config-inited", choosing.take_over)
    app.connect("config-inited", profile.check)
    app.connect("config-inited", identity.check)
    app.connect("config-inited", moment.fix)
    app.connect("config-inited", numfig.complete, priority=numfig.BEFORE_SPHINX)
    app.connect("builder-inited", profile.decide)
    app.connect("builder-inited", profile.begin_output)
    if "html-page-context" in app.events.events:  # not if nothing but an engine is loaded
        app.connect("html-page-context", html.add_identity)
    app.connect("doctree-resolved", pictures.check)
    app.connect("build-finished", finishing.finish_output)
    app.connect("build-finished", translating.log_summary)
    app.connect("build-finished", fill_in.log_summary)
    app.connect("build-finished", caching.end)
    app.connect("build-finished", profile.end_output)

    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
