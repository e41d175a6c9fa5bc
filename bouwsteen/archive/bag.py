# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""A bag (BagIt, RFC 8493): made beside its place, then renamed; never changed once it is there."""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import hashlib
import logging
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import bagit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ALGORITHM = "sha256"
MANIFEST = f"manifest-{ALGORITHM}.txt"
TAG_MANIFEST = f"tagmanifest-{ALGORITHM}.txt"
PAYLOAD = "data"
# errors are told by whoever asked for the bag
logging.getLogger("bagit").addHandler(logging.NullHandler())

_UNFINISHED = ".part"  # beside the bags: one at a time is made


class OccupiedError(Exception):
    """Another process is making a bag here."""


@contextlib.contextmanager
def workplace(archive: Path) -> Iterator[Path]:
    """Give an empty folder to make a bag in, in the folder *archive*, to one process at a time.

    What a process that was killed left there is removed, and so is what this one leaves.

    :raises OccupiedError: if another one is at it.
    :raises OSError: if the folder cannot be written to.
    """
    archive.mkdir(exist_ok=True)
    handle = os.open(archive, os.O_RDONLY)
    try:
        # the lock is on the folder itself, and goes when the process goes
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OccupiedError from None
    unfinished = archive / _UNFINISHED
    try:
        if unfinished.exists():
            shutil.rmtree(unfinished)
        unfinished.mkdir()
        yield unfinished
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        os.close(handle)


def close(folder: Path, info: Mapping[str, str], tags: Mapping[str, bytes], moment: int) -> None:
    """Turn *folder*, with what the bag is to hold, into a bag.

    :param info: what goes into ``bag-info.txt``.
    :param tags: the other tag files, by their path.
    :param moment: the date of the bag and of its files, in seconds since 1970, UTC.
    """
    date = datetime.datetime.fromtimestamp(moment, datetime.UTC).date()
    values = {**info, "Bagging-Date": date.isoformat()}
    bagit.make_bag(str(folder), values, checksums=[ALGORITHM], encoding="utf-8")
    # the library writes the version before; the only difference that matters here is a % in a name
    declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    for name, data in {**tags, "bagit.txt": declaration.encode()}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    # The library writes it in the order of the file system, in a form that sha256sum refuses.
    (folder / TAG_MANIFEST).write_bytes(tag_manifest(folder))
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (moment, moment))


def tag_manifest(bag: Path) -> bytes:
    """Return the manifest of the tag files of *bag*, as it must be: sorted, a line a file."""
    names = [
        name for name in files_of(bag)
        if not name.startswith(f"{PAYLOAD}/") and name != TAG_MANIFEST
    ]  # fmt: skip
    lines = "".join(f"{checksum(bag / name)}  {name}\n" for name in names)
    return lines.encode("utf-8", "surrogateescape")  # a name may be in any encoding


def checksum(path: Path) -> str:
    """Return the SHA-256 of the file at *path*."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, ALGORITHM).hexdigest()


def fingerprint(bag: Path) -> str:
    """Return one checksum that stands for every byte of *bag*, through its manifests."""
    return checksum(bag / TAG_MANIFEST)


def files_of(folder: Path) -> list[str]:
    """Return the paths of all that is in *folder* but folders, sorted; links are not followed."""
    return sorted(
        Path(path, name).relative_to(folder).as_posix()
        for path, folders, names in os.walk(folder)
        for name in [*names, *(each for each in folders if Path(path, each).is_symlink())]
    )


def differences(one: Path, other: Path) -> list[str]:
    """Return the paths of what is in one of two bags only, or differs."""
    mine, theirs = set(files_of(one)), set(files_of(other))
    changed = {
        name for name in mine & theirs
        if (other / name).is_symlink() or checksum(one / name) != checksum(other / name)
    }  # fmt: skip
    return sorted(changed | mine ^ theirs)


def put(folder: Path, place: Path) -> None:
    """Move the bag *folder* to its *place*, when all of it is on the disk.

    :raises FileExistsError: if something is there.
    """
    for path in [*folder.rglob("*"), folder]:
        _flush(path)
    try:
        folder.rename(place)
    except OSError as error:
        if place.exists():
            raise FileExistsError(error.errno, error.strerror, str(place)) from error
        raise
    _flush(place.parent)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
