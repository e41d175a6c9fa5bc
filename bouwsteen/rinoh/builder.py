# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Sphinx builder ``rinoh``: rinohtype's own, told about this document and its language."""

from __future__ import annotations

import contextlib
import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rinoh import __version__ as rinoh_version
from rinoh.frontend.sphinx import RinohBuilder as UpstreamBuilder
from rinoh.frontend.sphinx.transforms import RinohCitationReferenceTransform
from rinoh.language import EN, Language
from rinoh.resource import ResourceNotFound
from rinoh.structure import Section, TableOfContentsSection
from rinoh.warnings import RinohWarning
from sphinx.errors import ConfigError
from sphinx.locale import _ as sphinx_words
from sphinx.util import logging

from bouwsteen import messages, numfig, profile
from bouwsteen.identity import Identity
from bouwsteen.rinoh import hyphenation, speed
from bouwsteen.rinoh.known import is_known
from bouwsteen.rinoh.mending import mended
from bouwsteen.rinoh.template import Report, page_of_pages
from bouwsteen.rinoh.tree import prepare

if TYPE_CHECKING:
    from docutils import nodes

logger = logging.getLogger(__name__)

_KNOWN: list[Language] = []  # rinohtype itself holds them by weak references


class RinohBuilder(UpstreamBuilder):
    """Renders the document to one PDF, ``<bouwsteen_name>-<language>.pdf``."""

    is_raw = False  # rinohtype has no raw code

    def init(self) -> None:
        """Leave references to sources to Sphinx: rinohtype's need a source at a page's foot."""
        self._registry.post_transforms[:] = [
            t for t in self._registry.post_transforms if t is not RinohCitationReferenceTransform
        ]
        super().init()

    @property
    def pdf(self) -> Path:
        """The PDF in the output folder."""
        return Path(self.outdir, f"{self.config.bouwsteen_name}-{self.config.language}.pdf")

    @property
    def raw(self) -> Path:
        """The PDF as rinohtype leaves it, to be finished."""
        return self.pdf.with_suffix(".raw.pdf")

    @property
    def notes(self) -> list[str]:
        """What the writer should know of the build."""
        if is_known():
            return []
        _ = messages.of(self.config).gettext
        note = _(
            "The PDF took longer to make: this rinohtype ({version}) is not the one that Bouwsteen "
            "knows how to speed up. Nothing else is different."
        )
        return [note.format(version=rinoh_version)]

    def _left_out(self) -> set[str]:
        """Return the changes for speed that are not to be made."""
        plain = {name for name in self.config.bouwsteen_rinoh_plain if name}
        if unknown := plain - {"all", *speed.CHANGES}:
            raise ConfigError(
                f"bouwsteen_rinoh_plain: there is no {', '.join(sorted(unknown))}; "
                f"choose all, or of {', '.join(speed.CHANGES)}"
            )
        return set(speed.CHANGES) if "all" in plain or not is_known() else plain

    def document_data(self, _logger: object) -> list[dict[str, Any]]:
        """Return the one document there is; ``rinoh_documents`` is not used."""
        identity = Identity.of(self.config)
        return [
            {
                "doc": self.config.root_doc,
                "target": self.raw.stem,
                "title": identity.title,
                "subtitle": identity.subtitle,
                "author": identity.author,
                "date": identity.date,
            }
        ]

    def preprocess_tree(self, tree: nodes.document) -> None:
        """Prepare *tree* for rinohtype."""
        prepare(tree, self)

    def template_configuration(self, _template: object, _logger: object) -> Any:
        """Return the template of ``bouwsteen_rinoh_template``, in the document's language."""
        path = self.confdir / self.config.bouwsteen_rinoh_template
        if not path.is_file():
            raise ConfigError(f"bouwsteen_rinoh_template: there is no file {path}")
        base = Report.ConfigurationFile(str(path), source=self)
        _know(self.config.language)
        base["stylesheet"].variables["hyphen_lang"] = hyphenation.prepare(self.config.language)
        return super().template_configuration(base, logger)

    def construct_rinohtype_document(self, document_data: dict[str, Any]) -> Any:
        """Add what the template prints around the text, and the table of contents."""
        document = super().construct_rinohtype_document(document_data)
        # what it comes to may depend on the page numbers that it begins with: always with none
        document._no_cache = True  # noqa: SLF001
        _ = messages.of(self.config).gettext
        identity = Identity.of(self.config)
        draft = profile.current(self.config) is profile.Profile.DRAFT
        document.metadata["details"] = identity.details(self.config)
        document.set_string("mark", _("Draft") if draft else "", user=True)
        version = _("version {version}").format(version=identity.version)
        document.set_string("footer", f"{identity.title} · {version}", user=True)
        document.set_string("page", page_of_pages(_("Page {page} of {pages}")), user=True)
        for string, kind in {"figure": "figure", "table": "table", "listing": "code-block"}.items():
            document.set_string(string, numfig.word(kind, self.config))
        document.set_string("index", sphinx_words("Index"))
        document.set_string("contents", _("Contents"))
        flowables = document.document_tree.children
        first_chapter = next(
            (i for i, flowable in enumerate(flowables) if _holds_section(flowable)), len(flowables)
        )
        contents = TableOfContentsSection()
        contents.parent = document.document_tree
        flowables.insert(first_chapter, contents)
        return document

    def write_document(self, document_data: dict[str, Any]) -> None:
        """Render, with rinohtype's notices kept off the screen and its warnings made Sphinx's."""
        self.pdf.unlink(missing_ok=True)
        with (
            warnings.catch_warnings(record=True) as caught,
            contextlib.redirect_stdout(io.StringIO()),
            mended(),
            speed.sped_up(left_out=self._left_out()),
        ):
            warnings.simplefilter("always", RinohWarning)
            try:
                super().write_document(document_data)
            except BaseException as error:
                self.raw.unlink(missing_ok=True)
                if isinstance(error, ResourceNotFound):
                    raise self._not_installed(error.resource_name) from error
                raise
        said = [str(w.message) for w in caught if issubclass(w.category, RinohWarning)]
        for message in dict.fromkeys(said):  # each pass over the document warns again
            logger.warning("rinohtype: %s", message, type="bouwsteen", subtype="rinoh")

    def _not_installed(self, typeface: str) -> ConfigError:
        """Return the error that there is no such *typeface*."""
        _ = messages.of(self.config).gettext
        return ConfigError(
            _(
                'the typeface "{name}" is not installed: install its package, or name another one '
                "in the style sheet of {template}"
            ).format(name=typeface, template=self.config.bouwsteen_rinoh_template)
        )


def _know(language: str) -> None:
    """Tell rinohtype of a *language*; it refuses those that it has no words for.

    Whatever words it would print are set in `RinohBuilder.construct_rinohtype_document`, or are
    Sphinx's; the English ones below are never seen.
    """
    if language.lower() not in Language.languages:
        _KNOWN.append(Language(language.lower(), language, **EN.strings))


def _holds_section(flowable: Any) -> bool:
    return isinstance(flowable, Section) or any(
        _holds_section(child) for child in getattr(flowable, "children", ()) or ()
    )
