# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Both engines say the same: headings, words, notes, items, links and bookmarks, read back."""

from __future__ import annotations

import dataclasses
import shutil
from typing import TYPE_CHECKING

import pytest

from benchmarks import documents
from bouwsteen.build import ENGINES, Edition, build
from bouwsteen.profile import Profile
from tests.conftest import REPOSITORY, ROOTS, Project, require_tex
from tests.reading import Reading, read
from tests.test_latex import overfull

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bouwsteen.build import Result

LANGUAGES = [
    "nl",
    *sorted(path.name for path in (REPOSITORY / "locale").glob("*") if path.is_dir()),
]
ASPECTS = [field.name for field in dataclasses.fields(Reading)]


@pytest.mark.parametrize("profile", list(Profile), ids=str)
@pytest.mark.parametrize("language", dict.fromkeys(LANGUAGES))
def test_the_template(
    language: str, profile: Profile, published: Callable[[Edition], Result]
) -> None:
    rinoh, latex = (
        read(published(Edition(engine, profile, language)).pdf) for engine in ("rinoh", "latex")
    )
    assert rinoh.headings
    assert rinoh.items
    assert rinoh.links
    assert rinoh.bookmarks
    for aspect in ASPECTS:
        assert getattr(rinoh, aspect) == getattr(latex, aspect), aspect


@pytest.mark.parametrize("profile", list(Profile), ids=str)
def test_a_document_with_everything(profile: Profile, tmp_path: Path) -> None:
    rinoh, latex = (
        read(everything(tmp_path).build(builder, profile.value).ok().pdf)
        for builder in ("rinoh", "latexpdf")
    )
    for aspect in ASPECTS:
        assert getattr(rinoh, aspect), aspect
        assert getattr(rinoh, aspect) == getattr(latex, aspect), aspect


@pytest.mark.parametrize("profile", list(Profile), ids=str)
def test_a_document_of_several_chapters(profile: Profile, tmp_path: Path) -> None:
    require_tex()
    root = documents.write(tmp_path / "several", chapters=3)
    rinoh, latex = (read(build(Edition(engine, profile, "nl"), root).pdf) for engine in ENGINES)
    for aspect in ASPECTS:
        assert getattr(rinoh, aspect), aspect
        assert getattr(rinoh, aspect) == getattr(latex, aspect), aspect
    assert overfull(root / f"build/work/latex/{profile}/nl/out/bestuursopdracht-nl.log") == []


CHANGES = {
    "headings": ("tekst.rst", "Noten\n-----", "Nota's\n------"),
    "words": ("kader.rst", "Een citaat", "Het citaat"),
    "notes": ("tekst.rst", "De eerste noot", "Een eerste noot"),
    "items": ("tekst.rst", "- laatste punt", "  - laatste punt"),
    "links": ("tekst.rst", "pad?a=b", "pad?a=c"),
    "bookmarks": ("kader.rst", "Kader\n=====", "Kaders\n======"),
}


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_difference_is_seen(aspect: str, tmp_path: Path) -> None:
    """The reader is no use if it is blind."""
    project = everything(tmp_path)
    before = read(project.build("rinoh").ok().pdf)
    name, old, new = CHANGES[aspect]
    text = (project.folder / name).read_text(encoding="utf-8")
    assert old in text
    project.write({name: text.replace(old, new)})
    after = read(project.build("rinoh").ok().pdf)
    assert getattr(before, aspect) != getattr(after, aspect)


def everything(folder: Path) -> Project:
    shutil.copytree(ROOTS / "test-parity", folder / "everything", dirs_exist_ok=True)
    return Project(folder / "everything")
