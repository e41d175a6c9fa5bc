# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The worked example: complete, built in every way there is, and fit to be read first."""

from __future__ import annotations

import io
import re
import runpy
import shutil
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from PIL import Image, ImageChops

from bouwsteen import validate
from bouwsteen.build import Edition, build
from bouwsteen.completeness import checks
from bouwsteen.profile import Profile
from bouwsteen.running import Folders, run
from bouwsteen.template import record
from tests.archiving import archive, bouwsteen
from tests.conftest import EPOCH, REPOSITORY, require_tex
from tests.pdf import pages_of, text_of
from tests.repositories import commit
from tests.test_template import HEADINGS

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.environment import BuildEnvironment

EXAMPLE = REPOSITORY / "examples" / "samenwerking-noord"
PAGE = 2200  # characters of running text fill a page
EDITIONS = [
    *(Edition("rinoh", profile, code) for profile in Profile for code in ("nl", "de", "en", "fr")),
    *(Edition("latex", profile, "nl") for profile in Profile),
]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, with what the links in it lead to."""
    folder = tmp_path_factory.mktemp("example") / "noord"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("build", "__pycache__"))
    shutil.copy(REPOSITORY / ".gitignore", folder)
    return folder


@pytest.fixture(scope="module")
def pdfs(example: Path) -> dict[Edition, Path]:
    require_tex()
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        return {edition: build(edition, example, strict=True).pdf for edition in EDITIONS}


@pytest.fixture(scope="module")
def final(example: Path) -> BuildEnvironment:
    return run(Folders.of(example, "proef"), "dummy", Profile.FINAL, "nl").env


def test_it_passes_all_checks_where_it_stands() -> None:
    checked = checks.check(EXAMPLE, "nl", online=False)
    assert checked.as_text() == "Het document is volledig."
    assert checked.passed


def test_its_settings_are_the_templates() -> None:
    theirs, ours = (
        (folder / "conf.py").read_text().partition("# ── Hieronder")[2].splitlines()
        for folder in (REPOSITORY, EXAMPLE)
    )
    assert [line for line in ours if line not in theirs] == [
        'bouwsteen_kind = "document"', "bouwsteen_complete_languages = []",
    ]  # fmt: skip
    assert len(ours) == len(theirs)


def test_the_guidance_of_the_template_is_all_in_it(example: Path) -> None:
    ours = record.asides(example)
    for name, theirs in record.asides(REPOSITORY).items():
        guidance = [aside.text for aside in theirs if aside.kind == record.GUIDANCE]
        assert [aside.text for aside in ours[name]] == guidance


def test_held_against_the_template(example: Path, tmp_path: Path) -> None:
    folder = tmp_path / "noord"
    shutil.copytree(example, folder, ignore=shutil.ignore_patterns("build"))
    shutil.copytree(REPOSITORY / "source", tmp_path / "template" / "source")
    record.write(tmp_path / "template", "v0.1.0")
    shutil.copy(tmp_path / "template" / record.NAME, folder)
    assert checks.examine(folder, "nl").report.as_text() == "Het document is volledig."


def test_every_edition_is_for_the_archive(pdfs: dict[Edition, Path]) -> None:
    assert len(pdfs) == 10
    verdicts = validate.validate(list(pdfs.values()))
    assert [line for verdict in verdicts for line in verdict.describe(str)] == []


def test_guidance_is_in_the_drafts_only(pdfs: dict[Edition, Path]) -> None:
    canary = "Deze bouwsteen helpt gemeenten"
    for edition, pdf in pdfs.items():
        text = " ".join(text_of(pdf).split())
        if edition.language == "nl":
            assert (canary in text) is (edition.profile is Profile.DRAFT)
        assert "In te vullen" not in text


def headings(env: BuildEnvironment) -> set[str]:
    return {
        section[0].astext()
        for name in env.all_docs for section in env.get_doctree(name).findall(nodes.section)
    }  # fmt: skip


@pytest.mark.parametrize("engine", ["rinoh", "latex"])
def test_the_pages(pdfs: dict[Edition, Path], final: BuildEnvironment, engine: str) -> None:
    pages = pages_of(pdfs[Edition(engine, Profile.FINAL, "nl")])
    assert "verzonnen" in pages[0]
    assert "Dit document is een voorbeeld" in " ".join(pages[1].split())
    assert [number for number, page in enumerate(pages[1:], 2) if len(page) < 400] == []
    for number, page in enumerate(pages[2:], 3):  # page 2 has the contents
        *_, last, _footer = page.splitlines()
        assert last.lstrip("0123456789. ") not in headings(final), number


def test_the_headings_of_the_template_are_in_it(pdfs: dict[Edition, Path]) -> None:
    text = " ".join(text_of(pdfs[Edition("rinoh", Profile.FINAL, "nl")]).split())
    assert [
        heading.split(" ", 1)[1] for heading in HEADINGS if heading.split(" ", 1)[1] not in text
    ] == []


def test_a_page_or_more_a_chapter(final: BuildEnvironment) -> None:
    chapters = [name for name in final.toctree_includes["index"] if name != "bronnen"]
    assert len(chapters) == 5
    assert {
        name: length for name in chapters
        if (length := len(final.get_doctree(name).astext())) < PAGE
    } == {}  # fmt: skip


def test_the_shares_add_up(final: BuildEnvironment) -> None:
    tables = list(final.get_doctree("financiering").findall(nodes.table))
    assert tables
    for table in tables:
        (title,) = table.findall(nodes.title)
        assert title.astext()
        rows = [
            [entry.astext() for entry in row.findall(nodes.entry)]
            for body in table.findall(nodes.tbody) for row in body.findall(nodes.row)
        ]  # fmt: skip
        for column in range(1, len(rows[0])):
            numbers = [int(re.sub(r"\(.*|\D", "", row[column])) for row in rows]
            assert sum(numbers[:-1]) == numbers[-1], title.astext()
    shares = [int(share) for share in re.findall(r"\((\d+)%\)", tables[0].astext())]
    assert sum(shares[:-1]) == shares[-1] == 100


def test_what_a_newcomer_can_learn_from_it(final: BuildEnvironment) -> None:
    trees = [final.get_doctree(name) for name in final.all_docs]
    for kind, least in (
        (nodes.footnote, 3), (nodes.footnote_reference, 3), (nodes.citation, 5), (nodes.figure, 1),
        (nodes.table, 1), (nodes.definition_list, 1), (nodes.bullet_list, 1),
    ):  # fmt: skip
        assert sum(len(list(tree.findall(kind))) for tree in trees) >= least, kind
    source = "".join(path.read_text() for path in (EXAMPLE / "source").glob("*.rst"))
    assert source.count(":ref:`") >= 2
    assert source.count(":numref:`") >= 2


def test_the_chart(final: BuildEnvironment) -> None:
    (figure,) = final.get_doctree("organisatie").findall(nodes.figure)
    (image,) = figure.findall(nodes.image)
    drawn = runpy.run_path(str(EXAMPLE / "organogram.py"))
    in_chart = re.findall(r"\[([A-Z][\w -]+)\]", drawn["CHART"])
    assert len(in_chart) >= 10
    words = {word for name in in_chart for word in name.casefold().split()}
    assert [word for word in words if word not in image["alt"].casefold()] == []
    with (
        Image.open(io.BytesIO(drawn["draw"]())) as fresh,
        Image.open(EXAMPLE / "source" / "organogram.png") as kept,
    ):
        assert fresh.mode == kept.mode == "RGB"
        assert ImageChops.difference(fresh, kept).getbbox() is None


def test_it_can_be_archived_and_verified(example: Path, tmp_path: Path) -> None:
    folder = tmp_path / "noord"
    shutil.copytree(example, folder, ignore=shutil.ignore_patterns("build"))
    commit(folder)
    made = archive(folder)
    result = bouwsteen(folder, "verify", str(made.bag))
    assert result.returncode == 0, result.stdout + result.stderr


def test_numbers_are_written_the_dutch_way() -> None:
    source = "".join(path.read_text() for path in (EXAMPLE / "source").glob("*.rst"))
    amounts = re.findall(r"€.(\d[\d.,]*\d)", source)
    assert len(amounts) > 10
    for amount in amounts:
        groups = amount.split(".")
        assert all(len(group) == 3 for _before, group in pairwise(groups)), amount
