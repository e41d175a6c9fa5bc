# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The LaTeX engine, from a source: what it says of errors, what it lets in, what it leaves."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.errors import SphinxError

from bouwsteen.build import Edition, build
from bouwsteen.profile import Profile
from bouwsteen.running import BuildError
from tests.attacks import READS, hide, stolen
from tests.conftest import ROOTS, Project, require_cage, require_tex
from tests.pdf import breaks_of, text_of
from tests.sources import PICTURE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bouwsteen.build import Result

INDEX = "Proef\n=====\n\n.. toctree::\n\n   een\n   twee\n"
ONE = "Een\n===\n\nTekst.\n"


class TestErrors:
    """The first error of TeX, with the line of the chapter it comes from."""

    @pytest.mark.parametrize(
        ("source", "line", "message"),
        [
            ("Een :math:`\\fout` zin.", 4, r"Undefined control sequence. (\fout)"),
            ("Goed: :math:`x`.\n\n.. math::\n\n   y\n\n   \\fout", 6, r"Undefined control sequence. (\fout)"),
            (".. raw:: latex\n\n   \\end{itemize}", 4, "LaTeX Error: "),
        ],
    )  # fmt: skip
    def test_names_file_line_and_log(
        self, project: Project, source: str, line: int, message: str
    ) -> None:
        project.write(
            {"index.rst": INDEX, "een.rst": ONE, "twee.rst": f"Twee\n====\n\n{source}\n",
             "kapot.png": PICTURE[:20]}
        )  # fmt: skip
        with pytest.raises(SphinxError) as caught:
            project.build("latexpdf")
        text = str(caught.value)
        assert text.startswith(f"{project.folder}/twee.rst:{line}: LaTeX loopt vast: {message}")
        log = re.search(r" De rest staat in (\S+proef-nl\.log)$", text)
        assert log
        assert "\n" not in text
        assert not list(project.folder.rglob("*.pdf"))

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("kapot.png", PICTURE[:20]),  # XeTeX aborts on it, without a word in its log
            ("kapot.png", b"<html>"),
            ("kapot.jpg", b"\xff\xd8\xff\xe0 en dan niets"),
            ("kapot.pdf", b"%PDF-1.7 en dan niets"),
        ],
    )
    def test_names_a_broken_picture(self, project: Project, name: str, data: bytes) -> None:
        project.write({"index.rst": f"Proef\n=====\n\nTekst.\n\n.. image:: {name}\n", name: data})
        with pytest.raises(SphinxError) as caught:
            project.build("latexpdf")
        assert str(caught.value) == (
            f"{project.folder}/index.rst:6: het beeld {name} is beschadigd: "
            "bewaar of exporteer het opnieuw"
        )
        assert not list(project.folder.rglob("proef-nl.pdf"))

    def test_in_the_root_document(self, project: Project) -> None:
        project.write({"index.rst": "Proef\n=====\n\nTekst :math:`\\fout`.\n"})
        with pytest.raises(SphinxError, match=r"index\.rst:4: LaTeX loopt vast"):
            project.build("latexpdf")

    def test_above_the_text(self, project: Project) -> None:
        """What is wrong in the preamble is in no chapter."""
        project.write({"index.rst": "Proef\n=====\n\nTekst.\n"})
        with pytest.raises(SphinxError) as caught:
            project.build("latexpdf", latex_elements={"preamble": r"\fout"})
        assert str(caught.value).startswith(
            "LaTeX loopt vast: Undefined control sequence. (\\fout)"
        )

    def test_in_the_look(self, project: Project, tmp_path: Path) -> None:
        style = tmp_path / "eigen.sty"
        style.write_text("\n\\fout\n", encoding="utf-8")
        project.write({"index.rst": "Proef\n=====\n\nTekst.\n"})
        with pytest.raises(SphinxError) as caught:
            project.build("latexpdf", bouwsteen_latex_style=str(style))
        assert str(caught.value).startswith(
            "LaTeX loopt vast: eigen.sty:2: Undefined control sequence. (\\fout)"
        )

    def test_names_what_the_cage_keeps_from_tex(
        self, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        require_tex()
        require_cage()
        hide(tmp_path / "elders", monkeypatch)
        attack = DOORS["raw"].format(attack=READS["variable of a folder above"])
        project.write({"index.rst": f"Proef\n=====\n\n{attack}"})
        with pytest.raises(SphinxError) as caught:
            project.build("latexpdf")
        assert re.search(
            r" \(De kooi rond TeX liet niet lezen: /\S+/elders/geheim\.tex\. "
            r"Meld dit aan de beheerder van Bouwsteen\.\) De rest staat in \S+\.log$",
            str(caught.value),
        )

    def test_no_older_pdf_is_left(self, project: Project) -> None:
        project.write({"index.rst": INDEX, "een.rst": ONE, "twee.rst": "Twee\n====\n"})
        assert project.build("latexpdf").ok().pdf.exists()
        project.write({"twee.rst": "Twee\n====\n\n:math:`\\fout`\n"})
        with pytest.raises(SphinxError):
            project.build("latexpdf")
        assert not list(project.folder.rglob("*.pdf"))

    def test_nor_at_the_path_that_others_rely_on(self, document: Path, tmp_path: Path) -> None:
        require_tex()
        shutil.copytree(document, tmp_path / "document", ignore=shutil.ignore_patterns("build"))
        edition = Edition("latex", Profile.FINAL, "nl")
        pdf = build(edition, tmp_path / "document").pdf
        with (tmp_path / "document/source/waarom.rst").open("a", encoding="utf-8") as file:
            file.write("\n:math:`\\fout`\n")
        with pytest.raises(BuildError, match=r"source/waarom\.rst:\d+: LaTeX loopt vast: "):
            build(edition, tmp_path / "document")
        assert not pdf.exists()

    def test_a_character_that_the_typeface_lacks(self, project: Project) -> None:
        project.write({"index.rst": INDEX, "een.rst": ONE, "twee.rst": "Twee\n====\n\nEen 龍.\n"})
        built = project.build("latexpdf")
        assert built.failed
        assert re.search(
            r"twee\.rst:4: WARNING: het teken 龍 \(U\+9F8D\) zit niet in het lettertype texgyrepagella",
            built.warnings,
        )


DOORS = {
    "raw": ".. raw:: latex\n\n   {attack}\n",
    "raw role": ".. role:: tex(raw)\n   :format: latex\n\nEen :tex:`{attack}` zin.\n",
    "formula in a sentence": "Een :math:`{attack}` zin.\n",
    "formula": ".. math::\n\n   {attack}\n",
    "bare formula": ".. math::\n   :no-wrap:\n\n   {attack}\n",
    "columns": (
        ".. tabularcolumns:: l{{@{{}}}}>{{{attack}}}l\n\n== ==\na  b\n== ==\n1  2\n== ==\n"
    ),
}
SHARP = ["input", "home", "openin", "characters as codes", "driver: stream", "driver: picture"]


@pytest.mark.parametrize(
    ("attack", "door"),
    [(attack, "raw") for attack in READS]
    + [(attack, door) for door in DOORS if door != "raw" for attack in SHARP],
)
def test_a_chapter_reads_nothing_from_elsewhere(
    attack: str, door: str, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = hide(tmp_path / "elders", monkeypatch)
    body = READS[attack].format(file=elsewhere / "geheim")
    project.write({"index.rst": f"Proef\n=====\n\n{DOORS[door].format(attack=body)}"})
    assert stolen(attempt(project), elsewhere) == []


def attempt(project: Project, **config: Any) -> Path:
    """Build; an attack may end in an error, or in a PDF without its prey."""
    require_cage()
    try:
        project.build("latexpdf", **config)
    except SphinxError:
        assert not list(project.folder.rglob("*.pdf"))
    return project.folder / "_build/latexpdf-draft/latexpdf"


class TestBytes:
    """The same source gives the same bytes, wherever, and however often."""

    def test_in_another_folder(
        self, new_project: Callable[[], Project], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = self.everything(new_project()).build("latexpdf").ok().pdf.read_bytes()
        monkeypatch.setenv("TZ", "Asia/Tokyo")
        monkeypatch.setenv("LC_ALL", "C")
        second = self.everything(new_project()).build("latexpdf").ok().pdf.read_bytes()
        assert first == second

    def test_after_other_builds(self, new_project: Callable[[], Project]) -> None:
        """What TeX leaves for its next run changes nothing."""
        warm, cold = new_project(), new_project()
        self.everything(warm)
        text = (warm.folder / "tekst.rst").read_text(encoding="utf-8")
        warm.write({"tekst.rst": "Ervoor\n======\n\nTekst.\n\n" + text})
        warm.build("latexpdf").ok()
        self.everything(warm)
        assert (
            warm.build("latexpdf").ok().pdf.read_bytes()
            == self.everything(cold).build("latexpdf").ok().pdf.read_bytes()
        )

    def everything(self, project: Project) -> Project:
        root = ROOTS / "test-parity"
        return project.write(
            {path.name: path.read_bytes() for path in root.iterdir() if path.name != "conf.py"}
        )


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("nl", "ver-ant-woor-de-lijk-heid"),
        ("de", "Ver-wal-tungs-zu-sam-men-ar-beit"),
        ("en", "ac-count-ab-il-ity"),
        ("fr", "gou-ver-ne-men-tale"),
    ],
)
def test_words_are_broken_as_their_language_breaks_them(
    language: str, word: str, project: Project
) -> None:
    text = "\n\n".join("x" * n + f" {word.replace('-', '')}" * 40 for n in range(1, 9))
    project.write({"index.rst": f"Proef\n=====\n\n{text}\n"})
    built = project.build("latexpdf", language=language).ok()
    breaks = set(breaks_of(built.out / f"proef-{language}.pdf"))
    parts = word.split("-")
    allowed = {("".join(parts[:n]), "".join(parts[n:])) for n in range(1, len(parts))}
    assert breaks
    assert breaks <= {(first, second) for first, second in allowed if len(first) > 2}


OVERFULL = re.compile(r"^Overfull \\[hv]box \((\d+\.\d+)pt too (?:wide|high)\).*$", re.MULTILINE)


def overfull(log: Path) -> list[str]:
    text = log.read_text(encoding="utf-8")
    assert "Output written on" in text
    return [match[0] for match in OVERFULL.finditer(text) if float(match[1]) > 1]


@pytest.mark.parametrize("profile", list(Profile), ids=str)
def test_no_line_of_the_template_is_too_long(
    profile: Profile, published: Callable[[Edition], Result], document: Path
) -> None:
    published(Edition("latex", profile, "nl"))
    assert overfull(document / f"build/work/latex/{profile}/nl/out/bestuursopdracht-nl.log") == []


@pytest.mark.parametrize("profile", list(Profile), ids=str)
def test_no_line_of_a_document_with_everything_is_too_long(
    profile: Profile, tmp_path: Path
) -> None:
    shutil.copytree(ROOTS / "test-parity", tmp_path / "everything")
    built = Project(tmp_path / "everything").build("latexpdf", profile.value).ok()
    assert overfull(built.pdf.with_suffix(".log")) == []


def test_a_line_that_is_too_long_is_seen(project: Project) -> None:
    project.write({"index.rst": f"Proef\n=====\n\n{'Xyz' * 60}\n"})
    assert overfull(project.build("latexpdf").ok().pdf.with_suffix(".log"))


@pytest.mark.parametrize("name", ["een opdracht", "één_opdracht", "100% & meer"])
def test_names_of_the_document(name: str, project: Project) -> None:
    project.write({"index.rst": INDEX, "een.rst": ONE, "twee.rst": "Twee\n====\n"})
    built = project.build("latexpdf", bouwsteen_name=name).ok()
    assert "Tekst." in text_of(built.out / f"{name}-nl.pdf")
    project.write({"twee.rst": "Twee\n====\n\n:math:`\\fout`\n"})
    with pytest.raises(SphinxError, match=r"twee\.rst:4: LaTeX loopt vast: Undefined"):
        project.build("latexpdf", bouwsteen_name=name)


def test_names_of_pictures(project: Project) -> None:
    """The driver gets pictures of the folder, whatever they are called."""
    names = ["één beeld.png", "beeld (1).png", "beeld_2%.png", "a#b&c.png", "map/beeld.png"]
    pictures = "\n".join(f".. image:: {name.replace(' ', chr(92) + ' ')}\n" for name in names)
    project.write(
        {"index.rst": f"Proef\n=====\n\n{pictures}\nSlot.\n", **dict.fromkeys(names, PICTURE)}
    )
    assert "Slot." in text_of(project.build("latexpdf").ok().pdf)


def test_columns_with_asides_are_as_wide_as_they_may_be(project: Project) -> None:
    """A frame tells TeX nothing of its width: the columns beside it were a word wide."""
    cells = ["- .. fill-in:: Naam van de raad", "- .. fill-in:: Deel van het geld",
             "- .. guidance:: Kies er een."]  # fmt: skip
    rows = "\n".join(f"   {'*' if n == 0 else ' '} {cell}" for n, cell in enumerate(cells))
    project.write({"index.rst": f"Proef\n=====\n\n.. list-table::\n\n{rows}\n"})
    text = text_of(project.build("latexpdf").ok().pdf)
    assert "Naam van de" in text
    assert "Deel van het" in text
