# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The document template: a title page, then the contents, on one-sided pages.

What it looks like stands in ``theme/rinoh``.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from rinoh.attribute import OverrideDefault, Var
from rinoh.dimension import CM, PT
from rinoh.flowable import LabeledFlowable
from rinoh.index import IndexSection
from rinoh.layout import CONTENT, DownExpandingContainer
from rinoh.paragraph import Paragraph
from rinoh.reference import NUMBER_OF_PAGES, PAGE_NUMBER, Field
from rinoh.strings import StringField
from rinoh.structure import DefinitionList
from rinoh.template import (
    BodyPageTemplate,
    ContentsPartTemplate,
    DocumentPartTemplate,
    DocumentTemplate,
    PageBase,
    TitlePageTemplate,
    TitlePartTemplate,
)
from rinoh.text import MixedStyledText, SingleStyledText, Tab

_FIELDS = {"{page}": PAGE_NUMBER, "{pages}": NUMBER_OF_PAGES}


def page_of_pages(pattern: str) -> MixedStyledText:
    """Turn *pattern* (``Page {page} of {pages}``) into text with the fields of rinohtype."""
    parts = re.split(r"(\{pages?\})", pattern)
    return MixedStyledText(
        [
            Field(_FIELDS[part]) if part in _FIELDS else SingleStyledText(part)
            for part in parts
            if part
        ]
    )


class TitlePage(PageBase):
    """The title, the subtitle, and a row for each detail."""

    configuration_class = TitlePageTemplate

    def __init__(self, document_part: Any, template: Any, page_number: int) -> None:
        super().__init__(document_part, template, page_number)
        metadata = self.document.metadata
        page = DownExpandingContainer(
            "title", CONTENT, self, self.left_margin, self.top_margin, self.body_width
        )
        page << Paragraph(StringField("mark", user=True), style="title page mark")
        page << Paragraph(metadata["title"], style="title page title")
        if metadata["subtitle"]:
            page << Paragraph(metadata["subtitle"], style="title page subtitle")
        details = DefinitionList(
            [
                LabeledFlowable(
                    Paragraph(label, style="title page label"),
                    Paragraph(value, style="title page value"),
                    style="title page detail",
                )
                for label, value in metadata["details"]
            ],
            style="title page details",
        )
        details.prepare(page)  # what stands outside the document tree is not prepared otherwise
        page << details


class ReportTitlePageTemplate(TitlePageTemplate):
    """Options of the title page."""

    def page(self, document_part: Any, page_number: int, _chain: Any) -> TitlePage:
        """Return the title page."""
        return TitlePage(document_part, self, page_number)


class BackMatterTemplate(DocumentPartTemplate):
    """The index and the indices of Sphinx's domains, if there are entries for them."""

    index_section = IndexSection()

    def _flowables(self, document: Any) -> Any:
        if document.index_entries:
            yield self.index_section

    def all_flowables(self, document: Any) -> list[Any]:
        """Leave out an empty group of indices, which would take a page of its own."""
        return [f for f in super().all_flowables(document) if getattr(f, "children", True)]


class Report(DocumentTemplate):
    """A report: one-sided, pages numbered through from the title page."""

    variables: ClassVar[dict[str, Any]] = {
        **DocumentTemplate.variables,
        "side_margin": 3 * CM,
        "top_margin": 2.5 * CM,
        "bottom_margin": 2.5 * CM,
    }

    parts = OverrideDefault(["title", "contents", "back_matter"])

    title = TitlePartTemplate(page_number_format="number")
    contents = ContentsPartTemplate(page_number_format="continue")
    back_matter = BackMatterTemplate(page_number_format="continue")

    page = BodyPageTemplate(
        page_size=Var("paper_size"),
        left_margin=Var("side_margin"),
        right_margin=Var("side_margin"),
        top_margin=Var("top_margin"),
        bottom_margin=Var("bottom_margin"),
        header_footer_distance=14 * PT,
        header_text=Tab() + StringField("mark", user=True),
        footer_text=StringField("footer", user=True) + Tab() + StringField("page", user=True),
        chapter_title_flowables=None,
    )
    title_page = ReportTitlePageTemplate(base="page")
    contents_page = BodyPageTemplate(base="page")
    back_matter_page = BodyPageTemplate(base="page")
