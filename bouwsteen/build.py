# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Build an edition of the document: one PDF for a language, a profile and an engine.

The PDF is rendered in a work folder and moved to its output path when all went well, so that what
stands there is always whole, and never older than the last attempt.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.config import Config
from sphinx.errors import SphinxError
from sphinx.util.tags import Tags

from bouwsteen import fill_in
from bouwsteen.catalogues import choosing, files, translating
from bouwsteen.running import BuildError, Folders, run

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from bouwsteen.profile import Profile

ENGINES = {"rinoh": "rinoh", "latex": "latexpdf"}  # engines, and the Sphinx builder of each


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
    translated = files.languages(root / "locale")
    return [config.language, *(code for code in translated if code != config.language)]


def build(edition: Edition, root: Path) -> Result:
    """Build *edition* of the document in the folder *root*.

    Warnings of Sphinx and of the engine go to standard error, with their file and line. Each of
    them is an error: a document with a dead reference is not finished.

    :raises BuildError: if there is no such language, or a warning, or the document cannot be
        rendered. No PDF of this edition is left then, an older one neither.
    """
    _check_language(edition.language, root)
    folder = edition.folder(root)
    try:
        rendered, notes = _render(edition, root)
        folder.mkdir(parents=True, exist_ok=True)
        return Result(rendered.replace(folder / rendered.name), notes)
    except BaseException:
        for stale in folder.glob(f"*-{edition.language}.pdf"):
            stale.unlink()
        raise


def preview(profile: Profile, language: str, root: Path) -> tuple[Path, list[str]]:
    """Build the document in the folder *root* as web pages; return the first one, and notes.

    :raises BuildError: if there is no such language, or a warning, or the document cannot be built.
    """
    _check_language(language, root)
    out = root / "build" / "html" / profile / language
    folders = Folders.of(root, "html", profile, language)._replace(out=out)
    app = run(folders, "html", profile, language)
    return out / f"{app.config.root_doc}.html", _notes(app)


def _check_language(language: str, root: Path) -> None:
    available = languages_of(root)
    if language not in available:
        raise BuildError(choosing.unknown_language(language, available))


def _render(edition: Edition, root: Path) -> tuple[Path, list[str]]:
    """Run Sphinx; return the PDF in the work folder, and notes."""
    profile, language = edition.profile, edition.language
    folders = Folders.of(root, edition.engine, profile, language)
    app = run(folders, ENGINES[edition.engine], profile, language)
    return Path(app.outdir) / f"{app.config.bouwsteen_name}-{language}.pdf", _notes(app)


def _notes(app: Sphinx) -> list[str]:
    """Return what the writer should know of a build."""
    summaries = (translating.summary(app), fill_in.summary(app))
    return [*getattr(app.builder, "notes", []), *filter(None, summaries)]
