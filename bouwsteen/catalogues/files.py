# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Catalogues as files: ``locale/<language>/LC_MESSAGES/<chapter>.po``.

They are read as they are. No compiled ``.mo`` file is written or believed: it would be a second
truth beside the first, and two builds at once would write it through one another.
"""

from __future__ import annotations

import functools
import re
from os.path import relpath
from typing import TYPE_CHECKING

import polib

from bouwsteen.catalogues.problems import N_, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CATEGORY = "LC_MESSAGES"
LABELS = "bouwsteen-labels"  # the domain of the package's labels, where it lacks a language
WIDTH = 78  # characters a line, as gettext's own tools have it
# a line as both Babel and polib should insist on: they drop a letter where a quote is missing
_LINE = re.compile(
    r"\s*(?:#(?!~).*|(?:#~\|?\s*)?(?:(?:msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\])\s+)?"
    r'"(?:[^"\\]|\\.)*"\s*)?'
)
_NO_SYNTAX = N_("is not what can stand there in a catalogue")
_END_OF_LINE = re.compile(r"[\v\f\x1c-\x1e\x85\u2028\u2029]|\r(?!\n)")


class CatalogueError(Exception):
    """A catalogue cannot be read: which one, at which line, and why."""

    def __init__(self, path: Path, line: int, problem: Problem) -> None:
        super().__init__(path, line, problem)
        self.path, self.line, self.problem = path, line, problem

    def describe(self, _: Callable[[str], str]) -> str:
        """Say it in a line, in the words of *_*."""
        return f"{relpath(self.path)}:{self.line}: {self.problem.describe(_)}"


def folder(locale: Path, language: str) -> Path:
    """Return the folder with the catalogues of *language*."""
    return locale / language / CATEGORY


def languages(locale: Path) -> list[str]:
    """Return the languages that have a folder below *locale*, in the order of their codes."""
    return sorted(path.parent.name for path in locale.glob(f"*/{CATEGORY}") if path.is_dir())


def domains(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the domain (``waarom``, ``deel/een``) and the path of each catalogue in *folder*."""
    for path in sorted(folder.rglob("*.po")):
        yield path.relative_to(folder).with_suffix("").as_posix(), path


def read(path: Path) -> polib.POFile:
    """Read a catalogue.

    :raises CatalogueError: if it is no file of its own (a link could lead anywhere), not in UTF-8,
        not in the syntax of gettext, or in lines that not every program takes for the same.
    """
    return _parse(path, _bytes(path))


def read_only(path: Path) -> polib.POFile:
    """Read a catalogue that is not to be changed: for the same bytes, the same object.

    :raises CatalogueError: as `read`.
    """
    return _parse_once(path, _bytes(path))


def _bytes(path: Path) -> bytes:
    if path.is_symlink() or not path.is_file():
        raise CatalogueError(path, 1, problem(N_("is a link, or no file at all")))
    return path.read_bytes()


def _parse(path: Path, data: bytes) -> polib.POFile:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = problem(N_("is not in UTF-8: byte {byte}"), byte=f"0x{data[error.start]:02X}")
        raise CatalogueError(path, line, found) from error
    if end := _END_OF_LINE.search(text):
        line = text.count("\n", 0, end.start()) + 1
        code = f"U+{ord(end[0]):04X}"
        found = problem(N_("holds {code}, which ends a line for some programs"), code=code)
        raise CatalogueError(path, line, found)
    for number, content in enumerate(text.split("\n"), 1):
        if not _LINE.fullmatch(content):
            raise CatalogueError(path, number, problem(_NO_SYNTAX))
    try:
        return polib.pofile(f"{text}\n", encoding="utf-8", wrapwidth=WIDTH)
    except OSError as error:  # what polib raises for a mistake of syntax
        line = int("".join(re.findall(r"\(line (\d+)\)", str(error))) or 1)
        raise CatalogueError(path, line, problem(_NO_SYNTAX)) from error


_parse_once = functools.lru_cache(maxsize=128)(_parse)


def write(path: Path, catalogue: polib.POFile) -> None:
    """Write *catalogue* beside *path*, and move it there.

    :raises OSError: if that cannot be done; what stood there stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(str(catalogue), encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
