# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Find the messages of a document: Sphinx's builder ``gettext``, which also tells what they are.

A translator sees beside each message whether it is guidance, a prompt or a heading. Title and
subtitle, which stand in ``conf.py``, are messages of the first document. References name the file
and not the line: lines shift with every edit, and would change catalogues in which nothing changed.
"""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polib
from docutils import nodes
from sphinx.builders.gettext import MessageCatalogBuilder
from sphinx.transforms import SphinxTransform
from sphinx.util.i18n import docname_to_domain
from sphinx.util.nodes import extract_messages

from bouwsteen.catalogues import files

if TYPE_CHECKING:
    from sphinx.config import Config

TITLE_PAGE = ("project", "bouwsteen_subtitle")  # values in conf.py that are text
TO_AUTHOR = ("guidance", "fill-in")  # classes of what speaks to the author


def of_title_page(config: Config) -> list[str]:
    """Return the messages that stand in ``conf.py``."""
    return [text for name in TITLE_PAGE if (text := getattr(config, name))]


class Untranslatable(SphinxTransform):
    """Keep out of the catalogues what has no words: ``|title|`` as a title, and formulas."""

    default_priority = 5  # before Sphinx preserves and replaces translatable messages (10, 20)

    def apply(self, **_kwargs: Any) -> None:
        """Mark such nodes as not translatable."""
        for title in self.document.findall(nodes.title):
            if title.children and all(
                isinstance(child, nodes.substitution_reference) for child in title.children
            ):
                title["translatable"] = False
        for formula in self.document.findall(nodes.math_block):
            formula["translatable"] = False


class GettextBuilder(MessageCatalogBuilder):
    """Writes one template for catalogues (``.pot``) a domain: a chapter, as ``conf.py`` has it."""

    def init(self) -> None:
        """Read the source, whatever the language."""
        super().init()
        self.config.bouwsteen_catalogues = []
        self._comments: dict[tuple[str, str], dict[str, None]] = {}

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Note the messages of a document, and what they are."""
        domain = docname_to_domain(docname, self.config.gettext_compact)
        if docname == self.config.root_doc:
            for message in of_title_page(self.config):
                origin = nodes.Text(message)
                origin.source, origin.line, origin.uid = str(self.confdir / "conf.py"), 1, ""  # type: ignore[attr-defined]
                self.catalogs[domain].add(message, origin)  # type: ignore[arg-type]
                self._note(domain, message, "title page")
        super().write_doc(docname, doctree)
        for node, message in extract_messages(doctree):
            self._note(domain, message, _what_is(node))

    def _note(self, domain: str, message: str, comment: str) -> None:
        self._comments.setdefault((domain, message), {})[comment] = None

    def finish(self) -> None:
        """Write the templates, and remove those of chapters that are gone."""
        for domain, catalog in self.catalogs.items():
            template = polib.POFile(wrapwidth=files.WIDTH)
            template.header = f"Messages of {self.config.bouwsteen_name}"
            template.metadata = {
                "Project-Id-Version": self.config.bouwsteen_name,
                "Report-Msgid-Bugs-To": "",
                "POT-Creation-Date": now(),
                "MIME-Version": "1.0",
                "Content-Type": "text/plain; charset=UTF-8",
                "Content-Transfer-Encoding": "8bit",
            }
            for message in catalog:
                comments = set(self._comments.get((domain, message.text), ()))
                if "" in comments and len(comments) > 1:
                    comments = {comment or "text" for comment in comments}
                names = {os.path.relpath(path, self.confdir) for path, _line in message.locations}
                entry = polib.POEntry(
                    msgid=message.text,
                    comment="\n".join(sorted(comments)),
                    occurrences=[(name, "") for name in sorted(names)],
                )
                template.append(entry)
            files.write(Path(self.outdir, f"{domain}.pot"), template)
        for path in Path(self.outdir).rglob("*.pot"):
            if path.relative_to(self.outdir).with_suffix("").as_posix() not in self.catalogs:
                path.unlink()


def _what_is(node: nodes.Node) -> str:
    """Say in a word or two what a message is that comes from *node*; "" for running text."""
    ancestor: nodes.Node | None = node
    while ancestor is not None:
        for name in TO_AUTHOR:
            if isinstance(ancestor, nodes.container) and name in ancestor["classes"]:
                return name
        ancestor = ancestor.parent
    return "heading" if isinstance(node, nodes.title) else ""


def is_to_author(entry: polib.POEntry) -> bool:
    """Tell whether a message is guidance or a prompt, and nothing else."""
    comments = entry.comment.splitlines()
    return bool(comments) and set(comments) <= set(TO_AUTHOR)


def templates(folder: Path) -> dict[str, polib.POFile]:
    """Read the templates in *folder*, by their domain.

    :raises CatalogueError: if one cannot be read.
    """
    return {
        path.relative_to(folder).with_suffix("").as_posix(): files.read(path)
        for path in sorted(folder.rglob("*.pot"))
    }


def now() -> str:
    """Return the time in the form of a catalogue's header; ``SOURCE_DATE_EPOCH`` is obeyed."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = (
        datetime.datetime.now(datetime.UTC) if epoch is None
        else datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    )  # fmt: skip
    return f"{moment:%Y-%m-%d %H:%M}+0000"
