# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Style sheets: read once in a process, as long as their files stay as they are."""

from __future__ import annotations

import contextlib
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rinoh.style import StyleSheet, StyleSheetFile

from bouwsteen.replacing import replaced

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Read(NamedTuple):
    sheet: StyleSheetFile
    files: list[tuple[Path, int, int]]  # it was read from these


_READ: dict[Path, _Read] = {}


def _files(sheet: Any) -> list[tuple[Path, int, int]]:
    """Return the files that *sheet* and those below it stand in, with the time and size of each."""
    files = []
    while sheet is not None:
        if isinstance(sheet, StyleSheetFile):
            found = sheet.filename.stat()
            files.append((sheet.filename, found.st_mtime_ns, found.st_size))
        sheet = sheet.base
    return files


@contextlib.contextmanager
def read_once() -> Iterator[None]:
    """Have the documents of a process share a style sheet.

    rinohtype reads it for each of them (``StyleSheet.parse_string``). What it warned of is said
    again with the next document: then it is read again.
    """
    upstream = vars(StyleSheet)["parse_string"].__func__

    def parse_string(cls: type[StyleSheet], string: str, source: Any) -> Any:
        path = Path(getattr(source, "root", None) or "", string)
        kept = _READ.get(path)
        if kept and kept.files == _files(kept.sheet):
            return kept.sheet
        with warnings.catch_warnings(record=True) as said:
            found = upstream(cls, string, source)
        for warning in said:
            warnings.warn_explicit(
                warning.message, warning.category, warning.filename, warning.lineno
            )
        if isinstance(found, StyleSheetFile) and found.filename == path and not said:
            _READ[path] = _Read(found, _files(found))
        return found

    with replaced(StyleSheet, parse_string=classmethod(parse_string)):
        yield
