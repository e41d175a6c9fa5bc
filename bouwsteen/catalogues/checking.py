# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Check the catalogues of a language: as files, as messages, beside their source.

Each finding names the catalogue, the line and the message. What is wrong with the markup of a
translation a build finds (`translating`); here is the rest.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from os.path import relpath
from typing import TYPE_CHECKING, NamedTuple

from babel.messages import pofile

from bouwsteen import languages
from bouwsteen.catalogues import files, vetting
from bouwsteen.catalogues.problems import N_, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import polib

HEADER = (
    "Project-Id-Version", "PO-Revision-Date", "Last-Translator", "Language-Team", "Language",
    "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms",
)  # fmt: skip


class Finding(NamedTuple):
    """What is wrong, and where."""

    path: Path
    line: int  # 1-based
    message: str  # the msgid; "" if it is about the catalogue
    problem: Problem
    stops_a_build: bool = False

    def describe(self, _: Callable[[str], str]) -> str:
        """Say it in a line, in the words of *_*."""
        about = f'msgid "{self.message}": ' if self.message else ""
        return f"{relpath(self.path)}:{self.line}: {about}{self.problem.describe(_)}"


def check(
    folder: Path, language: str, templates: Mapping[str, polib.POFile], *, complete: bool
) -> Iterator[Finding]:
    """Check the catalogues of *language* in *folder*.

    :param templates: the messages of each chapter, by its domain.
    :param complete: whether each message must have a translation that is not fuzzy.
    """
    present = dict(files.domains(folder))
    for path in sorted(folder.rglob("*")):
        is_backup = path.name.startswith(".") or path.name.endswith("~")
        if path.suffix not in {".po", ".mo"} and not path.is_dir() and not is_backup:
            yield _about_file(path, N_("no catalogue: remove it"))
    for domain, path in present.items():
        yield from _check_bytes(path)
        try:
            catalogue = files.read(path)
        except files.CatalogueError as error:
            yield Finding(path, error.line, "", error.problem, stops_a_build=True)
            continue
        yield from _check_file(path, catalogue, language)
        if domain in templates:
            yield from _check_messages(path, catalogue, templates[domain], complete=complete)
        elif any(not entry.obsolete for entry in catalogue):
            yield _about_file(path, N_("there is no such chapter: run make update-po"))
    for domain in templates:
        if domain not in present:
            path = folder / f"{domain}.po"
            yield _about_file(path, N_("there is no such catalogue yet: run make update-po"))


def _about_file(path: Path, message: str, line: int = 1, **values: str) -> Finding:
    return Finding(path, line, "", problem(message, **values))


def _check_bytes(path: Path) -> Iterator[Finding]:
    data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    endings = [match[0] for match in re.finditer(rb"\r\n|\n|\r", data)]
    odd = next((i for i, ending in enumerate(endings) if ending != endings[0]), None)
    if odd is not None:
        yield _about_file(path, N_("lines end in different ways"), odd + 1)
    if data.startswith(b"\xef\xbb\xbf"):
        yield _about_file(path, N_("begins with a byte order mark"))


def _check_file(path: Path, catalogue: polib.POFile, language: str) -> Iterator[Finding]:
    """Check header and syntax; the header as GNU gettext describes it ("Header Entry")."""
    header = catalogue.metadata
    if lacking := [name for name in HEADER if not header.get(name)]:
        yield _about_file(path, N_("the header lacks {names}"), names=", ".join(lacking))
    elif catalogue.metadata_is_fuzzy:
        yield _about_file(path, N_("the header is marked as fuzzy"))
    elif header["Language"] != language:
        yield _about_file(path, N_('the header says Language "{code}"'), code=header["Language"])
    elif header["Content-Type"].lower() != "text/plain; charset=utf-8":
        yield _about_file(
            path, N_('the header says Content-Type "{type}"'), type=header["Content-Type"]
        )
    elif not _says_the_same(header["Plural-Forms"], languages.plural_forms(language)):
        yield _about_file(
            path, N_('the header says Plural-Forms "{rule}"'), rule=header["Plural-Forms"]
        )
    else:
        try:
            with path.open("rb") as file:
                pofile.read_po(io.BytesIO(file.read()), abort_invalid=True)
        except pofile.PoFileError as error:
            yield _about_file(
                path, N_("cannot be read: {reason}"), (error.lineno or 0) + 1, reason=str(error)
            )
        except Exception as error:  # noqa: BLE001  # whatever a strange file brings about in Babel
            yield _about_file(path, N_("cannot be read: {reason}"), reason=repr(error))


def _says_the_same(rule: str, other: str) -> bool:
    def count(text: str) -> str:
        return "".join(re.findall(r"nplurals\s*=\s*(\d+)", text))

    return bool(count(rule)) and count(rule) == count(other)


def _check_messages(
    path: Path, catalogue: polib.POFile, template: polib.POFile, *, complete: bool
) -> Iterator[Finding]:
    current = [entry for entry in catalogue if not entry.obsolete]
    seen: Counter[str] = Counter()
    wanted = {entry.msgid for entry in template}
    for entry in current:
        seen[entry.msgid] += 1
        found = list(_problems(entry, wanted, complete=complete))
        if seen[entry.msgid] == 2:  # noqa: PLR2004  # the second one
            found.append(problem(N_("is there twice")))
        for what in found:
            yield Finding(path, entry.linenum or 1, entry.msgid, what)
    for message in sorted(wanted - set(seen)):
        if complete:
            lacking = problem(N_("is not in the catalogue: run make update-po"))
            yield Finding(path, 1, message, lacking)


def _problems(entry: polib.POEntry, wanted: set[str], *, complete: bool) -> Iterator[Problem]:
    if entry.msgid not in wanted:
        yield problem(N_("is not in the source any more: run make update-po"))
    if entry.msgctxt or entry.msgid_plural:
        yield problem(N_("has a context or a plural, which Sphinx does not know"))
    elif entry.fuzzy:
        if complete:
            yield problem(N_("is fuzzy: look at it, and take the mark away"))
    elif not entry.msgstr.strip():
        if complete or entry.msgstr:
            yield problem(N_("is not translated"))
    else:
        yield from vetting.blemishes(entry.msgid, entry.msgstr)
