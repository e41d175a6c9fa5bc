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

from bouwsteen import messages, profile, settings
from bouwsteen.catalogues import choosing, files, translating
from bouwsteen.completeness.examining import examine
from bouwsteen.profile import Profile
from bouwsteen.running import BuildError, Folders, run

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from bouwsteen.completeness.findings import Report

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
    env: BuildEnvironment  # what was read


def languages_of(root: Path) -> list[str]:
    """Return the languages of the document in *root*: its own first, then those translated.

    :raises BuildError: if ``conf.py`` cannot be read.
    """
    source = settings.read(root).language
    return [source, *(code for code in files.languages(root / "locale") if code != source)]


def build(edition: Edition, root: Path, moment: int = 0, *, strict: bool = False) -> Result:
    """Build *edition* of the document in the folder *root*.

    :param moment: to date it, in seconds since 1970, UTC; else that of its source (`moment.fix`).
    :param strict: refuse a final edition of what is not complete, before it is rendered.

    Warnings of Sphinx and of the engine go to standard error, with their file and line. Each of
    them is an error: a document with a dead reference is not finished.

    :raises BuildError: if there is no such language, or a warning, or the document cannot be
        rendered, or may not be. No PDF of this edition is left then, an older one neither.
    """
    _check_language(edition.language, root)
    folder = edition.folder(root)
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob(f"*-{edition.language}.pdf"):
        stale.unlink()
    folders = Folders.of(root, edition.engine, edition.profile, edition.language)
    if strict and edition.profile is Profile.FINAL:
        _check_complete(edition, folders)
    builder = ENGINES[edition.engine]
    app = run(folders, builder, edition.profile, edition.language, bouwsteen_moment=moment)
    rendered: Path = app.builder.pdf  # type: ignore[attr-defined]
    return Result(rendered.replace(folder / rendered.name), _notes(app), app.env)


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


def _check_complete(edition: Edition, folders: Folders) -> None:
    """Refuse what is not complete; what is read for it is there for the engine."""
    checking = folders._replace(out=folders.out.with_name("completeness"))
    app = run(checking, "completeness", edition.profile, edition.language)
    report: Report = app.builder.report  # type: ignore[attr-defined]
    if not report.is_complete:
        raise BuildError("\n".join([*report.open(), report.summary()]))


def _notes(app: Sphinx) -> list[str]:
    """Return what the writer should know of a build."""
    notes = [*getattr(app.builder, "notes", []), translating.summary(app)]
    if profile.current(app.config) is Profile.FINAL:
        report = examine(app.env, Path(app.confdir), app.config.language)
        if not report.is_complete:
            _ = messages.of(app.config).gettext
            notes.append(_("{summary} make check says where.").format(summary=report.summary()))
    return [note for note in notes if note]
