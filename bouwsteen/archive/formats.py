# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The format of a file, as PRONOM of The National Archives names it, by siegfried."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path
from typing import NamedTuple

import pygfried

from bouwsteen.messages import translations
from bouwsteen.running import BuildError
from bouwsteen.showing import shown

_UNKNOWN = "UNKNOWN"


class FormatError(BuildError):
    """What format a file has cannot be told; the text says in a line why."""


class Format(NamedTuple):
    """A format."""

    code: str  # ``fmt/477``
    name: str
    version: str  # empty if PRONOM tells none apart

    @property
    def label(self) -> str:
        """The name with the version, which is in some names already."""
        if not self.version or self.version in self.name.split():
            return self.name
        return f"{self.name} {self.version}"


def identify(path: Path, language: str = "nl") -> Format:
    """Return the format of the file at *path*, by its content alone.

    :param language: of the messages.
    :raises FormatError: if the file cannot be read, is empty, or shows no format, or several.
    """
    _ = translations(language).gettext
    name = shown(path)
    try:
        if not path.is_file():
            raise FormatError(_("{file}: there is no such file").format(file=name))
        if not path.stat().st_size:
            raise FormatError(_("{file}: the file is empty").format(file=name))
        found = _siegfried(path)
    except OSError as error:
        reason = shown(error.strerror or error)
        message = _("{file}: cannot be read: {reason}")
        raise FormatError(message.format(file=name, reason=reason)) from error
    formats = [
        Format(match["id"], match["format"], match["version"])
        for match in found["matches"]
        if match["id"] != _UNKNOWN
    ]
    if not formats:
        raise FormatError(_("{file}: PRONOM knows no format with this content").format(file=name))
    if len(formats) > 1:
        message = _("{file}: the content is of more than one format: {codes}")
        codes = ", ".join(format_.code for format_ in formats)
        raise FormatError(message.format(file=name, codes=codes))
    return formats[0]


def _siegfried(path: Path) -> pygfried.File:
    """Return what siegfried tells of the file at *path*.

    It lets the extension take part: a text called ``x.pdf`` has no format at all for it, any file
    called ``x.xyz`` has one. So it is shown a name that has no extension.

    :raises OSError: if the file cannot be read, to its end or at all.
    """
    path.open("rb").close()
    with tempfile.TemporaryDirectory() as folder:
        nameless = Path(folder) / "file"
        nameless.symlink_to(path.absolute())
        (file,) = pygfried.identify(str(nameless), detailed=True)["files"]
    if file["errors"]:
        raise OSError(file["errors"])
    return file


@functools.cache
def signature() -> str:
    """Return the versions of siegfried and of the signatures of PRONOM in it."""
    found = pygfried.identify(__file__, detailed=True)
    return "; ".join(
        [f"siegfried {found['siegfried']}", *(each["details"] for each in found["identifiers"])]
    )
