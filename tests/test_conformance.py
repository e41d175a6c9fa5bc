# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every PDF that is built is PDF/A-2b: each engine, profile and language, and what a document can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest

from benchmarks import documents
from bouwsteen import metadata
from bouwsteen.archive import formats
from bouwsteen.build import ENGINES, Edition, build
from bouwsteen.languages import tag
from bouwsteen.profile import Profile
from bouwsteen.validate import validate
from tests.conftest import Project, require_tex
from tests.test_parity import LANGUAGES, everything

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bouwsteen.build import Result
    from bouwsteen.validate import Verdict

EDITIONS = [
    Edition(engine, profile, language)
    for engine in ENGINES for profile in Profile for language in dict.fromkeys(LANGUAGES)
]  # fmt: skip


@pytest.fixture(scope="module")
def verdicts(published: Callable[[Edition], Result]) -> dict[Edition, Verdict]:
    """What the validator says of every edition of the template, in one run of it."""
    found = validate([published(edition).pdf for edition in EDITIONS])
    return dict(zip(EDITIONS, found, strict=True))


def assert_passed(verdict: Verdict) -> None:
    assert verdict.describe(str) == []
    assert verdict.passed
    assert verdict.checks > 500


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: f"{e.engine}-{e.profile}-{e.language}")
def test_the_template(
    edition: Edition,
    verdicts: dict[Edition, Verdict],
    published: Callable[[Edition], Result],
) -> None:
    assert_passed(verdicts[edition])
    path = published(edition).pdf
    assert formats.identify(path).code == "fmt/477"
    assert path.read_bytes().startswith(b"%PDF-1.7\n")
    with pikepdf.open(path) as pdf:
        said = metadata.read(pdf)
    assert said.pdfa == "2B"
    assert said.language == tag(edition.language)
    assert said.xmp["dc:language"] == (tag(edition.language),)
    assert said.xmp["dc:type"] == (str(edition.profile),)
    assert said.xmp["xmpMM:VersionID"] == ("01.0",)
    assert set(said.info) == set(metadata.PROPERTIES)


def test_whatever_a_document_can_hold(tmp_path: Path) -> None:
    require_tex()
    depth = "\n\n".join(f"{'  ' * level}- diepte {level}" for level in range(12))
    nested = f"Proef\n=====\n\n{depth}\n\n.. guidance::\n\n{'   '}Toelichting.\n"
    paths: list[Path] = []
    for builder in ENGINES.values():
        for profile in Profile:
            paths.append(
                everything(tmp_path / f"a{len(paths)}").build(builder, profile.value).ok().pdf
            )
        project = Project(tmp_path / f"n{len(paths)}").write({"index.rst": nested})
        if builder == "rinoh":  # TeX allows lists six deep
            paths.append(project.build(builder).ok().pdf)
    for engine in ENGINES:
        folder = documents.write(tmp_path / engine, chapters=3)
        paths += [build(Edition(engine, profile, "nl"), folder).pdf for profile in Profile]
    for verdict in validate(paths):
        assert_passed(verdict)
