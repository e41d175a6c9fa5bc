# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two profiles, and the values at the top of conf.py."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sphinx.errors import ConfigError, SphinxError

if TYPE_CHECKING:
    from tests.conftest import Project

SOURCE = (
    "Proef\n=====\n\nEen :guidance:`zin` hier.\n\n.. guidance:: Uitleg.\n\n.. fill-in:: Vraag?\n"
)


@pytest.mark.parametrize("name", ["concept", "Draft", "", "drafts"])
def test_another_profile_is_an_error_that_names_the_two(project: Project, name: str) -> None:
    project.write({"index.rst": SOURCE})
    with pytest.raises(ConfigError, match="must be 'draft' or 'final', not"):
        project.build("html", name)


def messages(project: Project, profile: str, out: str = "") -> dict[str, list[str]]:
    built = project.build("gettext", profile, out=out).ok()
    return {
        path.name: re.findall(r"^msgid (.+)", path.read_text(), re.MULTILINE)
        for path in built.out.glob("*.pot")
    }


def test_extraction_finds_the_same_in_both_profiles(project: Project) -> None:
    project.write({"index.rst": SOURCE})
    draft, final = messages(project, "draft"), messages(project, "final")
    assert draft == final
    assert draft["index.pot"][1:] == [
        '"Proef"', '"Een proef"', '"Een :guidance:`zin` hier."', '"Uitleg."', '"Vraag?"',
    ]  # fmt: skip


def test_the_pot_files_are_the_same_bytes(project: Project) -> None:
    project.write({"index.rst": SOURCE})
    draft = project.build("gettext", "draft").ok().out / "index.pot"
    final = project.build("gettext", "final").ok().out / "index.pot"
    assert draft.read_bytes() == final.read_bytes()


def test_extraction_cannot_read_what_another_builder_read_as_final(project: Project) -> None:
    """Sphinx sees to it; if it ever stops, messages of guidance would be lost."""
    project.write({"index.rst": SOURCE})
    project.build("html", "final", out="shared")
    with pytest.raises(SphinxError, match="choose another doctree directory"):
        project.build("gettext", "final", out="shared")


def test_parallel_reading(project: Project) -> None:
    chapters = [f"deel{number}" for number in range(12)]
    project.write(
        {
            "index.rst": "Proef\n=====\n\n.. toctree::\n\n"
            + "".join(f"   {c}\n" for c in chapters),
            **{f"{c}.rst": SOURCE for c in chapters},
        }
    )
    built = project.build("html", "final", parallel=2).ok()
    assert "Nog 12 plaatsen" in built.status


def test_a_date_that_is_none_is_an_error(project: Project) -> None:
    project.write({"index.rst": SOURCE})
    with pytest.raises(ConfigError, match="moet een datum zijn als jaar-maand-dag"):
        project.build("html", bouwsteen_date="17 mei 2006")


def test_values_of_the_title_page_in_the_text(project: Project) -> None:
    project.write(
        {
            "index.rst": "|title|\n=======\n\n|subtitle|, |author|, |version|, |date|, |municipalities|\n"
        }
    )
    tree = project.build(
        "html", bouwsteen_municipalities=["Aa", "Bee", "Cee *d*"], project="Een * te veel"
    ).section()
    assert tree[0].astext() == "Een * te veel"
    assert tree[1].astext() == ("Een proef, A. Schrijver, 1.0, 31 januari 2026, Aa, Bee en Cee *d*")


def test_a_document_may_define_such_a_name_itself(project: Project) -> None:
    project.write({"index.rst": "Proef\n=====\n\n.. |title| replace:: eigen\n\nDe |title|.\n"})
    assert project.build("html").ok().section()[2].astext() == "De eigen."


def test_a_title_that_is_only_a_value_is_not_translated(project: Project) -> None:
    project.write({"index.rst": "|title|\n=======\n\nTekst.\n"})
    assert messages(project, "draft")["index.pot"][1:] == ['"Proef"', '"Een proef"', '"Tekst."']
