# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""One version of each package for all Pythons: a document has the same bytes on each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted((REPOSITORY / "lock").glob("*.txt"))
PIN = re.compile(r"([a-z0-9-]+)==([a-z0-9.!+]+)( ; [^/@\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def pins(file: Path) -> list[tuple[str, str]]:
    """The packages that a file names, and their versions."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [(found[1], found[2]) for found in map(PIN.fullmatch, lines) if found]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_package_is_named_once(file: Path) -> None:
    names = [name for name, _ in pins(file)]
    assert names == sorted(set(names))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_there_are_packages_and_hashes_only(file: Path) -> None:
    """No index, no address, no option: those are of the machine on which it is installed."""
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [line.split(":")[0] for line in lines[:3]] == [
        "# SPDX-FileCopyrightText", "# SPDX-License-Identifier", "# Made by",
    ]  # fmt: skip
    assert [line for line in lines[3:] if not (PIN.fullmatch(line) or HASH.fullmatch(line))] == []


def test_files_agree() -> None:
    found: dict[str, set[str]] = {}
    for file in FILES:
        for name, version in pins(file):
            found.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in found.items() if len(versions) > 1} == {}
    assert {"sphinx", "docutils", "rinohtype", "pytest", "uv"} <= found.keys()
