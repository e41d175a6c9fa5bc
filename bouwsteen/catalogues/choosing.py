# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Choose the catalogues of a build, before Sphinx reads anything.

Sphinx itself never opens them: it would compile them beside the source, believe a compiled file
that somebody put there, and take words and scripts of its own pages from that folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util.i18n import docname_to_domain

from bouwsteen import languages, messages
from bouwsteen.catalogues import extraction, files, vetting
from bouwsteen.catalogues.translating import Refusal, Translation, translations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

_OF_SPHINX = ("sphinx.po", "sphinx.mo", "sphinx.js")


def take_over(app: Sphinx, config: Config) -> None:
    """Take ``locale_dirs`` over from Sphinx (event ``config-inited``).

    :raises ConfigError: if the document is not translated into its ``language``, or that is none,
        or a catalogue cannot be read, or words of Sphinx itself stand among the catalogues.
    """
    locales = [Path(app.srcdir, name) for name in config.locale_dirs]
    config.locale_dirs = []
    config.bouwsteen_catalogues = []
    source = _source_language(app, config)
    if config.language == source:
        return
    folders = list(_folders(locales, config.language))
    if not folders:
        known = {language for locale in locales for language in files.languages(locale)}
        raise ConfigError(unknown_language(config.language, [source, *sorted(known - {source})]))
    _ = messages.translations(source).gettext
    try:
        languages.check(config.language)
    except languages.UnknownLanguageError as error:
        raise ConfigError(
            _('"{code}" is not the code of a language.').format(code=config.language)
        ) from error
    _refuse_words_of_sphinx(folders, source)
    found = [pair for folder in folders for pair in files.domains(folder)]
    try:
        for _domain, path in found:
            files.read_only(path)
    except files.CatalogueError as error:
        raise ConfigError(error.describe(_)) from error
    config.bouwsteen_catalogues = [(domain, str(path)) for domain, path in found]
    if not messages.has(config.language):
        _check_labels(config)
    _translate_title_page(config)
    # Sphinx wants references in the order of the source; that they are the same ones, we know
    config.suppress_warnings = [*config.suppress_warnings, "i18n.inconsistent_references"]


def unknown_language(language: str, known: list[str]) -> str:
    """Say that there is no *language*, and which there are; the source's comes first."""
    _ = messages.translations(known[0]).gettext
    return _('There is no language "{code}" here. There is: {available}.').format(
        code=language, available=", ".join(known)
    )


def _source_language(app: Sphinx, config: Config) -> str:
    """Return the language of the source: that of ``conf.py``, whatever the command line says."""
    if "language" not in config.overrides:
        return str(config.language)
    return str(Config.read(app.confdir, overrides={}, tags=app.tags).language)


def _folders(locales: list[Path], language: str) -> Iterator[Path]:
    """Yield the folders with catalogues of *language*, then those of its parent."""
    for code in dict.fromkeys((language, language.partition("_")[0])):
        for locale in locales:
            if (folder := files.folder(locale, code)).is_dir():
                yield folder


def _refuse_words_of_sphinx(folders: list[Path], source: str) -> None:
    for path in (folder / name for folder in folders for name in _OF_SPHINX):
        if path.exists():
            _ = messages.translations(source).gettext
            message = _("{path}: words of Sphinx itself are not the document's: remove it")
            raise ConfigError(message.format(path=path))


def _check_labels(config: Config) -> None:
    """Refuse labels that are no plain text with the placeholders of their source."""
    known = translations(config, files.LABELS)
    for message in messages.labels():
        if message not in known:
            config.bouwsteen_missing_elsewhere += 1
            continue
        for problem in vetting.format_problems(message, known[message].text):
            _refuse(Refusal(message, known[message], problem), config)
        _check_plain(message, known[message], config)


def _translate_title_page(config: Config) -> None:
    """Translate the values of ``conf.py`` that are text; their messages are the first chapter's."""
    known = translations(config, docname_to_domain(config.root_doc, config.gettext_compact))
    for message in extraction.of_title_page(config):
        if message not in known:
            config.bouwsteen_missing_elsewhere += 1
            continue
        _check_plain(message, known[message], config)
        for name in (*extraction.TITLE_PAGE, "html_title"):
            if getattr(config, name, None) == message:
                setattr(config, name, known[message].text)


def _check_plain(message: str, translation: Translation, config: Config) -> None:
    for problem in vetting.refusals(message, translation.text, vetting.Kind.PLAIN):
        _refuse(Refusal(message, translation, problem), config)


def _refuse(refusal: Refusal, config: Config) -> None:
    said = refusal.describe(messages.translations(config.language).gettext)
    raise ConfigError(f"{refusal.place}: {said}")
