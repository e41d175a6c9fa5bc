# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is still open in a document, and what must pass for complete."""

from __future__ import annotations

import functools
import http.server
import json
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from sphinxlint.checkers import all_checkers

from bouwsteen.build import Edition, build
from bouwsteen.completeness import checks, lint
from bouwsteen.completeness.findings import Level
from bouwsteen.profile import Profile
from bouwsteen.running import BuildError, Folders, run
from bouwsteen.template import record
from tests.archiving import CONF, bouwsteen
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bouwsteen.completeness.findings import Report

CHAPTER = """\
.. _waarom:

Waarom
======

De gemeenten werken samen.
"""


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A complete document of one chapter; the current folder."""
    root = tmp_path / "document"
    write(root, {
        "conf.py": CONF,
        "source/index.rst": "Proef\n=====\n\n.. toctree::\n   :numbered:\n\n   waarom\n",
        "source/waarom.rst": CHAPTER,
    })  # fmt: skip
    (root / "theme").symlink_to(REPOSITORY / "theme")
    monkeypatch.chdir(root)
    return root


def report(root: Path) -> Report:
    return checks.examine(root, "nl").report


def found(root: Path, chapter: str) -> list[str]:
    """What is found in a chapter: lines of the text, without the name of the file."""
    write(root, {"source/waarom.rst": chapter})
    lines = report(root).chapters_as_text().splitlines()[1:-1]
    return [line.removeprefix("  ").replace("source/waarom.rst:", "") for line in lines]


def test_a_complete_document(folder: Path) -> None:
    assert report(folder).is_complete
    assert report(folder).as_text() == "Het document is volledig."


EVERYTHING = """\
Waarom
======

.. guidance::

   Wat is de reden?

.. fill-in::

   Waarom werken de gemeenten
   *samen*?

Leeg
----

.. guidance:: Hier hoort tekst.

Half
----

De gemeente :fill-in:`naam` doet  mee. TODO: bedrag.
"""
TITLE = 'author = "A. Schrijver"'


def test_chapter_by_chapter(folder: Path) -> None:
    conf = CONF.replace(TITLE, 'author = "Sjabloon"').replace('["Aadorp", "Beekdal"]', "[]")
    write(folder, {
        "conf.py": conf,
        "source/waarom.rst": EVERYTHING,
        "source/index.rst": (
            "Proef\n=====\n\n.. toctree::\n   :numbered:\n\n   waarom\n   aanpak\n"
        ),
        "source/aanpak.rst": "Aanpak\n======\n\n:fill-in:`Hoe?`\n",
    })  # fmt: skip
    assert report(folder).as_text().splitlines() == [
        "Titelpagina",
        "  conf.py:2: author is nog niet ingevuld",
        "  conf.py:6: bouwsteen_municipalities is nog niet ingevuld",
        "",
        "1 Waarom",
        "  source/waarom.rst:8: nog niet ingevuld: Waarom werken de gemeenten *samen*?",
        "  source/waarom.rst:13: dit deel heeft geen tekst: Leeg",
        "  source/waarom.rst:21: nog niet ingevuld: naam",
        (
            "  (ter controle) source/waarom.rst:21: hier staan twee spaties achter elkaar: "
            "De gemeente doet mee. TODO: bedrag."
        ),
        (
            "  (ter controle) source/waarom.rst:21: moet hier nog iets gebeuren? "
            "De gemeente doet mee. TODO: bedrag."
        ),
        "",
        "2 Aanpak",
        "  source/aanpak.rst:4: nog niet ingevuld: Hoe?",
        "",
        "Er staan nog 6 punten open. En 2 punten ter controle.",
    ]


def test_the_same_in_both_profiles_and_from_nested_prompts(folder: Path) -> None:
    nested = "\n.. guidance::\n\n   Zie :fill-in:`hier niet`.\n\n   .. fill-in:: En hier niet.\n"
    write(folder, {"source/waarom.rst": EVERYTHING + nested})
    reports = []
    for profile in Profile:
        folders = Folders.of(folder, "proef", profile)
        app = run(folders, "completeness", profile, "nl")
        reports.append(app.builder.report.as_json())  # type: ignore[attr-defined]
    assert reports[0] == reports[1]
    texts = [each["text"] for each in reports[0]["findings"] if each["kind"] == "fill-in"]
    assert texts == ["Waarom werken de gemeenten *samen*?", "naam"]


def test_a_phrase_in_a_translation_counts_once(folder: Path) -> None:
    write(folder, {
        "source/waarom.rst": "Waarom\n======\n\nDe gemeente :fill-in:`naam` doet mee.\n",
        "locale/de/LC_MESSAGES/waarom.po": (
            'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
            '\nmsgid "De gemeente :fill-in:`naam` doet mee."\n'
            'msgstr "Die Gemeinde :fill-in:`Name` macht mit."\n'
        ),
    })  # fmt: skip
    for profile in Profile:
        app = run(Folders.of(folder, "proef", profile), "completeness", profile, "de")
        assert app.builder.report.as_text().splitlines() == [  # type: ignore[attr-defined]
            "1 Waarom",
            "  source/waarom.rst:4: noch nicht ausgefüllt: naam",
            "",
            "1 Punkt ist noch offen.",
        ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # alone, at the beginning, before a colon, in brackets
        ("TODO", True),
        ("TODO bedrag opvragen", True),
        ("XXX", True),
        ("De kosten, TODO: opvragen bij Beekdal.", True),
        ("De kosten zijn hoog (TODO bedrag).", True),
        ("De kosten zijn [XXX] hoog.", True),
        ("- een\n- TODO", True),
        # a sentence that merely contains such a word
        ("De gemeente werkt met TODO en met XXX samen.", False),
        ("De TODO-lijst is lang.", False),
        ("TODO-lijsten zijn lang.", False),
        ("Op mijn-TODO: drie punten. In XTODO: geen.", False),
        ("Zie het rapport XXXI van de commissie.", False),
        ("Er is nog veel todo: alles.", False),
        ("De aanduiding (type XXX) vervalt.", False),
        ("Schrijf ``TODO: later`` in de kantlijn.", False),
        ("::\n\n   TODO: later", False),
        # question marks and dots
        ("De kosten zijn ??? euro.", True),
        ("De kosten: ???", True),
        ("De kosten (????).", True),
        ("Waarom???", False),
        ("Waarom ?? wie weet.", False),
        ("De kosten zijn [...] euro.", True),
        ("De kosten zijn […] euro.", True),
        ("De wet zegt: “gemeenten [...] werken samen”.", False),
        ('De wet zegt: "gemeenten [...] werken samen".', False),
        ("De wet zegt:\n\n   Gemeenten [...] werken samen.", False),
        ("En zo verder...", False),
    ],
)
def test_markers(folder: Path, text: str, expected: bool) -> None:
    lines = found(folder, f"{CHAPTER}\n{text}\n")
    assert [line.startswith("(ter controle) ") for line in lines] == [True] * expected
    assert all("moet hier nog iets gebeuren?" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twee  spaties.", True),
        ("- in een  punt", True),
        ("Aan het eind  \nvan een regel.", False),
        ("==  ==\na   b\n==  ==", False),
        ("``twee  spaties``", False),
        ("::\n\n   twee  spaties", False),
        (".. twee  spaties in commentaar", False),
        (".. guidance:: twee  spaties", False),
    ],
)
def test_double_spaces(folder: Path, text: str, expected: bool) -> None:
    lines = found(folder, f"{CHAPTER}\n{text}\n")
    assert ["twee spaties achter elkaar" in line for line in lines] == [True] * expected


def test_a_hint_has_its_own_line_and_does_not_count(folder: Path) -> None:
    text = f"{CHAPTER}\nEen regel,\nnog een regel\nen  twee spaties.\n\n+---+\n| a |\n+---+\n"
    (line,) = found(folder, text)
    where, _, text = line.removeprefix("(ter controle) ").partition(": ")
    assert where == "10"
    assert (
        text == "hier staan twee spaties achter elkaar: Een regel, nog een regel en twee spaties."
    )
    assert report(folder).is_complete


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "6: dit deel heeft geen tekst: Kop"),
        (".. guidance:: Beschrijf de aanpak.", "6: dit deel heeft geen tekst: Kop"),
        (":guidance:`beschrijf dit`", "6: dit deel heeft geen tekst: Kop"),
        (":guidance:`beschrijf dit`.", "6: dit deel heeft geen tekst: Kop"),
        (".. commentaar", "6: dit deel heeft geen tekst: Kop"),
        (".. _doel:", "6: dit deel heeft geen tekst: Kop"),
        (".. index:: kop", "6: dit deel heeft geen tekst: Kop"),
        ("- .. guidance:: Noem er een.", "6: dit deel heeft geen tekst: Kop"),
        (".. fill-in:: Beschrijf de aanpak.", "9: nog niet ingevuld: Beschrijf de aanpak."),
        (":fill-in:`de aanpak`", "9: nog niet ingevuld: de aanpak"),
        ("Tekst.", None),
        ("- een", None),
        (".. image:: punt.png", None),
        ("::\n\n   letterlijk", None),
        (".. guidance:: Toelichting.\n\nTekst.", None),
        ("Onder\n~~~~~\n\nTekst.", "6: tussen deze kop en de volgende staat niets: Kop"),
        (
            ".. guidance:: Toelichting.\n\nOnder\n~~~~~\n\nTekst.",
            "6: tussen deze kop en de volgende staat niets: Kop",
        ),
        ("Onder\n~~~~~\n\n.. guidance:: Leeg.", "9: dit deel heeft geen tekst: Onder"),
        ("Tekst.\n\nOnder\n~~~~~\n\n.. guidance:: Leeg.", "11: dit deel heeft geen tekst: Onder"),
    ],
)
def test_sections_without_text(folder: Path, body: str, expected: str | None) -> None:
    (folder / "source" / "punt.png").write_bytes(
        next((REPOSITORY / "tests" / "roots").rglob("*.png")).read_bytes()
    )
    lines = found(
        folder, f"Hoofdstuk\n=========\n\nTekst.\n\nKop\n---\n\n{body}\n\nEinde\n-----\n\nx\n"
    )
    lines = [line.replace("(ter controle) ", "") for line in lines]
    assert [line for line in lines if "punt.png" not in line] == ([expected] if expected else [])


TEMPLATE = """\
Waarom
======

.. guidance::

   Geef hier de redenen om samen te werken.

.. fill-in::

   Welke ontwikkelingen in de maatschappij zijn voor uw gemeenten een *reden* om samen te werken?

Doel
----

.. guidance:: Beschrijf het doel.

Het doel is :fill-in:`noem het doel van de samenwerking`.
"""


class TestAgainstTheTemplate:
    """What a document is held against: the release that it came from."""

    @pytest.fixture
    def folder(self, folder: Path) -> Path:
        write(folder, {"source/waarom.rst": TEMPLATE})
        record.write(folder, "v1.0")
        return folder

    def changed(self, folder: Path, *changes: tuple[str, str]) -> list[str]:
        text = TEMPLATE
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        lines = found(folder, text)
        return [line for line in lines if "nog niet ingevuld" not in line]

    def test_as_it_came(self, folder: Path) -> None:
        assert self.changed(folder) == []
        assert report(folder).count(Level.OPEN) == 2

    def test_guidance_that_was_edited(self, folder: Path) -> None:
        answer = "Wij werken samen om geld te besparen."
        change = ("Geef hier de redenen om samen te werken.", answer)
        line = f"4: de toelichting is gewijzigd, en wordt niet afgedrukt; schrijf uw tekst eronder: {answer}"
        assert self.changed(folder, change) == [line]

    def test_one_word_of_it(self, folder: Path) -> None:
        (line,) = self.changed(folder, ("Beschrijf het doel.", "Beschrijf hier het doel."))
        assert line.startswith("15: de toelichting is gewijzigd")

    def test_its_layout_is_nobodys_business(self, folder: Path) -> None:
        change = (
            "   Geef hier de redenen om samen te werken.",
            "   Geef hier de redenen\n   om samen te werken.",
        )
        assert self.changed(folder, change) == []

    def test_guidance_may_go_move_and_come(self, folder: Path) -> None:
        gone = self.changed(folder, (".. guidance:: Beschrijf het doel.\n", "Tekst.\n"))
        assert gone == []
        block = ".. guidance::\n\n   Geef hier de redenen om samen te werken.\n"
        moved = self.changed(folder, (block, "Tekst.\n"), ("Het doel is", f"{block}\nHet doel is"))
        assert moved == []
        new = self.changed(folder, (block, f"{block}\n.. guidance:: Voor Jan: reken dit na.\n"))
        assert new == []

    def test_two_that_changed_places(self, folder: Path) -> None:
        blocks = [
            f".. guidance:: {text}.\n\nTekst.\n\n"
            for text in ("Eerst", "Dan", "Dan dit", "Dan dat")
        ]
        write(folder, {"source/waarom.rst": f"Waarom\n======\n\n{''.join(blocks)}"})
        record.write(folder, "v1.0")
        first, *between, last = blocks
        assert found(folder, f"Waarom\n======\n\n{''.join([last, *between, first])}") == []

    def test_one_that_became_two(self, folder: Path) -> None:
        """The second one is a note of the author's."""
        change = (
            "   Geef hier de redenen om samen te werken.",
            "   Om te besparen.\n\n.. guidance:: Voor Jan.",
        )
        (line,) = self.changed(folder, change)
        assert line.endswith("schrijf uw tekst eronder: Om te besparen.")

    def test_an_answer_within_the_fill_in(self, folder: Path) -> None:
        change = (
            "Welke ontwikkelingen in de maatschappij zijn voor uw gemeenten een *reden* om samen te werken?",
            "Wij doen het samen.",
        )
        assert self.changed(folder, change) == [
            "8: wordt niet afgedrukt zolang het een invulplaats is; haal de eerste regel en het inspringen weg: Wij doen het samen."
        ]
        phrase = self.changed(folder, ("noem het doel van de samenwerking", "besparen"))
        assert len(phrase) == 1
        assert "zolang het een invulplaats is" in phrase[0]
        assert not any("nog niet ingevuld: besparen" in line for line in report(folder).open())

    @pytest.mark.parametrize(
        ("answer", "is_left"),
        [
            ("Welke ontwikkelingen in de maatschappij zijn voor uw gemeenten een reden om samen te werken?", True),
            ("Welke ontwikkelingen in de\nmaatschappij zijn voor uw gemeenten een reden? Vele.", True),
            ("De ontwikkelingen in de maatschappij zijn voor de gemeenten een reden om samen te werken.", False),
            ("Welke ontwikkelingen in de maatschappij zijn er? Vele.", False),
            ("WELKE ONTWIKKELINGEN IN DE MAATSCHAPPIJ ZIJN VOOR UW GEMEENTEN EEN REDEN?", True),
        ],
    )  # fmt: skip
    def test_a_prompt_left_behind(self, folder: Path, answer: str, is_left: bool) -> None:
        prompt = TEMPLATE[TEMPLATE.index(".. fill-in::") : TEMPLATE.index("Doel\n")]
        lines = self.changed(folder, (prompt, f"{answer}\n\n"))
        assert [
            "8: de tekst van een invulplaats is blijven staan: Welke" in line for line in lines
        ] == [True] * is_left

    def test_a_phrase_left_behind(self, folder: Path) -> None:
        change = (
            ":fill-in:`noem het doel van de samenwerking`",
            "[noem het doel van de samenwerking]",
        )
        (line,) = self.changed(folder, change)
        assert line.endswith("blijven staan: noem het doel van de samenwerking")

    def test_without_a_record_guidance_is_the_authors(self, folder: Path) -> None:
        change = ("Geef hier de redenen om samen te werken.", "Wij werken samen.")
        for content in ("{", "[]", '{"asides": {"a": 3}}'):
            (folder / record.NAME).write_text(content)
            assert self.changed(folder, change) == []
        (folder / record.NAME).unlink()
        assert self.changed(folder, change) == []

    def test_in_the_final_profile_too(self, folder: Path) -> None:
        write(folder, {"source/waarom.rst": TEMPLATE.replace("het doel.", "hier het doel.")})
        app = run(Folders.of(folder, "proef"), "completeness", Profile.FINAL, "nl")
        kinds = [each["kind"] for each in app.builder.report.as_json()["findings"]]  # type: ignore[attr-defined]
        assert kinds == ["fill-in", "guidance-changed", "fill-in"]


def test_an_included_file_is_named(folder: Path) -> None:
    write(folder, {
        "source/waarom.rst": f"{CHAPTER}\n.. include:: deel.inc\n",
        "source/deel.inc": "Deel\n----\n\n.. fill-in:: Wat?\n\nNog een\n-------\n\n.. guidance:: Hoe?\n",
    })  # fmt: skip
    assert [line.strip() for line in report(folder).open()] == [
        "source/deel.inc:4: nog niet ingevuld: Wat?",
        "source/deel.inc:6: dit deel heeft geen tekst: Nog een",
    ]


def test_a_place_in_another_file_tells_of_no_section(folder: Path) -> None:
    write(folder, {
        "source/waarom.rst": "Waarom\n======\n\nLeeg\n----\n\nEinde\n-----\n\nx\n\n.. include:: deel.inc\n",
        "source/deel.inc": "Meer tekst,\nen nog meer.\n\nEn meer.\n\n.. fill-in:: Wat?\n",
    })  # fmt: skip
    assert report(folder).open() == [
        "source/deel.inc:6: nog niet ingevuld: Wat?",
        "source/waarom.rst:4: dit deel heeft geen tekst: Leeg",
    ]


def test_lines_of_git_that_were_left(folder: Path) -> None:
    conflict = "<<<<<<< HEAD\nOns doel.\n||||||| eerder\n>>>>>>> abc (Sjabloon)\n"
    write(folder, {
        "source/waarom.rst": f"{CHAPTER}\n.. guidance::\n\n   x\n\n{conflict}\n.. include:: deel.inc\n",
        "source/deel.inc": "<<<<<<< HEAD\n",
    })  # fmt: skip
    lines = report(folder).open()
    assert [line.split(": ")[0] for line in lines] == [
        "source/deel.inc:1", "source/waarom.rst:12", "source/waarom.rst:14", "source/waarom.rst:15",
    ]  # fmt: skip
    assert lines[1].endswith(
        "kies wat blijft, en haal de regels met <<<<<<<, ======= en >>>>>>> weg: <<<<<<< HEAD"
    )


@pytest.mark.parametrize(
    "text", ["<<<<<< zes", "<<<<<<<acht", "Een zin <<<<<<< HEAD", "Kop\n======="]
)
def test_what_is_no_line_of_git(folder: Path, text: str) -> None:
    write(folder, {"source/waarom.rst": f"{CHAPTER}\n{text}\n\nTekst.\n"})
    assert report(folder).is_complete


class TestTitlePage:
    def names(self, folder: Path, *changes: tuple[str, str]) -> list[str]:
        conf = functools.reduce(lambda text, change: text.replace(*change), changes, CONF)
        write(folder, {"conf.py": conf})
        return [line.split(" is nog niet ")[0] for line in report(folder).open()]

    def test_filled_in(self, folder: Path) -> None:
        assert self.names(folder) == []

    def test_empty(self, folder: Path) -> None:
        assert self.names(folder, ('"A. Schrijver"', '""')) == ["conf.py:2: author"]

    def test_still_the_templates(self, folder: Path) -> None:
        theirs = '{"author": "A. Schrijver", "bouwsteen_date": "2026-01-31", "bouwsteen_subtitle": "Een proef", "bouwsteen_mdto": {"archiefvormer": "Gemeente Aadorp"}}'
        assert self.names(
            folder, ('{"author": "Sjabloon", "bouwsteen_date": "2006-05-17"}', theirs)
        ) == [
            "conf.py:2: author",
            "conf.py:5: bouwsteen_date",
            "conf.py:4: bouwsteen_subtitle",
            "conf.py:7: bouwsteen_mdto: archiefvormer",
        ]

    def test_an_empty_subtitle_is_a_choice(self, folder: Path) -> None:
        theirs = '{"bouwsteen_subtitle": ""}'
        assert (
            self.names(
                folder,
                ('"Een proef"', '""'),
                ('{"author": "Sjabloon", "bouwsteen_date": "2006-05-17"}', theirs),
            )
            == []
        )

    def test_not_of_a_template(self, folder: Path) -> None:
        assert self.names(folder, ('"A. Schrijver"', '""'), ('"document"', '"template"')) == []


def test_json_and_exit_code_of_the_builder(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "completeness", "-c", ".", "source"]
    assert subprocess.run([*command, tmp_path / "out"], check=False).returncode == 0
    write(folder, {"source/waarom.rst": EVERYTHING})
    assert subprocess.run([*command, tmp_path / "out"], check=False).returncode == 1
    text = (tmp_path / "out" / "output.txt").read_text(encoding="utf-8")
    assert "source/waarom.rst:21: nog niet ingevuld: naam" in text
    content = json.loads((tmp_path / "out" / "output.json").read_text(encoding="utf-8"))
    assert {key: content[key] for key in ("complete", "open", "hints")} == {
        "complete": False, "open": 3, "hints": 2,
    }  # fmt: skip
    assert content["findings"][0] == {
        "file": "source/waarom.rst", "line": 8, "chapter": "1 Waarom", "level": "open",
        "kind": "fill-in", "text": "Waarom werken de gemeenten *samen*?",
    }  # fmt: skip


class TestFinal:
    """What a final build says, and what it refuses."""

    def test_the_count_and_where_to_look(self, folder: Path) -> None:
        write(folder, {"source/waarom.rst": EVERYTHING})
        notes = build(Edition("rinoh", Profile.FINAL, "nl"), folder).notes
        assert notes == [
            "Er staan nog 3 punten open. En 2 punten ter controle. Met make check ziet u waar."
        ]
        assert build(Edition("rinoh", Profile.DRAFT, "nl"), folder).notes == []

    def test_strict(self, folder: Path) -> None:
        edition = Edition("rinoh", Profile.FINAL, "nl")
        complete = build(edition, folder, strict=True)
        assert complete.pdf.exists()
        write(folder, {"source/waarom.rst": EVERYTHING})
        with pytest.raises(BuildError) as caught:
            build(edition, folder, strict=True)
        assert str(caught.value).splitlines() == [
            "source/waarom.rst:8: nog niet ingevuld: Waarom werken de gemeenten *samen*?",
            "source/waarom.rst:13: dit deel heeft geen tekst: Leeg",
            "source/waarom.rst:21: nog niet ingevuld: naam",
            "Er staan nog 3 punten open. En 2 punten ter controle.",
        ]
        assert not complete.pdf.exists()
        assert build(Edition("rinoh", Profile.DRAFT, "nl"), folder, strict=True).pdf.exists()
        write(folder, {"source/waarom.rst": CHAPTER})
        assert build(edition, folder, strict=True).pdf.exists()

    def test_the_command(self, folder: Path) -> None:
        write(folder, {"source/waarom.rst": EVERYTHING})
        result = bouwsteen(folder, "build", "--profile", "final", "--strict")
        assert result.returncode == 1
        assert result.stdout == ""
        assert len(result.stderr.splitlines()) == 4


class TestCheck:
    """All the checks in one command."""

    def test_complete(self, folder: Path) -> None:
        result = bouwsteen(folder, "check")
        assert (result.returncode, result.stdout) == (0, "Het document is volledig.\n")

    def test_everything_at_once(self, folder: Path) -> None:
        conf = CONF + 'bouwsteen_complete_languages = ["de"]\n'
        write(folder, {
            "conf.py": conf,
            "source/waarom.rst": EVERYTHING.replace("Hier hoort tekst.", "Hier hoort tekst. "),
            "locale/de/LC_MESSAGES/index.po": (
                'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
            ),
        })  # fmt: skip
        result = bouwsteen(folder, "check")
        assert result.returncode == 1
        slips, catalogues, *_chapters, summary = result.stdout.strip().split("\n\n")
        assert slips.splitlines() == [
            "Opmaak van de tekst",
            "  source/waarom.rst:16: aan het eind van de regel staan spaties: haal die weg",
        ]
        assert catalogues.splitlines()[0] == "Vertalingen"
        assert "locale/de/LC_MESSAGES/waarom.po:1: deze catalogus is er nog niet" in catalogues
        assert summary == "Er staan nog 3 punten open. En 2 punten ter controle."
        as_json = bouwsteen(folder, "check", "--json")
        content = json.loads(as_json.stdout)
        assert as_json.returncode == 1
        assert content["passed"] is content["complete"] is False
        assert content["slips"] == [slips.splitlines()[1].strip()]
        assert content["catalogues"]
        assert content["links"] is None

    def test_a_slip_alone_fails(self, folder: Path) -> None:
        write(folder, {"source/waarom.rst": CHAPTER.rstrip("\n")})
        result = bouwsteen(folder, "check")
        assert result.returncode == 1
        assert result.stdout.splitlines()[1].startswith(
            "  source/waarom.rst:6: de laatste regel van"
        )

    def test_of_a_document_only_the_languages_that_it_comes_in(self, folder: Path) -> None:
        header = (
            'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        )
        gone = f'{header}\nmsgid "Weg"\nmsgstr "Fort"\n'
        write(folder, {"locale/de/LC_MESSAGES/waarom.po": gone})
        assert bouwsteen(folder, "check").returncode == 0
        write(folder, {"conf.py": CONF.replace('"document"', '"template"')})
        result = bouwsteen(folder, "check")
        assert result.returncode == 1
        assert "Vertalingen\n  locale/de" in result.stdout

    def test_a_template_is_not_complete_and_passes(self, folder: Path) -> None:
        write(folder, {
            "conf.py": CONF.replace('"document"', '"template"'),
            "source/waarom.rst": f"{EVERYTHING}\nBoven\n-----\n\nOnder\n~~~~~\n\nTekst.\n",
        })  # fmt: skip
        result = bouwsteen(folder, "check")
        assert result.returncode == 0
        assert result.stdout.splitlines()[-1] == "Een sjabloon, met 3 plaatsen om in te vullen."
        assert "moet hier nog iets gebeuren?" in result.stdout
        assert "waarom.rst:8: nog niet ingevuld" in result.stdout
        assert "tussen deze kop en de volgende" not in result.stdout

    def test_a_mistake_in_the_text_is_said_with_its_line(self, folder: Path) -> None:
        write(folder, {"source/waarom.rst": f"{CHAPTER}\n:ref:`nergens`\n"})
        result = bouwsteen(folder, "check")
        assert result.returncode == 1
        assert "source/waarom.rst:8: " in result.stderr


def test_a_folder_that_is_elsewhere(folder: Path) -> None:
    """Given by a relative path, and named by it, in findings and in warnings."""
    assert bouwsteen(folder.parent, "check", "--root", folder.name).returncode == 0
    write(folder, {"source/waarom.rst": EVERYTHING})
    result = bouwsteen(folder.parent, "check", "--root", folder.name)
    assert "  document/source/waarom.rst:21: nog niet ingevuld: naam" in result.stdout.splitlines()
    write(folder, {"source/waarom.rst": f"{CHAPTER}\n:ref:`nergens`\n"})
    result = bouwsteen(folder.parent, "build", "--root", folder.name)
    assert result.stderr.startswith("document/source/waarom.rst:8: WARNING: ")


@pytest.mark.parametrize("command", ["build", "check", "html"])
def test_a_quote_that_is_missing_in_conf_py(folder: Path, command: str) -> None:
    write(folder, {"conf.py": CONF.replace('"A. Schrijver"', '"A. Schrijver')})
    result = bouwsteen(folder, command)
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(
        "conf.py:2: deze regel, of die erboven, klopt niet: ontbreekt er een aanh"
    )


@pytest.fixture
def server() -> Iterator[str]:
    """A web server with one page."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(200 if self.path == "/goed" else 404)
            self.end_headers()

        do_GET = do_HEAD  # noqa: N815  # the name that the library looks for

        def log_message(self, *_arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_links_are_tried_when_asked(folder: Path, server: str) -> None:
    text = f"{CHAPTER}\nZie {server}/goed en {server}/fout.\n"
    write(folder, {"source/waarom.rst": text})
    assert bouwsteen(folder, "check").returncode == 0
    result = bouwsteen(folder, "check", "--online")
    assert result.returncode == 1
    title, line = result.stdout.split("\n\n")[0].splitlines()
    assert title == "Links"
    assert line.startswith(f"  source/waarom.rst:8: deze link werkt niet: {server}/fout (404")
    write(folder, {"source/waarom.rst": text.replace("fout", "goed")})
    assert bouwsteen(folder, "check", "--online").returncode == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een regel\tmet een tab.\n", "hier staat een tab: gebruik spaties"),
        ("strategie-\nen beleid\n", "een streepje aan het eind van een regel wordt"),
        (":ref:`waarom``\n", "in een rol staat een accent grave te veel"),
        ("... note:: x\n", "een directief begint met twee punten, niet met drie"),
        ("``letterlijk``tekst\n", "na ``…`` ontbreekt een spatie"),
        ("Zie `link<http://a.nl>`_\n", "voor de < in een link ontbreekt een spatie"),
    ],
)
def test_slips_are_said_in_dutch(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "a.rst").write_text(text, encoding="utf-8")
    assert any(f"a.rst:1: {expected}" in line for line in lint.findings(tmp_path, "nl"))


def test_every_check_of_the_library_has_its_message() -> None:
    checks_there_are = {
        name for name, each in all_checkers.items() if {".rst"} & set(each.suffixes)
    } - lint.LEFT_OUT
    assert checks_there_are == set(lint.MESSAGES)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.rst").write_bytes(b"caf\xe9\n")
    (line,) = lint.findings(tmp_path, "nl")
    assert line.endswith("a.rst: dit bestand is geen UTF-8: sla het op als UTF-8")
