# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two directives and their roles: what they become, and what they refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes

from bouwsteen import fill_in

if TYPE_CHECKING:
    from tests.conftest import Project

PROFILES = ["draft", "final"]
DUTCH = {"heading": "kop", "toctree": "toctree"}


def first_block(project: Project, source: str, **config: Any) -> nodes.Element:
    project.write({"index.rst": f"Proef\n=====\n\n{source}\n"})
    tree = project.build("html", **config).ok().section()
    block = tree[1]
    assert isinstance(block, nodes.Element)
    return block


@pytest.mark.parametrize(
    ("name", "css_class", "label"),
    [
        ("guidance", "guidance", "Toelichting"),
        ("toelichting", "guidance", "Toelichting"),
        ("fill-in", "fill-in", "In te vullen"),
        ("invullen", "fill-in", "In te vullen"),
    ],
)
def test_the_draft_has_an_admonition_in_a_container(
    project: Project, name: str, css_class: str, label: str
) -> None:
    block = first_block(project, f".. {name}::\n\n   Tekst.")
    assert block.pformat() == (
        f'<container classes="{css_class}">\n'
        f'    <admonition classes="{css_class}">\n'
        f'        <title translatable="0">\n'
        f"            {label}\n"
        f"        <paragraph>\n"
        f"            Tekst.\n"
    )


@pytest.mark.parametrize(
    ("source", "css_class", "text"),
    [
        ("Een :guidance:`kies één` zin.", "guidance", "(toelichting: kies één)"),
        ("Een :toelichting:`kies één` zin.", "guidance", "(toelichting: kies één)"),
        ("De gemeente :fill-in:`naam`.", "fill-in", "[naam]"),
        ("De gemeente :invullen:`naam`.", "fill-in", "[naam]"),
    ],
)
def test_the_draft_shows_a_phrase(project: Project, source: str, css_class: str, text: str) -> None:
    (phrase,) = first_block(project, source).findall(nodes.inline)
    assert phrase["classes"] == [css_class]
    assert phrase.astext() == text


def test_the_label_follows_the_language_of_the_document(project: Project) -> None:
    block = first_block(project, ".. guidance:: Tekst.", language="nl_BE")
    assert block.astext().startswith("Toelichting")


def test_content_may_start_on_the_line_of_the_directive(project: Project) -> None:
    block = first_block(project, ".. guidance:: Een\n   twee.")
    assert block.astext().split() == ["Toelichting", "Een", "twee."]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", ["guidance", "fill-in"])
def test_an_empty_block_is_an_error(project: Project, profile: str, name: str) -> None:
    project.write({"index.rst": f"Proef\n=====\n\n.. {name}::\n\nTekst.\n"})
    built = project.build("html", profile)
    assert built.failed
    assert f'index.rst:4: ERROR: Content block expected for the "{name}" directive' in (
        built.warnings
    )


MISTAKES = {
    "underlined": ("   Kop\n   ===\n\n   Tekst.", 7, "heading"),
    "overlined": ("   ====\n   Kop\n   ====\n", 6, "heading"),
    "dividing line": ("   Tekst.\n\n   ----\n\n   Tekst.", 8, "heading"),
    "in a list": ("   - Tekst.\n\n     Kop\n     ---\n", 9, "heading"),
    "in a table cell": ("   .. list-table::\n\n      * - Kop\n          ---", 9, "heading"),
    "in a nested directive": ("   .. note::\n\n      Kop\n      ---", 9, "heading"),
    "in nested guidance": ("   .. toelichting::\n\n      Kop\n      ---", 9, "heading"),
    "toctree": ("   .. toctree::\n\n      deel", 6, "toctree"),
    "toctree in only": ("   .. only:: html\n\n      .. toctree::\n\n         deel", 8, "toctree"),
}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", ["guidance", "invullen"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_structure_inside_is_an_error(
    project: Project, profile: str, name: str, mistake: str
) -> None:
    content, line, kind = MISTAKES[mistake]
    project.write({"index.rst": f"Proef\n=====\n\n.. {name}::\n\n{content}\n"})
    built = project.build("html", profile)
    assert built.failed
    assert f"index.rst:{line}: ERROR: een {DUTCH[kind]}" in built.warnings
    assert f'mag niet in "{name}" staan' in built.warnings
    assert "Unexpected section title" not in built.warnings  # said once, in our words


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("source", [".. guidance::\n\n   Kop\n   ---", "Zie :ref:`nergens`."])
def test_an_error_is_found_again_when_nothing_changed(
    project: Project, profile: str, source: str
) -> None:
    project.write({"index.rst": f"Proef\n=====\n\n{source}\n"})
    assert project.build("html", profile).failed
    assert project.build("html", profile).failed


@pytest.mark.parametrize("profile", PROFILES)
def test_a_heading_in_a_file_included_by_guidance_is_found_there(
    project: Project, profile: str
) -> None:
    project.write(
        {
            "index.rst": "Proef\n=====\n\n.. guidance::\n\n   .. include:: deel1.inc\n",
            "deel1.inc": "Tekst.\n\nKop\n---\n\nTekst.\n",
        }
    )
    built = project.build("html", profile)
    assert built.failed
    assert "deel1.inc:4: ERROR: een kop" in built.warnings


@pytest.mark.parametrize("profile", PROFILES)
def test_an_error_in_an_included_file_names_that_file(project: Project, profile: str) -> None:
    project.write(
        {
            "index.rst": "Proef\n=====\n\n.. include:: deel1.inc\n",
            "deel1.inc": "Tekst.\n\n.. guidance::\n\n   Kop\n   ---\n",
        }
    )
    assert "deel1.inc:6: ERROR: een kop" in project.build("html", profile).warnings


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "content",
    [
        "   Zo::\n\n      Kop\n      ===",
        "   .. code-block:: rst\n\n      Kop\n      ===",
        "   .. code-block:: rst\n\n      .. toctree::",
        "   ..\n      Kop\n      ===",
        "   == ==\n   a  b\n   == ==\n   1  2\n   == ==",
        "   +---+\n   | a |\n   +---+",
        "   Tekst\n   --",
        "   .. include:: deel1.inc\n      :literal:",
        "   .. list-table::\n      :header-rows: 1\n\n      * - a\n      * - b",
    ],
)
def test_what_only_looks_like_a_heading_is_none(
    project: Project, profile: str, content: str
) -> None:
    project.write(
        {
            "index.rst": f"Proef\n=====\n\n.. guidance::\n\n{content}\n",
            "deel1.inc": "Kop\n===\n",
        }
    )
    project.build("html", profile).ok()


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("Tekst\n.. guidance:: x", 5, "wordt als gewone tekst gelezen: zet er een lege regel voor"),
        (
            "- Tekst\n  .. invullen:: x",
            5,
            "wordt als gewone tekst gelezen: zet er een lege regel voor",
        ),
        (".. guidance: x", 4, "horen twee dubbele punten"),
        (".. toelichting:\n\n   x\n\n\nTekst.", 4, "horen twee dubbele punten"),
    ],
)
def test_a_directive_that_is_read_as_something_else_is_an_error(
    project: Project, profile: str, source: str, line: int, message: str
) -> None:
    project.write({"index.rst": f"Proef\n=====\n\n{source}\n"})
    built = project.build("html", profile)
    assert built.failed
    assert f"index.rst:{line}: ERROR: " in built.warnings
    assert message in built.warnings


@pytest.mark.parametrize("profile", PROFILES)
def test_an_example_of_guidance_in_literal_text_stays(project: Project, profile: str) -> None:
    project.write(
        {
            "index.rst": "Proef\n=====\n\nZo schrijft u ``.. guidance::``::\n\n   .. guidance:: Tekst.\n"
        }
    )
    built = project.build("html", profile).ok()
    assert ".. guidance:: Tekst." in built.trees()["index"]


class TestOpenPlaces:
    SOURCE = (
        "Proef\n=====\n\nGemeente :fill-in:`naam` besluit.\n\n.. fill-in:: Waarom?\n\n"
        ".. include:: deel1.inc\n\n.. guidance::\n\n   .. fill-in:: Telt niet.\n"
    )
    FILES = {"index.rst": SOURCE, "deel1.inc": ".. invullen:: Hoe?\n"}  # noqa: RUF012

    def test_nothing_is_printed(self, project: Project) -> None:
        project.write(self.FILES)
        tree = project.build("html", "final").ok().section()
        assert [node.astext() for node in tree] == ["Proef", "Gemeente besluit."]

    def test_each_is_noted_with_its_place(self, project: Project) -> None:
        project.write(self.FILES)
        places = fill_in.open_places(project.build("html", "final").env)
        assert [(p.source.rpartition("/")[2], p.line, p.prompt) for p in places] == [
            ("index.rst", 4, "naam"), ("index.rst", 6, "Waarom?"), ("deel1.inc", 1, "Hoe?"),
        ]  # fmt: skip

    def test_one_line_tells_how_many(self, project: Project) -> None:
        project.write(self.FILES)
        assert "Nog 3 plaatsen zijn niet ingevuld." in project.build("html", "final").status
        assert "ingevuld" not in project.build("html", "draft").status

    def test_the_count_survives_a_build_that_reads_nothing(self, project: Project) -> None:
        project.write(self.FILES)
        project.build("html", "final")
        assert "Nog 3 plaatsen" in project.build("html", "final").status

    def test_nothing_is_said_when_nothing_is_open(self, project: Project) -> None:
        project.write({"index.rst": "Proef\n=====\n\nTekst.\n"})
        assert "ingevuld" not in project.build("html", "final").status
