# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Check a bag with nothing but the bag. It may come from anybody: nothing in it is run."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

import bagit

from bouwsteen.archive import bag, contents
from bouwsteen.archive.contents import Check
from bouwsteen.messages import translations
from bouwsteen.showing import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_ENTRY = re.compile(r"([0-9a-f]{64})  (.+)")


def verify(folder: Path, language: str) -> Iterator[Check]:
    """Check the bag in *folder*: its files first; what they say only if they are all right.

    :param language: of the messages.
    """
    _ = translations(language).gettext
    form = list(_form(folder, language))
    yield Check(_("it is a bag, with files and folders only"), form)
    if form:
        return
    found = [
        Check(_("the files about the bag are as they were"), list(_tags(folder, language))),
        Check(
            _("the document is complete, and nothing was added"), list(_payload(folder, language))
        ),
        Check(_("the document is as it was (SHA-256)"), list(_checksums(folder, language))),
    ]
    yield from found
    if any(check.faults for check in found):
        return
    yield Check(_("it follows BagIt (RFC 8493)"), list(_library(folder)))
    yield from contents.checks(folder, language)


def _form(folder: Path, language: str) -> Iterator[str]:
    """Look at the form of the bag, before any file is opened."""
    _ = translations(language).gettext
    if not folder.is_dir():
        yield _("{folder}: there is no such folder").format(folder=shown(folder))
        return
    for name in bag.files_of(folder):
        mode = (folder / name).lstat().st_mode
        if stat.S_ISLNK(mode):
            yield _("{name}: is a link to somewhere else").format(name=shown(name))
        elif not stat.S_ISREG(mode):
            yield _("{name}: is not a file").format(name=shown(name))
    for name in ("bagit.txt", bag.MANIFEST, bag.TAG_MANIFEST):
        if not (folder / name).is_file():
            yield _("{name}: is missing").format(name=name)


def _tags(folder: Path, language: str) -> Iterator[str]:
    """Compare the files beside the payload with their manifest, which no checksum guards itself.

    So it must be, to the letter, what `bag.tag_manifest` writes.
    """
    _ = translations(language).gettext
    written, due = (folder / bag.TAG_MANIFEST).read_bytes(), bag.tag_manifest(folder)
    if written == due:
        return
    theirs, ours = _parsed(written), _parsed(due)
    faults = list(_compared(theirs, ours, bag.TAG_MANIFEST, language))
    yield from faults or [_("{name}: has been changed").format(name=bag.TAG_MANIFEST)]


def _payload(folder: Path, language: str) -> Iterator[str]:
    listed = _listed(folder)
    there = {
        name: listed.get(name) or bag.checksum(folder / name) for name in bag.files_of(folder)
        if name.startswith(f"{bag.PAYLOAD}/")
    }  # fmt: skip
    return _compared(listed, there, bag.MANIFEST, language)


def _checksums(folder: Path, language: str) -> Iterator[str]:
    listed = {name: digest for name, digest in _listed(folder).items() if (folder / name).is_file()}
    there = {name: bag.checksum(folder / name) for name in listed}
    return _compared(listed, there, bag.MANIFEST, language)


def _compared(
    listed: dict[str, str], there: dict[str, str], manifest: str, language: str
) -> Iterator[str]:
    """Say where the files that are *there* differ from those *listed*, by path and checksum."""
    _ = translations(language).gettext
    extra = {name: digest for name, digest in sorted(there.items()) if name not in listed}
    for name, digest in sorted(listed.items()):
        if name in there:
            if there[name] != digest:
                message = _("{name}: has been changed: its checksum in {manifest} is another one")
                yield message.format(name=shown(name), manifest=manifest)
            continue
        renamed = next((other for other, found in extra.items() if found == digest), None)
        if renamed:
            del extra[renamed]
            message = _("{name}: is called {other} now")
            yield message.format(name=shown(name), other=shown(renamed))
        else:
            yield _("{name}: is missing").format(name=shown(name))
    yield from (_("{name}: does not belong in the bag").format(name=shown(name)) for name in extra)


def _library(folder: Path) -> Iterator[str]:
    """Hear the library on the whole."""
    try:
        bagit.Bag(str(folder)).validate()
    except (bagit.BagError, ValueError, LookupError, OSError) as error:
        yield shown(error)


def _listed(folder: Path) -> dict[str, str]:
    return _parsed((folder / bag.MANIFEST).read_bytes())


def _parsed(manifest: bytes) -> dict[str, str]:
    """Return the checksums in *manifest*, by path (RFC 8493, 2.1.3); what is none is left out."""
    lines = manifest.decode("utf-8", "surrogateescape").split("\n")
    return {match[2]: match[1] for match in map(_ENTRY.fullmatch, lines) if match}
