# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same source gives the same bytes, wherever and under whatever settings it is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bouwsteen.build import Edition, build
from bouwsteen.profile import Profile
from tests.conftest import require_tex
from tests.test_parity import everything

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Project

ENGINES = pytest.mark.parametrize("engine", ["rinoh", "latex"])
SYSTEMS = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "umask": "077"},
    {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LANG": "nl_NL.UTF-8", "umask": "002"},
]
NAMES = ["a", f"map met één accent {'x' * 181}"]  # 200 characters


def build_as(system: dict[str, str], engine: str, folder: Path) -> bytes:
    """Build a final document in *folder* in a process of its own, under the settings *system*."""
    environment = {
        name: value for name, value in os.environ.items()
        if not name.startswith(("LC_", "LANG", "SOURCE_DATE_EPOCH"))
    }  # fmt: skip
    settings = {name: value for name, value in system.items() if name != "umask"}
    result = subprocess.run(
        [sys.executable, "-m", "bouwsteen", "build", "--profile", "final", "--engine", engine],
        cwd=folder, env={**environment, **settings}, umask=int(system["umask"], 8),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return (folder / f"build/{engine}/final/bestuursopdracht-nl.pdf").read_bytes()


@ENGINES
def test_other_folders_and_systems(engine: str, document: Path, tmp_path: Path) -> None:
    if engine == "latex":
        require_tex()
    pdfs = []
    for name, system in zip(NAMES, SYSTEMS, strict=True):
        folder = tmp_path / name
        folder.mkdir()
        for part in ("conf.py", "source", "locale", "theme"):
            copy = shutil.copytree if (document / part).is_dir() else shutil.copy2
            copy(document / part, folder / part)
        pdfs.append(build_as(system, engine, folder))
    assert pdfs[0] == pdfs[1]


@pytest.mark.parametrize("builder", ["rinoh", "latexpdf"])
@pytest.mark.parametrize("profile", list(Profile), ids=str)
def test_a_document_with_everything(builder: str, profile: Profile, tmp_path: Path) -> None:
    first, second = (
        everything(tmp_path / name).build(builder, profile.value).ok().pdf.read_bytes()
        for name in NAMES
    )
    assert first == second


@ENGINES
def test_built_again_after_a_change(engine: str, document: Path, tmp_path: Path) -> None:
    """What Sphinx and the engines keep of an earlier build leaves no trace."""
    if engine == "latex":
        require_tex()
    shutil.copytree(document, folder := tmp_path / "kopie", ignore=shutil.ignore_patterns("build"))
    edition = Edition(engine, Profile.DRAFT, "nl")
    first = build(edition, folder).pdf.read_bytes()
    chapter = folder / "source" / "waarom.rst"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(f"{text}\n{'Nog meer tekst, veel meer. ' * 400}\n", encoding="utf-8")
    assert build(edition, folder).pdf.read_bytes() != first
    chapter.write_text(text, encoding="utf-8")
    assert build(edition, folder).pdf.read_bytes() == first


def test_another_moment_is_another_file(
    new_project: Callable[[], Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"index.rst": "Proef\n=====\n\nTekst.\n"}
    first = new_project().write(files).build("rinoh").ok().pdf.read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000001")
    assert new_project().write(files).build("rinoh").ok().pdf.read_bytes() != first


def test_page_numbers_of_another_build_are_not_looked_at(document: Path, tmp_path: Path) -> None:
    """rinohtype would begin with those that it wrote down the last time, which may be wrong."""
    folder = tmp_path / "document"
    shutil.copytree(document, folder, ignore=shutil.ignore_patterns("build"))
    edition = Edition("rinoh", Profile.FINAL, "nl")
    pdf = build(edition, folder).pdf
    expected = pdf.read_bytes()
    out = folder / "build/work/rinoh/final/nl/out"
    assert list(out.glob("*.rtc")) == []
    planted = out / "bestuursopdracht-nl.raw.rtc"
    planted.write_bytes(b"no pickle: reading it would fail")
    assert build(edition, folder).pdf.read_bytes() == expected
    assert planted.read_bytes() == b"no pickle: reading it would fail"
