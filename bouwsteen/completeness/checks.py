# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything about a document that can be checked without rendering it (``make check``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from bouwsteen.catalogues import tasks
from bouwsteen.completeness import links, lint
from bouwsteen.completeness.findings import Level, Report
from bouwsteen.messages import translations
from bouwsteen.profile import Profile
from bouwsteen.running import Folders, run

if TYPE_CHECKING:
    from pathlib import Path

    from bouwsteen.completeness.builder import CompletenessBuilder


class Checked(NamedTuple):
    """What the checks gave: lines of findings, and what is open."""

    is_template: bool  # whose open places are what it is about
    report: Report
    slips: list[str]
    catalogues: list[str]
    links: list[str] | None  # None: not asked for

    @property
    def passed(self) -> bool:
        """Tell whether the document is complete and in order."""
        others = (self.slips, self.catalogues, self.links)
        return not any(others) and (self.is_template or self.report.is_complete)

    def as_text(self) -> str:
        """Return what was found, to read."""
        _ = translations(self.report.language).gettext
        parts = [
            (_("Spelling of reStructuredText"), self.slips),
            (_("Translations"), self.catalogues),
            (_("Links"), self.links),
        ]
        blocks = [
            "\n".join([title, *(f"  {line}" for line in lines)]) for title, lines in parts if lines
        ]
        return "\n\n".join([*blocks, self._of_report()])

    def _of_report(self) -> str:
        if not self.is_template:
            return self.report.as_text()
        _n = translations(self.report.language).ngettext
        count = self.report.count(Level.OPEN)
        said = _n(
            "A template, with %d place to fill in.", "A template, with %d places to fill in.", count
        )
        return f"{self.report.chapters_as_text()}{said % count}"

    def as_json(self) -> dict[str, Any]:
        """Return what was found, for programs."""
        return {
            **self.report.as_json(), "passed": self.passed, "slips": self.slips,
            "catalogues": self.catalogues, "links": self.links,
        }  # fmt: skip


def check(root: Path, language: str, *, online: bool) -> Checked:
    """Check the document in the folder *root*, written in *language*.

    :param online: try links too, which takes a network.
    :raises BuildError: if the document has mistakes.
    """
    builder = examine(root, language)
    is_template = builder.config.bouwsteen_kind == "template"
    source = tasks.extract(root, language)
    languages = source.checked(is_template=is_template)
    return Checked(
        is_template,
        builder.report,
        list(lint.findings(root / "source", language)),
        list(dict.fromkeys(tasks.check(source, languages))),
        list(links.findings(root, language)) if online else None,
    )


def examine(root: Path, language: str) -> CompletenessBuilder:
    """Run the builder ``completeness``, whose report is left in ``build/completeness``.

    :raises BuildError: if the document has mistakes.
    """
    out = root / "build" / "completeness"
    folders = Folders.of(root, "completeness")._replace(out=out)
    return cast(
        "CompletenessBuilder", run(folders, "completeness", Profile.DRAFT, language).builder
    )
