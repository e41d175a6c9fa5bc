# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Catalogues as a translator and a maintainer work on them: update, count, check."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import click.testing
import pytest

from bouwsteen import languages
from bouwsteen.catalogues import files, structure
from bouwsteen.cli import main
from tests.conftest import CONF, REPOSITORY, Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import polib

INDEX = """
|title|
=======

.. toctree::
   :numbered:

   deel
"""
CHAPTER = """
.. _deel:

Een deel
========

De raad van :fill-in:`gemeente` kiest zoals in :ref:`deel`, met ``code`` en |version|.

.. guidance::

   Leg uit waarom de raad dat doet, en noem {aantal} redenen.

- eerste punt
- tweede punt

.. fill-in:: Wat kiest de raad?
"""
GERMAN = {
    "index": {"Proef": "Probe", "Een proef": "Eine Probe"},
    "deel": {
        "Een deel": "Ein Teil",
        "De raad van :fill-in:`gemeente` kiest zoals in :ref:`deel`, met ``code`` en |version|.": (
            "Der Rat von :fill-in:`Gemeinde` wählt mit |version| und ``code`` wie in :ref:`deel`."
        ),
        "Leg uit waarom de raad dat doet, en noem {aantal} redenen.": (
            "Erklären Sie, warum der Rat das tut, und nennen Sie {aantal} Gründe."
        ),
        "eerste punt": "erster Punkt",
        "tweede punt": "zweiter Punkt",
        "Wat kiest de raad?": "Was wählt der Rat?",
    },
}
SENTENCE = "De raad van :fill-in:`gemeente`"


class Document:
    """A document in a folder of its own, and the command on it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "source").mkdir(parents=True)
        (root / "conf.py").write_text(
            f'{CONF}locale_dirs = ["../locale"]\nbouwsteen_complete_languages = ["de"]\n'
        )
        self.write("index", INDEX)
        self.write("deel", CHAPTER)

    def write(self, name: str, text: str) -> None:
        (self.root / "source" / f"{name}.rst").write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> click.testing.Result:
        return click.testing.CliRunner().invoke(main, [*arguments, "--root", str(self.root)])

    def update(self, *codes: str) -> list[str]:
        result = self.run("update-po", *(f"--language={code}" for code in codes))
        assert result.exit_code == 0, result.output
        return result.stdout.splitlines()

    def findings(self) -> list[str]:
        """What check-po says, each line without the folder."""
        result = self.run("check-po")
        lines = result.stderr.splitlines()
        assert result.exit_code == (1 if lines else 0), result.output
        return [re.sub(r"^\S*/(?=de/LC_MESSAGES)", "", line) for line in lines]

    def path(self, domain: str, language: str = "de") -> Path:
        return files.folder(self.root / "locale", language) / f"{domain}.po"

    def read(self, domain: str = "deel", language: str = "de") -> polib.POFile:
        return files.read(self.path(domain, language))

    def entry(self, message: str, domain: str = "deel", language: str = "de") -> polib.POEntry:
        (found,) = [e for e in self.read(domain, language) if e.msgid.startswith(message)]
        return found

    def edit(
        self, message: str, domain: str = "deel", language: str = "de", **values: object
    ) -> None:
        """Change a message, as a translator does in an editor."""
        catalogue = self.read(domain, language)
        (entry,) = [e for e in catalogue if e.msgid.startswith(message)]
        for name, value in values.items():
            setattr(entry, name, value)
        files.write(self.path(domain, language), catalogue)

    def replace(self, old: str, new: str, domain: str = "deel") -> None:
        path = self.path(domain)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


@pytest.fixture
def untranslated(tmp_path: Path) -> Document:
    return Document(tmp_path / "document")


@pytest.fixture
def document(untranslated: Document) -> Document:
    """Translated into German, completely."""
    untranslated.update("de")
    for domain, messages in GERMAN.items():
        for source, translation in messages.items():
            untranslated.edit(source, domain, msgstr=translation)
    return untranslated


def test_a_catalogue_that_is_only_read_is_read_again_when_it_changed(document: Document) -> None:
    path = document.path("deel")
    first = files.read_only(path)
    assert files.read_only(path) is first
    assert files.read(path) is not first
    document.replace(first[-1].msgstr, "Kanarie")
    assert files.read_only(path)[-1].msgstr == "Kanarie"


class TestUpdate:
    def test_starting_a_language(self, untranslated: Document) -> None:
        lines = untranslated.update("de")
        assert [line.rpartition("/")[2] for line in lines] == [
            "deel.po: begonnen", "index.po: begonnen",
        ]  # fmt: skip
        catalogue = untranslated.read()
        assert [entry.msgid for entry in catalogue] == list(GERMAN["deel"])
        assert not any(entry.msgstr or entry.flags for entry in catalogue)
        assert [entry.msgid for entry in untranslated.read("index")] == list(GERMAN["index"])

    def test_the_header(self, untranslated: Document, monkeypatch: pytest.MonkeyPatch) -> None:
        """What Weblate and Poedit look for, after the GNU gettext manual."""
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
        untranslated.update("pl")
        assert (
            untranslated.path("deel", "pl")
            .read_text()
            .startswith("# Polish translation of proef\n")
        )
        assert untranslated.read("deel", "pl").metadata == {
            "Project-Id-Version": "proef",
            "Report-Msgid-Bugs-To": "",
            "POT-Creation-Date": "1970-01-01 00:00+0000",
            "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
            "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
            "Language-Team": "Polish",
            "Language": "pl",
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": languages.plural_forms("pl"),
        }

    def test_a_translator_sees_what_a_message_is(self, untranslated: Document) -> None:
        untranslated.update("de")
        comments = {entry.msgid: entry.comment for entry in untranslated.read()}
        assert list(comments.values()) == ["heading", "", "guidance", "", "", "fill-in"]
        assert [e.comment for e in untranslated.read("index")] == ["title page"] * 2
        assert {tuple(e.occurrences) for e in untranslated.read()} == {(("source/deel.rst", ""),)}

    def test_a_second_run_changes_nothing(
        self, document: Document, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        document.update()
        before = {path: path.read_bytes() for path in document.root.rglob("*.po")}
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
        assert document.update() == ["Alles was al bijgewerkt."]
        assert {path: path.read_bytes() for path in document.root.rglob("*.po")} == before

    def test_lines_that_shift_change_nothing(self, document: Document) -> None:
        before = document.path("deel").read_bytes()
        document.write(
            "deel", "\n.. een opmerking\n\n\n" + CHAPTER.replace("met ``code``", "met\n``code``")
        )
        assert document.update() == ["Alles was al bijgewerkt."]
        assert document.path("deel").read_bytes() == before

    def test_another_program_may_wrap_as_it_likes(self, document: Document) -> None:
        catalogue = document.read()
        catalogue.wrapwidth = 40
        catalogue.metadata["X-Generator"] = "Weblate 5.9"
        files.write(document.path("deel"), catalogue)
        before = document.path("deel").read_bytes()
        assert document.update() == ["Alles was al bijgewerkt."]
        assert document.path("deel").read_bytes() == before

    def test_a_changed_message_is_a_proposal(self, document: Document) -> None:
        document.write("deel", CHAPTER.replace("Wat kiest de raad?", "Wat kiest de hele raad?"))
        (line,) = document.update()
        assert line.endswith("deel.po: 1 nieuw, 1 vervallen")
        entry = document.entry("Wat kiest de hele raad?")
        assert (entry.msgstr, entry.flags) == ("Was wählt der Rat?", ["fuzzy"])
        assert entry.previous_msgid == "Wat kiest de raad?"
        assert document.update() == ["Alles was al bijgewerkt."]

    def test_a_text_that_comes_back_is_translated(self, document: Document) -> None:
        document.write("deel", CHAPTER.replace("- tweede punt\n", ""))
        document.update()
        entry = document.entry("tweede punt")
        assert entry.obsolete
        assert (
            '#~ msgid "tweede punt"\n#~ msgstr "zweiter Punkt"\n'
            in document.path("deel").read_text()
        )
        document.write("deel", CHAPTER)
        document.update()
        entry = document.entry("tweede punt")
        assert (entry.msgstr, entry.flags, bool(entry.obsolete)) == ("zweiter Punkt", [], False)

    def test_an_edit_taken_back(self, document: Document) -> None:
        """The translation served as a proposal meanwhile, and is not lost by that."""
        for text in (CHAPTER.replace("eerste punt", "het eerste punt"), CHAPTER):
            document.write("deel", text)
            document.update()
        entry = document.entry("eerste punt")
        assert (entry.msgstr, entry.flags) == ("erster Punkt", [])

    def test_a_proposal_comes_back_as_a_proposal(self, document: Document) -> None:
        document.edit("tweede punt", flags=["fuzzy"], tcomment="Zeker?")
        for text in (CHAPTER.replace("- tweede punt\n", ""), CHAPTER):
            document.write("deel", text)
            document.update()
        entry = document.entry("tweede punt")
        assert (entry.msgstr, entry.flags, entry.tcomment) == ("zweiter Punkt", ["fuzzy"], "Zeker?")

    def test_a_text_that_moves_to_another_chapter(self, document: Document) -> None:
        document.write("deel", CHAPTER.replace("- tweede punt\n", ""))
        document.write("index", f"{INDEX}   ander\n")
        document.write("ander", "Ander\n=====\n\ntweede punt\n")
        document.update()
        entry = document.entry("tweede punt", "ander")
        assert (entry.msgstr, entry.flags) == ("zweiter Punkt", [])

    def test_of_two_translations_the_better_one_is_taken_over(self, document: Document) -> None:
        document.write("index", f"{INDEX}   zo\n")
        document.write("zo", "Zo\n=====\n\neerste punt\n")
        document.update()
        document.edit("eerste punt", flags=["fuzzy"], msgstr="Punkt?")
        document.edit("eerste punt", "zo", msgstr="Punkt eins")
        document.write("index", f"{INDEX}   zo\n   zus\n")
        document.write("zus", "Zus\n=====\n\neerste punt\n")
        document.update()
        entry = document.entry("eerste punt", "zus")
        assert (entry.msgstr, entry.flags) == ("Punkt eins", [])
        assert document.entry("eerste punt").msgstr == "Punkt?"

    def test_a_chapter_that_goes_and_comes_back(self, document: Document) -> None:
        before = document.path("deel").read_bytes()
        (document.root / "source/deel.rst").unlink()
        document.write("index", "|title|\n=======\n")
        document.update()
        assert all(entry.obsolete for entry in document.read())
        assert document.findings() == []
        document.write("index", INDEX)
        document.write("deel", CHAPTER)
        document.update()
        date = rb'"POT-Creation-Date: .*\n'
        assert re.sub(date, b"", document.path("deel").read_bytes()) == re.sub(date, b"", before)

    def test_labels_of_a_language_that_the_package_lacks(self, document: Document) -> None:
        document.update("fy")
        label = document.entry("Guidance", "bouwsteen-labels", "fy")
        assert label.comment == "in the document; Dutch: Toelichting"
        assert not document.path("bouwsteen-labels").exists()

    def test_a_broken_catalogue_is_left_alone(self, document: Document) -> None:
        document.replace('msgstr "erster Punkt"', 'msgstr "erster Punkt')
        before = {path: path.read_bytes() for path in document.root.rglob("*.po")}
        document.write("deel", CHAPTER + "\nNog iets.\n")
        result = document.run("update-po")
        assert result.exit_code == 1
        assert re.search(r"deel\.po:\d+: .", result.stderr)
        assert {path: path.read_bytes() for path in document.root.rglob("*.po")} == before

    @pytest.mark.parametrize(
        ("code", "message"),
        [("qq", '"qq" is geen code van een taal.'), ("../x", '"../x" is geen code van een taal.'),
         ("nl", '"nl" is de taal van het origineel.')],
    )  # fmt: skip
    def test_no_such_language(self, code: str, message: str, document: Document) -> None:
        result = document.run("update-po", "--language", "fr", "--language", code)
        assert (result.exit_code, result.stderr) == (1, f"{message}\n")
        assert not document.path("deel", "fr").exists()

    def test_sphinx_intl_agrees(self, document: Document, tmp_path: Path) -> None:
        """Whoever knows it may use it on the same folders."""
        shutil.copytree(document.root / "locale", tmp_path / "locale")
        result = subprocess.run(
            [sys.executable, "-m", "sphinx_intl", "-c", document.root / "conf.py", "update",
             "-l", "de", "-p", document.root / "build/gettext", "-d", tmp_path / "locale"],
            capture_output=True, text=True, check=True, cwd=tmp_path,
        )  # fmt: skip
        assert result.stdout.count("Not Changed") == 2


class TestStats:
    def stats(self, document: Document) -> dict[str, dict[str, dict[str, int]]]:
        result = document.run("stats", "--json")
        assert result.exit_code == 0
        counts: dict[str, dict[str, dict[str, int]]] = json.loads(result.stdout)
        return counts

    def test_counts(self, document: Document) -> None:
        document.edit("Wat kiest", flags=["fuzzy"])
        document.edit("eerste punt", msgstr="")
        document.edit("tweede punt", msgstr="", flags=["fuzzy"])
        assert self.stats(document) == {
            "de": {
                "all": {"translated": 5, "fuzzy": 1, "untranslated": 2, "total": 8},
                "guidance": {"translated": 1, "fuzzy": 1, "untranslated": 0, "total": 2},
                "body": {"translated": 4, "fuzzy": 0, "untranslated": 2, "total": 6},
            }
        }

    def test_what_counts_are_the_messages_of_the_source(self, document: Document) -> None:
        """Not those of a catalogue that is out of date."""
        document.write("deel", CHAPTER.replace("- tweede punt\n", "- derde punt\n- vierde punt\n"))
        counts = self.stats(document)["de"]["all"]
        assert counts == {"translated": 7, "fuzzy": 0, "untranslated": 2, "total": 9}

    def test_a_text_that_came_back_counts_when_it_is_taken_up(self, document: Document) -> None:
        document.write("deel", CHAPTER.replace("- tweede punt\n", ""))
        document.update()
        document.write("deel", CHAPTER)
        assert self.stats(document)["de"]["all"]["untranslated"] == 1
        document.update()
        assert self.stats(document)["de"]["all"]["untranslated"] == 0

    def test_a_text_in_guidance_and_in_the_body_is_of_the_body(self, document: Document) -> None:
        document.write("deel", CHAPTER + "\n.. guidance:: eerste punt\n")
        counts = self.stats(document)["de"]
        assert counts["guidance"]["total"] == 2
        assert counts["body"]["total"] == 6

    def test_bars(self, document: Document) -> None:
        document.edit("Wat kiest", flags=["fuzzy"])
        document.edit("eerste punt", msgstr="")
        result = document.run("stats")
        heading, de, guidance, body = (line.split() for line in result.stdout.splitlines())
        assert heading == ["taal", "vertaald", "fuzzy", "onvertaald", "totaal"]
        assert de == ["de", "███████████████▒▒░░░", "6", "1", "1", "8"]
        assert guidance == ["toelichting", "██████████▒▒▒▒▒▒▒▒▒▒", "1", "1", "0", "2"]
        assert body == ["tekst", "████████████████░░░░", "5", "0", "1", "6"]


SPOILT: dict[str, tuple[Callable[[Document], object], str]] = {
    "fuzzy": (
        lambda d: d.edit("eerste punt", flags=["fuzzy"]),
        r'deel\.po:\d+: msgid "eerste punt": is fuzzy: ',
    ),
    "untranslated": (
        lambda d: d.edit("eerste punt", msgstr=""),
        r'deel\.po:\d+: msgid "eerste punt": is niet vertaald',
    ),
    "blank": (
        lambda d: d.edit("eerste punt", msgstr=" "),
        r'deel\.po:\d+: msgid "eerste punt": is niet (vertaald|één lopende tekst)',
    ),
    "not updated": (
        lambda d: d.write("deel", CHAPTER + "\nNog iets.\n"),
        r'deel\.po:1: msgid "Nog iets\.": staat niet in de catalogus',
    ),
    "gone from the source": (
        lambda d: d.write("deel", CHAPTER.replace("- tweede punt\n", "")),
        r'deel\.po:\d+: msgid "tweede punt": staat niet meer in het origineel',
    ),
    "no catalogue": (
        lambda d: d.path("deel").unlink(),
        r"deel\.po:1: deze catalogus is er nog niet",
    ),
    "no chapter": (
        lambda d: shutil.copy(d.path("deel"), d.path("weg")),
        r"weg\.po:1: dit hoofdstuk is er niet",
    ),
    "other file": (
        lambda d: d.path("deel").with_suffix(".txt").write_text("x"),
        r"deel\.txt:1: geen catalogus",
    ),
    "role dropped": (
        lambda d: d.edit(SENTENCE, msgstr="Der Rat wählt mit |version| und ``code`` wie in :ref:`deel`."),
        r'deel\.po:\d+: msgid "De raad van .*": mist :fill-in:',
    ),
    "role added": (
        lambda d: d.edit("eerste punt", msgstr=":fill-in:`erster` Punkt"),
        r'deel\.po:\d+: msgid "eerste punt": heeft te veel: :fill-in:',
    ),
    "reference": (
        lambda d: d.replace(':ref:`deel`."\n\n', ':ref:`teil`."\n\n', "deel"),
        r"deel\.po:\d+: msgid .*: (mist :ref:`deel`|heeft te veel: :ref:`teil`)",
    ),
    "literal": (
        lambda d: d.edit(SENTENCE, msgstr=GERMAN["deel"][d.entry(SENTENCE).msgid].replace("``code``", "Code")),
        r"deel\.po:\d+: msgid .*: mist ``code``",
    ),
    "substitution": (
        lambda d: d.edit(SENTENCE, msgstr=GERMAN["deel"][d.entry(SENTENCE).msgid].replace("|version|", "1.0")),
        r"deel\.po:\d+: msgid .*: mist \|version\|",
    ),
    "link": (
        lambda d: d.edit("eerste punt", msgstr="erster https://example.org"),
        r'deel\.po:\d+: msgid "eerste punt": heeft te veel: https://example\.org',
    ),
    "kind": (
        lambda d: d.edit("eerste punt", msgstr="- erster Punkt"),
        r'deel\.po:\d+: msgid "eerste punt": is niet één lopende tekst',
    ),
    "directive": (
        lambda d: d.edit("eerste punt", msgstr=".. include:: /etc/passwd"),
        r'deel\.po:\d+: msgid "eerste punt": is niet één lopende tekst',
    ),
    "placeholders": (
        lambda d: d.edit("Leg uit", msgstr="Erklären Sie, warum der Rat das tut."),
        r'deel\.po:\d+: msgid "Leg uit.*": heeft andere plaatshouders',
    ),
    "trailing blank": (
        lambda d: d.edit("eerste punt", msgstr="erster Punkt "),
        r'deel\.po:\d+: msgid "eerste punt": begint of eindigt met een spatie',
    ),
    "leading blank": (
        lambda d: d.edit("Een deel", msgstr="\u00a0Ein Teil"),
        r'deel\.po:\d+: msgid "Een deel": begint of eindigt met een spatie',
    ),
    "mixed line endings": (
        lambda d: d.replace('msgstr "erster Punkt"\n', 'msgstr "erster Punkt"\r\n'),
        r"deel\.po:\d+: regels eindigen op verschillende manieren",
    ),
    "byte order mark": (
        lambda d: d.path("deel").write_bytes(b"\xef\xbb\xbf" + d.path("deel").read_bytes()),
        r"deel\.po:1: begint met een byte order mark",
    ),
    "invalid UTF-8": (
        lambda d: d.path("deel").write_bytes(d.path("deel").read_bytes().replace(b"\xc3\xa4", b"\xe4")),
        r"deel\.po:\d+: is niet in UTF-8: byte 0xE4",
    ),
    "syntax": (
        lambda d: d.replace('msgstr "erster Punkt"', 'msgstr "erster Punkt'),
        r"deel\.po:\d+: is niet wat daar in een catalogus kan staan",
    ),
    "no msgstr": (
        lambda d: d.replace('msgstr "erster Punkt"\n', ""),
        r"deel\.po:\d+: is niet te lezen: missing msgstr for msgid 'eerste punt'",
    ),
    "no header": (
        lambda d: d.path("deel").write_text('msgid "Een deel"\nmsgstr "Ein Teil"\n'),
        r"deel\.po:1: in de kop ontbreekt Project-Id-Version, .*Plural-Forms",
    ),
    "no plural forms": (
        lambda d: d.replace('"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n', ""),
        r"deel\.po:1: in de kop ontbreekt Plural-Forms",
    ),
    "other plural forms": (
        lambda d: d.replace("nplurals=2", "nplurals=3"),
        r'deel\.po:1: de kop zegt Plural-Forms "nplurals=3',
    ),
    "other language": (
        lambda d: d.replace("Language: de", "Language: fr"),
        r'deel\.po:1: de kop zegt Language "fr"',
    ),
    "other encoding": (
        lambda d: d.replace("charset=UTF-8", "charset=ISO-8859-1"),
        r'deel\.po:1: de kop zegt Content-Type "text/plain; charset=ISO-8859-1"',
    ),
    "fuzzy header": (
        lambda d: d.path("deel").write_text("#, fuzzy\n" + d.path("deel").read_text().partition("\n")[2]),
        r"deel\.po:1: de kop is als fuzzy gemarkeerd",
    ),
    "twice": (
        lambda d: d.path("deel").open("a").write('\nmsgid "eerste punt"\nmsgstr "Punkt eins"\n'),
        r'deel\.po:\d+: msgid "eerste punt": staat er twee keer',
    ),
    "context": (
        lambda d: d.edit("eerste punt", msgctxt="lijst"),
        r'deel\.po:\d+: msgid "eerste punt": heeft een context of een meervoud',
    ),
}  # fmt: skip


class TestCheck:
    def test_all_is_well(self, document: Document) -> None:
        result = document.run("check-po")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == "De vertalingen zijn in orde: de.\n"

    @pytest.mark.parametrize("name", SPOILT)
    def test_what_is_wrong_is_found(self, name: str, document: Document) -> None:
        spoil, expected = SPOILT[name]
        spoil(document)
        findings = document.findings()
        assert any(re.fullmatch(rf"de/LC_MESSAGES/{expected}.*", line) for line in findings), (
            findings
        )

    def test_the_line_is_that_of_the_message(self, document: Document) -> None:
        document.edit("tweede punt", msgstr="")
        (finding,) = document.findings()
        line = int(finding.split(":")[1])
        lines = document.path("deel").read_text().splitlines()
        message = next(n for n in range(line, line + 4) if lines[n - 1] == 'msgid "tweede punt"')
        assert lines[line - 2] == ""
        assert message - line <= 2

    def test_a_language_that_is_not_complete_may_lack_messages(self, document: Document) -> None:
        document.update("fr")
        assert document.findings() == []

    def test_but_what_it_has_must_be_right(self, document: Document) -> None:
        document.update("fr")
        document.edit("eerste punt", language="fr", msgstr="- un")
        (finding,) = document.findings()
        assert "fr/LC_MESSAGES/deel.po:" in finding

    def test_a_language_that_is_not_there(self, document: Document) -> None:
        result = document.run("check-po", "--language", "fy")
        assert (result.exit_code, result.stderr) == (1, 'De taal "fy" is er niet. Wel: nl, de.\n')

    @pytest.mark.parametrize(
        "label",
        [
            "ferzje {version.__class__}",
            "ferzje {version} {version.__class__}",
            "ferzje {version:>1000000000}",
            "ferzje {version} {",
            "ferzje {version} 100%",
            "ferzje {0}",
        ],
    )
    def test_labels(self, label: str, document: Document) -> None:
        document.update("fy")
        document.edit("version {version}", "bouwsteen-labels", "fy", msgstr=label)
        build = document.run("build", "--language", "fy")
        assert build.exit_code == 1
        assert re.match(r"\S+bouwsteen-labels\.po:\d+: .*plaatshouders", build.stderr)
        result = document.run("check-po", "--language", "fy")
        assert result.exit_code == 1
        assert re.search(
            r"bouwsteen-labels\.po:\d+: .*version \{version\}.* plaatshouders", result.stderr
        )

    def test_what_was_found_before_the_document_cannot_be_built(self, document: Document) -> None:
        document.edit("eerste punt", msgstr="")
        document.edit("Proef", "index", msgstr="Proef\x07")
        lines = document.run("check-po").stderr.splitlines()
        assert "eerste punt" in lines[0]
        assert "Proef" in lines[-1]

    def test_another_structure(self) -> None:
        source = {"deel": {"numbers": ["1"], "list items": ["2"]}}
        other = {"deel": {"numbers": ["1"], "list items": ["1", "1"]}}
        assert structure.differences(source, source) == []
        assert structure.differences(source, other) == [
            structure.Difference("deel", "list items", "2", "1 1")
        ]

    def test_the_order_of_phrases_in_a_sentence_is_free(self, document: Document) -> None:
        document.write("deel", f"{CHAPTER}\nDe :guidance:`kies` raad van :fill-in:`wie`.\n")
        document.update()
        translation = ":fill-in:`Wessen` Rat, :guidance:`wählen Sie`."
        document.edit("De :guidance:", msgstr=translation)
        assert document.findings() == []

    def test_what_an_editor_leaves_is_no_finding(self, document: Document) -> None:
        for name in ("deel.po~", ".deel.po.swp"):
            shutil.copy(document.path("deel"), document.path("deel").with_name(name))
        assert document.findings() == []

    def test_structures_are_compared(
        self, document: Document, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """If a translation gets through that should not, the built document tells."""
        from bouwsteen.catalogues import vetting  # noqa: PLC0415

        document.edit(SENTENCE, msgstr="Der Rat wählt.")
        monkeypatch.setattr(vetting, "refusals", lambda *_, **__: [])
        findings = document.findings()
        assert findings == [
            (
                "de: deel heeft andere invulplaatsen en toelichtingen: fill-in block guidance block "
                "in plaats van fill-in block guidance block fill-in phrase"
            ),
            "de: deel heeft andere verwijzingen: 0 in plaats van 1",
        ]


def test_catalogues_of_a_folder_of_chapters(project: Project) -> None:
    """Sphinx's own default, ``gettext_compact``: a catalogue for whatever is in a folder."""
    project.write(
        {
            "map/index.rst": "|title|\n=======\n\n.. toctree::\n\n   deel\n",
            "map/deel.rst": "Deel\n====\n\n.. guidance:: Uitleg.\n",
        }
    )
    settings: dict[str, Any] = {"root_doc": "map/index", "gettext_compact": True}
    template = files.read(project.build("gettext", **settings).ok().out / "map.pot")
    assert {entry.msgid: entry.comment for entry in template} == {
        "Proef": "title page", "Een proef": "title page", "Deel": "heading", "Uitleg.": "guidance",
    }  # fmt: skip
    project.translate(
        "de", {"map": {"Proef": "Probe", "Een proef": "-", "Deel": "Teil", "Uitleg.": "Hinweis."}}
    )
    built = project.build("text", language="de", locale_dirs=["locale"], **settings).ok()
    page = (built.out / "map/deel.txt").read_text(encoding="utf-8")
    assert "Teil" in page
    assert "Hinweis." in page
    assert "nicht" not in built.status


class TestBuild:
    """What a reader and an officer get."""

    def build(self, document: Document, language: str, profile: str) -> str:
        shutil.copytree(REPOSITORY / "theme", document.root / "theme", dirs_exist_ok=True)
        with (document.root / "conf.py").open("a") as conf:
            conf.write(
                'bouwsteen_rinoh_template = "theme/rinoh/report.rtt"\n'
                'bouwsteen_latex_style = "theme/latex/report.sty"\n'
            )
        result = document.run("build", "--language", language, "--profile", profile)
        assert result.exit_code == 0, result.output
        return result.stdout

    def text(self, document: Document, language: str, profile: str) -> str:
        from tests.pdf import text_of  # noqa: PLC0415

        path = document.root / f"build/rinoh/{profile}/proef-{language}.pdf"
        return " ".join(text_of(path).split())

    def test_complete(self, document: Document) -> None:
        output = self.build(document, "de", "final")
        assert "niet vertaald" not in output
        assert "nicht übersetzt" not in output
        text = self.text(document, "de", "final")
        assert "Der Rat von wählt mit 1.0 und code wie in Ein Teil." in text
        assert "Probe" in text
        assert "Verfasser A. Schrijver" in text

    def test_what_is_missing_is_shown_in_dutch_and_counted(self, document: Document) -> None:
        document.edit("eerste punt", msgstr="")
        document.edit("tweede punt", flags=["fuzzy"])
        document.edit("Leg uit", msgstr="")  # not part of a final document
        document.edit("Een proef", "index", msgstr="")
        assert "3 Texte sind nicht übersetzt.\n" in self.build(document, "de", "final")
        text = self.text(document, "de", "final")
        assert "• eerste punt • tweede punt" in text
        assert "Een proef" in text
        assert "4 Texte sind nicht übersetzt.\n" in self.build(document, "de", "draft")

    def test_nothing_is_missing_in_the_source(self, document: Document) -> None:
        assert "vertaald" not in self.build(document, "nl", "final")

    def test_a_catalogue_that_changes_is_read_again(self, document: Document) -> None:
        self.build(document, "de", "draft")
        document.edit("eerste punt", msgstr="der erste Punkt")
        self.build(document, "de", "draft")
        assert "• der erste Punkt" in self.text(document, "de", "draft")

    def test_a_catalogue_that_is_new_is_read(self, document: Document, tmp_path: Path) -> None:
        away = tmp_path / "deel.po"
        document.path("deel").rename(away)
        assert "6 Texte sind nicht" in self.build(document, "de", "draft")
        away.rename(document.path("deel"))
        assert "nicht übersetzt" not in self.build(document, "de", "draft")
        assert "• erster Punkt" in self.text(document, "de", "draft")

    def test_several_languages_in_one_process(self, document: Document) -> None:
        document.update("fr")
        document.edit("eerste punt", language="fr", msgstr="premier point")
        document.write("deel", f"{CHAPTER}\n.. note:: Let wel.\n")
        for language in ("de", "fr", "nl", "de"):
            self.build(document, language, "draft")
        texts = {
            language: self.text(document, language, "draft") for language in ("nl", "de", "fr")
        }
        assert {
            language: [point for point in ("eerste", "erster", "premier") if f"• {point}" in text]
            for language, text in texts.items()
        } == {"nl": ["eerste"], "de": ["erster"], "fr": ["premier"]}
        assert "zweiter" not in texts["fr"]
        labels = {"nl": "Notitie:", "de": "Bemerkung:", "fr": "Note:"}  # Sphinx's own
        for language, text in texts.items():
            found = {code for code, label in labels.items() if label in text}
            assert found == {language}

    def test_a_regional_language_uses_its_parent(self, document: Document) -> None:
        self.build(document, "de", "draft")
        document.path("deel", "de_AT").parent.mkdir(parents=True)
        shutil.copy(document.path("deel"), document.path("deel", "de_AT"))
        catalogue = document.read("deel", "de_AT")
        for entry in catalogue:
            entry.msgstr = "Punkt eins" if entry.msgid == "eerste punt" else ""
        files.write(document.path("deel", "de_AT"), catalogue)
        assert "nicht" not in self.build(document, "de_AT", "draft")
        text = self.text(document, "de_AT", "draft")
        assert "• Punkt eins • zweiter Punkt" in text

    def test_a_folder_that_is_no_language(self, document: Document) -> None:
        shutil.copytree(document.root / "locale/de", document.root / "locale/qq")
        result = document.run("build", "--language", "qq")
        assert (result.exit_code, result.stderr) == (1, '"qq" is geen code van een taal.\n')

    def test_labels_that_the_document_brings(self, document: Document) -> None:
        document.update("fy")
        labels = ("bouwsteen-labels", "fy")
        document.edit("Guidance", *labels, msgstr="Taljochting")
        document.edit("Page {page} of {pages}", *labels, msgstr="Side {page} fan {pages}")
        output = self.build(document, "fy", "draft")
        assert re.search(r"Nog 23 teksten zijn niet vertaald\.", output)
        text = self.text(document, "fy", "draft")
        assert "Taljochting" in text
        assert "Side 2 fan" in text
        assert "In te vullen" in text
