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

from babel.messages import mofile, pofile

LOCALES = Path(__file__).parent / "locales"
FALLBACK = "nl"


@functools.cache
def translations(language: str) -> gettext.NullTranslations:
    """Return the package's messages in *language*.

    :param language: a code as Sphinx takes it: ``nl``, ``de_AT``.
    :returns: the catalogue of the language, of its parent (``de`` for ``de_AT``), or the Dutch
        one: an untranslated document shows its Dutch source too.
    """
    parent, _, region = language.partition("_")
    for code in (language, parent) if region else (language,):
        path = LOCALES / code / "LC_MESSAGES" / "bouwsteen.po"
        if path.is_file():
            return _read(path)
    return _read(LOCALES / FALLBACK / "LC_MESSAGES" / "bouwsteen.po")


def _read(path: Path) -> gettext.GNUTranslations:
    with path.open("rb") as file:
        catalogue = pofile.read_po(file, abort_invalid=True)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
