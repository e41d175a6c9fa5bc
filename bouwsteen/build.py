# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Build an edition of the document: one PDF for a language, a profile and an engine.

The PDF is rendered in a work folder and moved to its output path when all went well, so that what
stands there is always whole, and never older than the last attempt.
"""

from __future__ import annotations

import dataclasses
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx import package_dir as sphinx_dir
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import SphinxError
from sphinx.locale import init as init_locale
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.tags import Tags

from bouwsteen import fill_in
from bouwsteen.messages import translations

if TYPE_CHECKING:
    from bouwsteen.profile import Profile

ENGINES = {"rinoh": "rinoh", "latex": "latexpdf"}  # engines, and the Sphinx builder of each


class BuildError(Exception):
    """An edition could not be built; the text says why, for the writer of the document."""


@dataclasses.dataclass(frozen=True)
class Edition:
    """What is wanted: one PDF."""

    engine: str  # a key of ENGINES
    profile: Profile
    language: str  # a code as Sphinx takes it: ``nl``, ``de_AT``

    def folder(self, root: Path) -> Path:
        """Return the folder that the PDF goes to, below the document's folder *root*."""
        return root / "build" / self.engine / self.profile


@dataclasses.dataclass(frozen=True)
class Result:
    """What was built, and what the writer should know of it."""

    pdf: Path
    notes: list[str]


def languages_of(root: Path) -> list[str]:
    """Return the languages of the document in *root*: its own first, then those translated.

    :raises BuildError: if ``conf.py`` cannot be read.
    """
    try:
        config = Config.read(root, overrides={}, tags=Tags())
    except SphinxError as error:
        raise BuildError(str(error)) from error
    translated = {path.parent.name for path in root.glob("locale/*/LC_MESSAGES")}
    return [config.language, *sorted(translated - {config.language})]


def build(edition: Edition, root: Path) -> Result:
    """Build *edition* of the document in the folder *root*.

    Warnings of Sphinx and of the engine go to standard error, with their file and line. Each of
    them is an error: a document with a dead reference is not finished.

    :raises BuildError: if there is no such language, or a warning, or the document cannot be
        rendered. No PDF of this edition is left then, an older one neither.
    """
    available = languages_of(root)
    _ = translations(available[0]).gettext
    if edition.language not in available:
        raise BuildError(
            _('There is no language "{code}" here. There is: {available}.').format(
                code=edition.language, available=", ".join(available)
            )
        )
    folder = edition.folder(root)
    try:
        rendered, notes = _render(edition, root)
        folder.mkdir(parents=True, exist_ok=True)
        return Result(rendered.replace(folder / rendered.name), notes)
    except BaseException:
        for stale in folder.glob(f"*-{edition.language}.pdf"):
            stale.unlink()
        raise


def _render(edition: Edition, root: Path) -> tuple[Path, list[str]]:
    """Run Sphinx; return the PDF in the work folder, and notes."""
    work = root / "build" / "work" / edition.engine / edition.profile / edition.language
    _ = translations(edition.language).gettext
    init_locale([Path(sphinx_dir) / "locale"], edition.language, "sphinx", "console")
    if not sys.stderr.isatty():
        nocolor()
    warnings = io.StringIO()
    try:
        with patch_docutils(str(root)), docutils_namespace():
            app = Sphinx(
                srcdir=root / "source",
                confdir=root,
                outdir=work / "out",
                doctreedir=work / "doctrees",
                buildername=ENGINES[edition.engine],
                confoverrides={
                    "bouwsteen_profile": str(edition.profile),
                    "language": edition.language,
                    "nitpicky": True,
                },
                status=None,
                warning=warnings,
                warningiserror=True,
            )
            app.build()
    except SphinxError as error:
        raise BuildError(f"{warnings.getvalue()}{error}") from error
    if app.statuscode:
        count = app._warncount  # noqa: SLF001  # the only place that knows
        reason = _("Not built: solve the messages above first ({count}).").format(count=count)
        raise BuildError(f"{warnings.getvalue()}{reason}")
    summary = fill_in.summary(app)
    notes = [*getattr(app.builder, "notes", []), *([summary] if summary else [])]
    return Path(app.outdir) / f"{app.config.bouwsteen_name}-{edition.language}.pdf", notes
