# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands above the text in the TeX file: language, words of the title page, look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.latex.util import ExtBabel
from sphinx.util import texescape

from bouwsteen import languages, messages, profile
from bouwsteen.identity import Identity

if TYPE_CHECKING:
    from sphinx.config import Config

ENGINE = "xelatex"


class DocumentLanguage(ExtBabel):
    """The language of the document, under one name for TeX whichever it is.

    Sphinx knows the names of some languages in babel; babel itself knows more, by their code.
    """

    def language_name(self, _language_code: str) -> str:
        """Return the name that `elements` gives the language."""
        return "documentlanguage"


def elements(config: Config) -> dict[str, str]:
    """Return the parts of Sphinx's template for TeX files that are ours, by their name in it."""
    code = languages.regional(config.language).replace("_", "-")
    return {
        "extraclassoptions": "openany,oneside",
        # babel's own description of the language, found by its code (BCP 47); no shorthands
        "babel": "\n".join([
            r"\usepackage{babel}",
            rf"\babelprovide[import={code},main]{{documentlanguage}}",
        ]),
        "polyglossia": "",
        "fontpkg": "",
        "fncychap": "",
        "figure_align": "H",  # where its author put it, as in the other engine
        "preamble": _preamble(config),
        "tableofcontents": "",  # the builder puts it before the first chapter
        "releasename": "",
    }  # fmt: skip


def _preamble(config: Config) -> str:
    _ = messages.of(config).gettext
    identity = Identity.of(config)
    draft = profile.current(config) is profile.Profile.DRAFT
    page, pages = r"\thepage{}", r"\pageref*{LastPage}"
    details = "".join(
        rf"\DocumentDetail{{{escape(label)}}}{{{escape(value)}}}"
        for label, value in identity.details(config)
    )
    words = {
        "DocumentTitle": escape(identity.title),
        "DocumentSubtitle": escape(identity.subtitle),
        "DocumentVersion": escape(_("version {version}").format(version=identity.version)),
        "DocumentDetails": details,
        "DraftMark": escape(_("Draft")) if draft else "",
        "ContentsTitle": escape(_("Contents")),
        "PageOfPages": escape(_("Page {page} of {pages}"))
        .replace(escape("{page}"), page)
        .replace(escape("{pages}"), pages),
    }
    style = Path(config.bouwsteen_latex_style).stem
    return "\n".join(
        [
            *(rf"\newcommand\{name}{{{value}}}" for name, value in words.items()),
            rf"\usepackage{{{style}}}",
        ]
    )


def escape(text: str) -> str:
    """Escape *text* for TeX."""
    return texescape.escape(text, ENGINE)
