# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Have the PDF of a builder finished.

What finishing needs takes a fifth of a second to load: it is loaded when there is a PDF.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, NamedTuple

from sphinx.errors import SphinxError
from sphinx.util import logging

from bouwsteen import loading, messages, moment, profile
from bouwsteen.identity import Identity

if TYPE_CHECKING:
    import datetime
    from pathlib import Path
    from types import ModuleType

    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)


class FinishError(SphinxError):
    """A PDF cannot be one for the archive."""

    category = "PDF"


class Description(NamedTuple):
    """What a PDF says of itself, to people in its keywords and to programs in XMP."""

    title: str
    subtitle: str
    author: str
    language: str  # a code as Sphinx takes it
    version: str  # of the document
    profile: str
    keywords: str  # version and profile, in words of the language
    moment: datetime.datetime  # with its time zone

    @classmethod
    def of(cls, config: Config) -> Description:
        """Describe the document of *config*, in its language."""
        identity = Identity.of(config)
        _ = messages.of(config).gettext
        current = profile.current(config)
        kind = _("draft") if current is profile.Profile.DRAFT else _("final")
        version = _("version {version}").format(version=identity.version)
        return cls(
            title=identity.title,
            subtitle=identity.subtitle,
            author=identity.author,
            language=config.language,
            version=identity.version,
            profile=current,
            keywords=f"{version}, {kind}" if identity.version else kind,
            moment=moment.of(config),
        )


def finish_output(app: Sphinx, exception: Exception | None) -> None:
    """Finish the PDF of a builder that makes one (event ``build-finished``)."""
    raw: Path | None = getattr(app.builder, "raw", None)
    if raw is None or not raw.is_file():
        return
    target: Path = app.builder.pdf  # type: ignore[attr-defined]
    is_raw: bool = getattr(app.builder, "is_raw", True)
    _ = messages.of(app.config).gettext
    violations: list[str] = []
    try:
        if exception is None:
            description = Description.of(app.config)
            violations = load().finish(raw, target, description, is_raw=is_raw)
    except OSError as error:
        raise FinishError(f"{target}: {error.strerror or error}") from error
    finally:
        raw.unlink()
    for violation in dict.fromkeys(violations):
        message = _("the PDF breaks PDF/A, the standard for archives: {violation}")
        logger.warning(message.format(violation=violation), type="bouwsteen", subtype="pdfa")


def load() -> ModuleType:
    """Load what finishes a PDF, but for what few fonts ask for."""
    for name in ("fontTools.agl", "fontTools.ttLib.tables.otTables"):
        loading.load_later(name)
    return importlib.import_module("bouwsteen.finish")
