# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fill-ins (*invullen*): places that the author fills in, by replacing them with text.

The content is the prompt, shown in a draft::

    .. fill-in:: Give the reasons to work together.

    The municipality of :fill-in:`name` takes part.

In a final build nothing is printed; the place is noted with its file and line, and counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx.util import logging

from bouwsteen import messages, profile
from bouwsteen.aside import AsideDirective, AsideRole

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

KEY = "bouwsteen_open"  # in env.metadata, which Sphinx purges and merges document by document


class OpenPlace(NamedTuple):
    """A place that nobody filled in."""

    source: str  # path of the file
    line: int  # 1-based
    prompt: str  # reStructuredText, as written


class FillInDirective(AsideDirective):
    """A block to fill in."""

    css_class = "fill-in"
    label = "To be filled in"

    def met(self) -> None:
        """Note the open place."""
        source, line = self.get_source_info()
        _note(self.env, OpenPlace(source, line, "\n".join(self.content)))


class FillInRole(AsideRole):
    """A phrase to fill in."""

    css_class = "fill-in"
    pattern = "[{text}]"

    def met(self) -> None:
        """Note the open place."""
        source, line = self.get_source_info()
        _note(self.env, OpenPlace(source, line, self.text))


def _note(env: BuildEnvironment, place: OpenPlace) -> None:
    env.metadata[env.docname].setdefault(KEY, []).append(place)


def open_places(env: BuildEnvironment, docname: str | None = None) -> list[OpenPlace]:
    """Return the open places, of one document or of all in the order of their names.

    They are the same in both profiles.
    """
    docnames = sorted(env.metadata) if docname is None else [docname]
    return [place for name in docnames for place in env.metadata[name].get(KEY, ())]


def log_summary(app: Sphinx, exception: Exception | None) -> None:
    """Log how many places a final build left open, if any (event ``build-finished``)."""
    if exception is None and not profile.keeps_guidance(app.env):
        _n = messages.of(app.config).ngettext
        if count := len(open_places(app.env)):
            said = _n("%d place is not filled in yet.", "%d places are not filled in yet.", count)
            logger.info(said, count)
