# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bring the catalogues of a language up to date with the messages of the document.

What a translator wrote is never lost: a message that is gone stays as an obsolete one, and comes
back translated when its text does, in that chapter or in another. A message that looks like one
that is gone takes its translation as a proposal (``fuzzy``). A catalogue in which nothing
changed is not touched, so that no date, line number or line break changes either.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, NamedTuple

import polib

from bouwsteen import languages, messages
from bouwsteen.catalogues import extraction, files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LIKENESS = 0.6  # as in gettext's msgmerge


class Change(NamedTuple):
    """What was done to a catalogue."""

    path: Path
    is_new: bool
    added: int  # messages that were not in it
    retired: int  # messages that became obsolete


def update(
    folder: Path, language: str, templates: Mapping[str, polib.POFile], project: str
) -> list[Change]:
    """Update the catalogues of *language*, or start them; return what changed.

    :param folder: where they stand: ``locale/<language>/LC_MESSAGES``.
    :param templates: the messages of each chapter, by its domain.
    :param project: the name of the document, for the headers.
    :raises CatalogueError: if one cannot be read; none is changed then.
    :raises OSError: if one cannot be written.
    """
    present = {domain: files.read(path) for domain, path in files.domains(folder)}
    memory = Memory(present, templates)
    changes = []
    for domain in sorted({*templates, *present}):
        template = templates.get(domain, polib.POFile())
        old = present.get(domain)
        new = _merge(old, template, memory)
        new.header = new.header or f"{languages.english_name(language)} translation of {project}"
        new.metadata = _header(old, language, project)
        if old is not None and str(old) == str(new):
            continue
        new.metadata["POT-Creation-Date"] = extraction.now()
        path = folder / f"{domain}.po"
        files.write(path, new)
        had, has = (
            {entry.msgid for entry in catalogue or () if not entry.obsolete}
            for catalogue in (old, new)
        )
        changes.append(Change(path, old is None, len(has - had), len(had - has)))
    return changes


def labels() -> polib.POFile:
    """Return the messages of the package that readers of a document see, to be translated."""
    template = polib.POFile()
    for message, dutch in messages.labels().items():
        entry = polib.POEntry(msgid=message, comment=f"{messages.LABEL}; Dutch: {dutch}")
        template.append(entry)
    return template


class Memory:
    """All that was translated before, in any chapter, obsolete or not."""

    def __init__(
        self, present: Mapping[str, polib.POFile], wanted: Mapping[str, polib.POFile]
    ) -> None:
        entries = [entry for catalogue in present.values() for entry in catalogue]
        entries.sort(key=lambda entry: (bool(entry.obsolete), entry.fuzzy))
        self._known: dict[str, polib.POEntry] = {}
        for entry in filter(_has_text, entries):
            self._known.setdefault(entry.msgid, entry)
        kept = {entry.msgid for template in wanted.values() for entry in template}
        self._gone = [message for message in self._known if message not in kept]

    def recall(self, message: str) -> polib.POEntry | None:
        """Return what was translated for *message* itself."""
        return self._known.get(message)

    def resembling(self, message: str) -> polib.POEntry | None:
        """Return a message that is gone, and much like *message*."""
        found = difflib.get_close_matches(message, self._gone, n=1, cutoff=LIKENESS)
        return self._known[found[0]] if found else None


def _has_text(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr) and not entry.msgid_plural


def _merge(old: polib.POFile | None, template: polib.POFile, memory: Memory) -> polib.POFile:
    new = polib.POFile(wrapwidth=files.WIDTH)
    new.header = old.header if old is not None else ""
    before = {entry.msgid: entry for entry in reversed(old or [])}
    for wanted in template:
        known = before.get(wanted.msgid)
        if known is None or not known.msgstr:
            known = memory.recall(wanted.msgid) or known
        entry = polib.POEntry(
            msgid=wanted.msgid, comment=wanted.comment, occurrences=wanted.occurrences
        )
        if known is not None:
            entry.msgstr, entry.tcomment = known.msgstr, known.tcomment
            entry.flags = list(known.flags)
            entry.previous_msgid = known.previous_msgid if known.fuzzy else None
        elif similar := memory.resembling(wanted.msgid):
            entry.msgstr, entry.flags = similar.msgstr, ["fuzzy"]
            entry.previous_msgid = similar.msgid
        new.append(entry)
    new.extend(_retired(old or [], {entry.msgid for entry in template}))
    return new


def _retired(old: list[polib.POEntry], wanted: set[str]) -> Iterator[polib.POEntry]:
    """Yield the messages that are not wanted any more, as obsolete ones."""
    seen = set(wanted)
    for entry in sorted(old, key=lambda entry: (bool(entry.obsolete), entry.msgid)):
        if entry.msgid not in seen and _has_text(entry):
            seen.add(entry.msgid)
            yield polib.POEntry(
                msgid=entry.msgid, msgstr=entry.msgstr, tcomment=entry.tcomment,
                flags=list(entry.flags), obsolete=True,
            )  # fmt: skip


def _header(old: polib.POFile | None, language: str, project: str) -> dict[str, str]:
    """Return the header of a catalogue: what stands there, completed.

    The fields are those of the GNU gettext manual, "Filling in the Header Entry"; a tool's own
    (``X-Generator`` and the like) are left alone.
    """
    return {
        "Project-Id-Version": project,
        "Report-Msgid-Bugs-To": "",
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": languages.english_name(language),
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": languages.plural_forms(language),
        **(old.metadata if old is not None else {}),
    }
