# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a maintainer or a translator asks: update, count or check the catalogues of a document."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from bouwsteen import languages, messages
from bouwsteen.catalogues import (
    checking,
    choosing,
    counting,
    extraction,
    files,
    merging,
    structure,
    translating,
)
from bouwsteen.profile import Profile
from bouwsteen.running import BuildError, Folders, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polib
    from sphinx.application import Sphinx


class Source(NamedTuple):
    """A document to be translated."""

    root: Path
    language: str
    project: str
    complete: list[str]  # the languages that are declared complete
    suppressed: list[str]  # the warnings that conf.py does not want to see
    templates: dict[str, polib.POFile]  # by domain

    @property
    def locale(self) -> Path:
        """The folder with a folder for each language."""
        return self.root / "locale"

    def languages(self) -> list[str]:
        """Return the languages that it is translated into."""
        return [code for code in files.languages(self.locale) if code != self.language]

    def checked(self, *, is_template: bool) -> list[str]:
        """Return the languages whose catalogues must pass: of a template all, they are part of it.

        Those of a document may be the template's still, for languages that it does not come in.
        """
        return [code for code in self.languages() if is_template or code in self.complete]

    def wanted(self, language: str) -> dict[str, polib.POFile]:
        """Return the messages to be translated into *language*, by domain."""
        own = {} if messages.has(language) else {files.LABELS: merging.labels()}
        return {**self.templates, **own}


def extract(root: Path, language: str) -> Source:
    """Find the messages of the document in the folder *root*, written in *language*.

    The templates are left in ``build/gettext``.

    :raises BuildError: if the document has mistakes.
    """
    out = root / "build" / "gettext"
    folders = Folders.of(root, "gettext")._replace(out=out)
    config = run(folders, "gettext", Profile.DRAFT, language).config
    return Source(
        root,
        language,
        config.bouwsteen_name,
        list(config.bouwsteen_complete_languages),
        list(config.suppress_warnings),
        extraction.templates(out),
    )


def update(source: Source, codes: list[str]) -> Iterator[merging.Change]:
    """Update the catalogues of the languages in *codes*, or start them; yield what changed.

    :raises BuildError: if a code is not that of a language, or a catalogue cannot be read.
    """
    _ = messages.translations(source.language).gettext
    for code in codes:
        try:
            languages.check(code)
        except languages.UnknownLanguageError:
            raise BuildError(
                _('"{code}" is not the code of a language.').format(code=code)
            ) from None
        if code == source.language:
            raise BuildError(_('"{code}" is the language of the source.').format(code=code))
    for code in codes:
        folder = files.folder(source.locale, code)
        with _errors_said(source):
            yield from merging.update(folder, code, source.wanted(code), source.project)


@contextlib.contextmanager
def _errors_said(source: Source) -> Iterator[None]:
    try:
        yield
    except files.CatalogueError as error:
        _ = messages.translations(source.language).gettext
        raise BuildError(error.describe(_)) from error


def count(source: Source) -> dict[str, dict[str, counting.Count]]:
    """Count the messages of each language; what is counted stands in `counting.count`.

    :raises BuildError: if a catalogue cannot be read.
    """
    with _errors_said(source):
        return {
            code: counting.count(files.folder(source.locale, code), source.wanted(code))
            for code in source.languages()
        }


def check(source: Source, codes: list[str]) -> Iterator[str]:
    """Check the languages in *codes*; yield a line for each finding.

    The files are looked at first. A language whose catalogues can be read is built, which finds
    translations with other markup than their source, and compared with the source.

    :raises BuildError: if the document cannot be built.
    """
    _ = messages.translations(source.language).gettext
    ours = structure.outline(_build(source, source.language).env)
    for code in codes:
        folder = files.folder(source.locale, code)
        if not folder.is_dir():
            known = [source.language, *source.languages()]
            yield choosing.unknown_language(code, known)
            continue
        findings = checking.check(
            folder, code, source.wanted(code), complete=code in source.complete
        )
        readable = True
        for finding in findings:
            readable &= not finding.stops_a_build
            yield finding.describe(_)
        if readable:
            yield from _check_built(source, code, ours)


def _check_built(source: Source, code: str, ours: structure.Outline) -> Iterator[str]:
    _ = messages.translations(source.language).gettext
    app = _build(source, code)
    refused = translating.refused(app.env)
    for refusal in refused:
        translation = refusal.translation
        yield checking.Finding(
            translation.path, translation.line, refusal.message, refusal.problem
        ).describe(_)
    for found in structure.differences(ours, structure.outline(app.env)):
        yield _("{language}: {docname} has other {what}: {translation} instead of {source}").format(
            language=code, docname=found.docname, what=_(found.what),
            translation=found.translation, source=found.source,
        )  # fmt: skip


def _build(source: Source, language: str) -> Sphinx:
    """Build without output; what translations were refused is asked afterwards."""
    folders = Folders.of(source.root, "check", language)
    allowed = [*source.suppressed, "bouwsteen.translation"]
    return run(folders, "dummy", Profile.DRAFT, language, suppress_warnings=allowed)
