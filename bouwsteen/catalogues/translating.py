# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hand Sphinx the translations that it may use, and no others.

For each document a transform looks at every translation beside its source (`vetting`), and puts
those that pass where Sphinx's own transform takes them from. So what is refused is in no builder.
"""

from __future__ import annotations

import gettext
import textwrap
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import sphinx.locale
from sphinx.roles import XRefRole, specific_docroles
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.i18n import docname_to_domain
from sphinx.util.index_entries import split_index_msg
from sphinx.util.nodes import extract_messages, traverse_translatable_index

from bouwsteen import messages
from bouwsteen.catalogues import files, vetting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from bouwsteen.catalogues.problems import Problem

logger = logging.getLogger(__name__)

MISSING, REFUSED = "bouwsteen_missing", "bouwsteen_refused"  # in env.metadata


class Translation(NamedTuple):
    """A translation, and where it stands."""

    text: str
    path: Path
    line: int


def translations(config: Config, domain: str) -> dict[str, Translation]:
    """Return what there is in the catalogues of *domain*, by its source text.

    Fuzzy translations do not count. The language itself goes before its parent (``de_AT``, ``de``).
    """
    found: dict[str, Translation] = {}
    for name, path in config.bouwsteen_catalogues:
        if name == domain:
            for entry in files.read_only(Path(path)):
                if entry.translated() and not entry.msgctxt and not entry.msgid_plural:
                    there = Translation(entry.msgstr, Path(path), entry.linenum or 1)
                    found.setdefault(entry.msgid, there)
    return found


class HandOver(SphinxTransform):
    """Put the translations of a document where Sphinx's own transform finds them."""

    default_priority = 19  # just before Sphinx's Locale

    def apply(self, **_kwargs: Any) -> None:
        """Look at each message of the document; note how many are missing."""
        docname = self.env.current_document.docname
        domain = docname_to_domain(docname, self.config.gettext_compact)
        # what another language left there, in the same process
        sphinx.locale.translators.pop(("general", domain), None)
        if not self.config.bouwsteen_catalogues:
            return
        for name, path in self.config.bouwsteen_catalogues:
            if name in {domain, files.LABELS}:
                self.env.note_dependency(path)
        known = translations(self.config, domain)
        character_level = self.document.settings.character_level_inline_markup
        usable: dict[str, str] = {}
        refused: dict[str, list[Refusal]] = {}
        missing = set()
        for node, message in _messages(self.document, self.config):
            if message not in known:
                missing.add(message)
                continue
            translation = known[message]
            usable[message] = translation.text
            kind = vetting.Kind.of(node, message)
            problems = vetting.refusals(
                message,
                translation.text,
                kind,
                self._is_reference,
                character_level=character_level,
            )
            for problem in problems:
                refused.setdefault(message, []).append(Refusal(message, translation, problem))
        for message, reasons in refused.items():
            del usable[message]
            for reason in dict.fromkeys(reasons):
                self._report(reason)
        sphinx.locale.translators["general", domain] = _Handed(usable)
        self.env.metadata[docname][MISSING] = len(missing) + len(refused)
        self.env.metadata[docname][REFUSED] = [r for rs in refused.values() for r in rs]

    def _report(self, refusal: Refusal) -> None:
        logger.error(
            refusal.describe(messages.of(self.config).gettext),
            location=refusal.place,
            type="bouwsteen",
            subtype="translation",
        )

    def _is_reference(self, role: str) -> bool:
        """Tell whether *role* refers to something, as `vetting.refusals` asks."""
        domain, _, name = role.lower().rpartition(":")
        default = self.env.current_document.default_domain
        places = [default, self.env.domains.standard_domain] if not domain else []
        if domain in self.env.domains:
            places.append(self.env.domains[domain])
        found = [place.roles.get(name) for place in places if place is not None]
        if not domain:
            found.append(specific_docroles.get(name))
        return isinstance(next(filter(None, found), None), XRefRole)


class Refusal(NamedTuple):
    """A translation that is not used, and why."""

    message: str
    translation: Translation
    problem: Problem

    @property
    def place(self) -> str:
        """The catalogue and the line."""
        return f"{relpath(self.translation.path)}:{self.translation.line}"

    def describe(self, _: Callable[[str], str]) -> str:
        """Say what is wrong, in the words of *_*."""
        return _('the translation of "{message}" {said}').format(
            message=textwrap.shorten(self.message, 60, placeholder="…"),
            said=self.problem.describe(_),
        )


class _Handed(gettext.NullTranslations):
    """Messages in the form in which Sphinx takes them."""

    def __init__(self, messages: dict[str, str]) -> None:
        super().__init__()
        self._catalog = messages


def _messages(document: nodes.document, config: Config) -> Iterator[tuple[nodes.Node, str]]:
    """Yield whatever Sphinx would look up a translation for."""
    yield from extract_messages(document)
    if "index" not in config.gettext_additional_targets:
        return
    for node, entries in traverse_translatable_index(document):
        for kind, value, *_rest in entries:
            for part in split_index_msg(kind, value):
                yield node, part


def refused(env: BuildEnvironment) -> list[Refusal]:
    """Return the translations of the document that were not used, and why."""
    return [
        refusal for docname in sorted(env.metadata)
        for refusal in env.metadata[docname].get(REFUSED, ())
    ]  # fmt: skip


def summary(app: Sphinx) -> str | None:
    """Say in one line how many messages are not translated, if any."""
    count = missing(app.env)
    if not count:
        return None
    _n = messages.of(app.config).ngettext
    return _n("%d text is not translated.", "%d texts are not translated.", count) % count


def log_summary(app: Sphinx, exception: Exception | None) -> None:
    """Log the summary (event ``build-finished``)."""
    if exception is None and (line := summary(app)):
        logger.info(line)


def missing(env: BuildEnvironment) -> int:
    """Return how many messages of the document are shown in the language of the source."""
    counts: list[int] = [data.get(MISSING, 0) for data in env.metadata.values()]
    return sum(counts, env.config.bouwsteen_missing_elsewhere)
