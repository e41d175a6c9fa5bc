# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""A final build is as if guidance had never been written: shown on real builds."""

from __future__ import annotations

import re
import shutil
import zlib
from typing import TYPE_CHECKING

import hypothesis
import pikepdf
import pytest
from docutils import nodes
from hypothesis import HealthCheck, given

from tests.conftest import ROOTS, Built, Project
from tests.pdf import text_of
from tests.sources import CANARY, GUIDANCE_PARTS, PICTURE, Document, documents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

generated = hypothesis.settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.reuse, hypothesis.Phase.generate],
)


def finals(document: Document, builder: str, folder: Path) -> tuple[Built, Built]:
    """Build the final of *document*, and of the same with its guidance deleted."""
    with_guidance = Project(folder / "1").write(document.files(shown=True))
    deleted = Project(folder / "0").write(document.files(shown=False))
    return with_guidance.build(builder, "final").ok(), deleted.build(builder, "final").ok()


@pytest.mark.parametrize("builder", ["html", "latex", "text", "rinoh", "latexpdf"])
def test_the_example_of_every_place_equals_its_twin(builder: str, tmp_path: Path) -> None:
    """The roots, to be read side by side."""
    finals = []
    for number, name in enumerate(["test-guidance", "test-guidance-deleted"]):
        shutil.copytree(ROOTS / name, tmp_path / str(number))
        finals.append(Project(tmp_path / str(number)).build(builder, "final").ok())
    assert finals[0].trees() == finals[1].trees()
    assert _without_logs(finals[0]) == _without_logs(finals[1])
    assert leaks(finals[0]) == []


@given(document=documents())
@hypothesis.settings(generated, max_examples=60)
@pytest.mark.parametrize("builder", ["html", "latex"])
def test_final_equals_deleted(
    builder: str, document: Document, tmp_path_factory: pytest.TempPathFactory
) -> None:
    final, expected = finals(document, builder, tmp_path_factory.mktemp("twins"))
    assert final.trees() == expected.trees()
    assert final.files() == expected.files()


@given(document=documents())
@hypothesis.settings(generated, max_examples=8)
@pytest.mark.parametrize("builder", ["rinoh", "latexpdf"])
def test_final_pdf_equals_deleted(
    builder: str, document: Document, tmp_path_factory: pytest.TempPathFactory
) -> None:
    final, expected = finals(document, builder, tmp_path_factory.mktemp("twins"))
    assert final.pdf.read_bytes() == expected.pdf.read_bytes()


# rinohtype needs a system library for formulas: they are left to the other engines
PARTS = [part for part in GUIDANCE_PARTS if not part[0].startswith(".. math::")]
RICH = "\n".join([
    ".. _start:", "", "Proef", "=====", "",
    f"Kop :guidance:`{CANARY}`", "-" * 60, "",
    ".. guidance::", "",
    *(f"   {line}".replace("-N", "-1").replace("_N", "_1").rstrip()
      for part in PARTS for line in [*part, ""]),
    "Dat is alles.", "",
])  # fmt: skip

FILES: dict[str, str | bytes] = {"index.rst": RICH, f"{CANARY}.png": PICTURE}


def hidden_places(built: Built) -> dict[str, bytes]:
    """All files of an output, with what is compressed in them unpacked."""
    places = built.files()
    for name, data in list(places.items()):
        if name.endswith("objects.inv"):
            places[name] = zlib.decompress(data.split(b"zlib.\n", 1)[1])
        elif name.endswith(".pdf"):
            with pikepdf.open(built.out / name) as pdf:
                streams = [o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream)]
                objects = [repr(o).encode() for o in pdf.objects]
                outline = [str(item.title).encode() for item in pdf.open_outline().root]
            places[name] = b"\n".join(
                [*streams, *objects, *outline, text_of(built.out / name).encode()]
            )
    return places


def leaks(built: Built) -> list[str]:
    return [
        name
        for name, data in hidden_places(built).items()
        if CANARY.encode() in (name.encode() + data).lower()
    ]


@pytest.mark.parametrize(
    "builder", ["html", "dirhtml", "singlehtml", "latex", "text", "rinoh", "latexpdf"]
)
def test_canaries_sing_in_the_draft_only(builder: str, project: Project) -> None:
    project.write(FILES)
    draft, final = project.build(builder, "draft").ok(), project.build(builder, "final").ok()
    assert leaks(draft)
    assert leaks(final) == []


def test_the_draft_has_what_the_search_for_leaks_looks_for(project: Project) -> None:
    """The search index, the inventory, images and downloads: each is a place to leak to."""
    project.write(FILES)
    found = leaks(project.build("html", "draft"))
    assert {"index.html", "genindex.html", "searchindex.js", "objects.inv"} <= set(found)
    assert f"_images/{CANARY}.png" in found
    assert any(name.startswith("_downloads/") for name in found)


def test_no_canary_in_the_pickled_doctrees(project: Project) -> None:
    project.write(
        {
            "index.rst": f"Proef\n=====\n\nEen :guidance:`{CANARY}` zin.\n\n- a\n\n  .. guidance:: {CANARY}\n"
        }
    )
    assert CANARY.encode() in (project.build("html").doctrees / "index.doctree").read_bytes()
    final = project.build("html", "final")
    assert CANARY.encode() not in (final.doctrees / "index.doctree").read_bytes()
    assert CANARY.encode() not in (final.doctrees / "environment.pickle").read_bytes()


@pytest.mark.parametrize("builder", ["html", "latex", "rinoh", "latexpdf"])
def test_switching_profiles_equals_clean_builds(
    builder: str, new_project: Callable[[], Project]
) -> None:
    """Draft, final, draft in one folder, without cleaning."""
    switching = new_project().write(FILES)
    for profile in ("draft", "final", "draft", "final"):
        built = switching.build(builder, profile, out="same").ok()
        clean = new_project().write(FILES).build(builder, profile, out="same").ok()
        assert built.trees() == clean.trees()
        assert _without_logs(built) == _without_logs(clean)


def _without_logs(built: Built) -> dict[str, bytes]:
    """Leave out what names the folder or is for whoever works on the style."""
    logs = (".stylelog", ".rtc", ".log", ".fls", ".fdb_latexmk", ".xdv")
    return {name: data for name, data in built.files().items() if not name.endswith(logs)}


def test_an_output_folder_that_is_not_ours_is_not_emptied(project: Project) -> None:
    project.write({"index.rst": "Proef\n=====\n"})
    mine = project.folder / "_build" / "same" / "html" / "mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    project.build("html", "final", out="same")
    assert mine.exists()


class TestPhrases:
    """A phrase of guidance leaves the sentence that a writer would have written without it."""

    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ("Wij :guidance:`x` gaan.", "Wij gaan."),
            (":guidance:`x` Wij gaan.", "Wij gaan."),
            ("Wij gaan :guidance:`x`.", "Wij gaan."),
            ("Wij gaan. :guidance:`x`", "Wij gaan."),
            ("Wij :guidance:`x` :guidance:`y` gaan.", "Wij gaan."),
            ("Wij gaan :guidance:`x` :guidance:`y`", "Wij gaan"),
            ("Wij (:guidance:`x`) gaan.", "Wij () gaan."),
            ("Wij gaan :guidance:`x`, later.", "Wij gaan, later."),
            ("Wij\n:guidance:`x`\ngaan.", "Wij\ngaan."),
            ("Wij\\ :guidance:`x` gaan.", "Wij gaan."),
            ("Wij **gaan** :guidance:`x` **nu**.", "Wij gaan nu."),
            ("Wij :toelichting:`x` gaan :invullen:`y` weg.", "Wij gaan weg."),
        ],
    )
    def test_sentence(self, project: Project, source: str, expected: str) -> None:
        project.write({"index.rst": f"Proef\n=====\n\n{source}\n"})
        tree = project.build("html", "final").ok().section()
        assert tree[1].astext() == expected
        assert "  " not in tree[1].astext()

    def test_a_paragraph_of_nothing_else_is_gone(self, project: Project) -> None:
        project.write({"index.rst": "Proef\n=====\n\n:guidance:`x`\n\nTekst.\n"})
        tree = project.build("html", "final").ok().section()
        assert [node.astext() for node in tree] == ["Proef", "Tekst."]


class TestLists:
    """Guidance between the items of a list does not cut it in two."""

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("- a", "- b"), ("1. a", "2. b"), ("1. a", "#. b"), ("#. a", "#. b"), ("(a) a", "(b) b"),
            ("iv) a", "v) b"), ("5. a", "6. b"), ("t\n  a", "u\n  b"), (":t: a", ":u: b"),
            ("-a  a", "-b  b"),
        ],
    )  # fmt: skip
    def test_joined(self, project: Project, first: str, second: str) -> None:
        assert self.lists(project, first, second) == 1

    @pytest.mark.parametrize(
        ("first", "second"),
        [("- a", "* b"), ("1. a", "1. b"), ("#. a", "2. b"), ("1. a", "b. b"), ("1. a", "2) b"),
         ("- a", "1. b")],
    )  # fmt: skip
    def test_not_joined(self, project: Project, first: str, second: str) -> None:
        assert self.lists(project, first, second) == 2

    def lists(self, project: Project, first: str, second: str) -> int:
        """Count the lists; they must be those of the source without the guidance."""
        between = ".. guidance:: x\n\n.. guidance::\n\n   y\n.. guidance:: z\n\n"
        counts = []
        for guidance in (between, ""):
            project.write(
                {"index.rst": f"Proef\n=====\n\nTekst.\n\n{first}\n\n{guidance}{second}\n\nSlot.\n"}
            )
            tree = project.build("html", "final").ok().trees()["index"]
            counts.append(tree)
        assert counts[0] == counts[1]
        return len(re.findall(r"<\w+_list\b(?!_)", counts[0]))

    def test_a_list_that_ends_without_a_blank_line_is_still_warned_about(
        self, project: Project
    ) -> None:
        project.write({"index.rst": "Proef\n=====\n\n- a\n\n.. guidance:: x\n\n- b\nTekst.\n"})
        assert "Bullet list ends without a blank line" in project.build("html", "final").warnings


@pytest.mark.parametrize(
    "quote",
    [
        "   .. guidance:: x",
        "..\n\n   .. guidance:: x",
        "..\n\n   ..\n\n      .. guidance::\n\n         | x\n\n      .. guidance::\n\n         y",
    ],
)
def test_a_quote_of_nothing_but_guidance_is_gone(project: Project, quote: str) -> None:
    project.write({"index.rst": f"Proef\n=====\n\nTekst.\n\n{quote}\n\nSlot.\n"})
    section = project.build("html", "final").ok().section()
    assert [q for q in section.findall(nodes.block_quote) if not q.children] == []


def test_a_reference_to_a_label_in_guidance_fails_the_final_build(project: Project) -> None:
    project.write(
        {
            "index.rst": "Proef\n=====\n\nZie :ref:`weg`.\n\n.. guidance::\n\n   .. _weg:\n\n"
            "   .. rubric:: Weg\n"
        }
    )
    project.build("html", "draft").ok()
    final = project.build("html", "final")
    assert final.failed
    assert re.search(r"index\.rst:4: WARNING: undefined label: 'weg'", final.warnings)


@pytest.mark.parametrize("profile", ["draft", "final"])
def test_a_misspelt_directive_fails(project: Project, profile: str) -> None:
    project.write({"index.rst": "Proef\n=====\n\n.. guidence::\n\n   Tekst.\n"})
    built = project.build("html", profile)
    assert built.failed
    assert 'index.rst:4: ERROR: Unknown directive type "guidence"' in built.warnings
