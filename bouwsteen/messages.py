# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The package's own words, in the language of the document.

Labels, prompts and summary lines stand in ``locales/<language>/LC_MESSAGES/bouwsteen.po``. The
catalogues are small, so they are read as they are: no compiled ``.mo`` files to keep in step.
"""

from __future__ import annotations

import functools
import gettext
import io
from pathlib import Path
from typing import TYPE_CHECKING

from bouwsteen.catalogues import files

if TYPE_CHECKING:
    import polib
    from sphinx.config import Config

LOCALES = Path(__file__).parent / "locales"
FALLBACK = "nl"
LABEL = "in the document"  # the comment on messages that a reader of the document sees


def of(config: Config) -> gettext.NullTranslations:
    """Return the package's messages in the language of the document that *config* is of.

    A document brings labels along for a language that the package lacks.
    """
    known = translations(config.language)
    for domain, path in config.bouwsteen_catalogues:
        if domain == files.LABELS:
            theirs = files.read(Path(path))
            allowed = labels()
            theirs[:] = [entry for entry in theirs if entry.msgid in allowed]
            result = _compiled(theirs)
            result.add_fallback(known)
            return result
    return known


@functools.cache
def translations(language: str) -> gettext.NullTranslations:
    """Return the package's messages in *language*.

    :param language: a code as Sphinx takes it: ``nl``, ``de_AT``.
    :returns: what the catalogue of the language lacks is looked up in that of its parent (``de``
        for ``de_AT``), then in the Dutch one: an untranslated document shows its Dutch source too.
    """
    codes = dict.fromkeys((language, language.partition("_")[0], FALLBACK))
    first, *rest = [
        _compiled(files.read(path)) for code in codes if (path := _path(code)).is_file()
    ]
    for other in rest:
        first.add_fallback(other)
    return first


@functools.cache
def labels() -> dict[str, str]:
    """Return the messages that stand in the document itself, with their Dutch text."""
    return {
        entry.msgid: entry.msgstr for entry in files.read(_path(FALLBACK)) if entry.comment == LABEL
    }


def has(language: str) -> bool:
    """Tell whether the package speaks *language*, or its parent."""
    return _path(language).is_file() or _path(language.partition("_")[0]).is_file()


def _path(language: str) -> Path:
    return files.folder(LOCALES, language) / "bouwsteen.po"


def _compiled(catalogue: polib.POFile) -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(catalogue.to_binary()))
