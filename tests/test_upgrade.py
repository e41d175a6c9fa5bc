# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""A newer release of the template in a document that somebody has written in: `make upgrade`."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import pytest

from bouwsteen import build as building
from bouwsteen import settings
from bouwsteen.profile import Profile
from bouwsteen.template import record
from tests.pdf import text_of
from tests.repositories import DAY, NOON, commit, git
from tests.templates import (
    FIRST,
    SECOND,
    THIRD,
    bouwsteen,
    contents,
    first_release,
    release,
    start,
    without_git_settings,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

FILL_IN = re.compile(r"^\.\. fill-in::\n\n(?:   .*\n)+", re.MULTILINE)
UNDO = "git reset --merge"
OLD_GUIDANCE = "   Zie hiervoor de bouwsteen *omgevingsanalyse* van EGEM.\n"
NEW_GUIDANCE = "   Kijk in de *omgevingsanalyse*, en noem wat voor elke gemeente geldt.\n"
NEW_SECTION = """\
Juridische ontwikkelingen
-------------------------

.. guidance::

   Noem de wetten die veranderen.

.. fill-in::

   Welke wetten zijn een reden om samen te werken?

"""


class Pair(NamedTuple):
    """A template, and a document that was made from its first release."""

    template: Path
    document: Path

    def upgrade(self, *arguments: str, **environment: str) -> Result:
        return bouwsteen(self.document, "upgrade", *arguments, **environment)

    def text(self, name: str) -> str:
        return (self.document / name).read_text(encoding="utf-8")

    def status(self) -> list[str]:
        return git(self.document, "status", "--porcelain").splitlines()

    def release(self, tag: str = SECOND, number: int = 1, **changed: tuple[str, str]) -> None:
        """Release the template with a text in a chapter changed, by the name of the chapter."""
        files = {f"source/{name}.rst": changed[name] for name in changed}
        release(
            self.template, tag,
            {
                name: replaced((self.template / name).read_text(encoding="utf-8"), *change)
                for name, change in files.items()
            },
            number,
        )  # fmt: skip


def replaced(text: str, before: str, after: str) -> str:
    assert text.count(before) == 1
    return text.replace(before, after)


def own_text(chapter: str, number: int) -> str:
    return (
        f"Wij, de gemeenten, schreven dit zelf: {chapter}, plek {number}.\n"
        f"En nog een regel, met *nadruk* en één ï.\n"
    )


def written(text: str, chapter: str) -> str:
    """Return a chapter with text of its own in place of each fill-in."""
    numbers = iter(range(100))
    return FILL_IN.sub(lambda _found: own_text(chapter, next(numbers)), text)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """A document with text of its own in every chapter; its template is where a link points to."""
    folder = tmp_path_factory.mktemp("original")
    template = folder / "sjabloon"
    template.symlink_to(first_release(folder / "template", "bouwsteen", "tests"))
    document = start(template, folder / "opdracht")
    for path in (document / "source").glob("*.rst"):
        text = path.read_text(encoding="utf-8")
        if path.stem == "randvoorwaarden":  # which has none
            text = replaced(text, "- mobiliteit medewerkers\n", own_item())
        if path.stem == "index":
            text = replaced(text, ".. toctree::", f"{own_text('index', 0)}\n.. toctree::")
        path.write_text(written(text, path.stem), encoding="utf-8")
    conf = document / "conf.py"
    conf.write_text(replaced(conf.read_text(), '"J. Jansen"', '"J. Jansen en P. Pietersen"'))
    commit(document)
    return Pair(template, document)


@pytest.fixture
def pair(original: Pair, tmp_path: Path) -> Iterator[Pair]:
    """Copies of them, to change."""
    own = original.template.readlink()
    copy = shutil.copytree(own, tmp_path / "sjabloon", symlinks=True)
    original.template.unlink()
    original.template.symlink_to(copy)
    yield Pair(original.template, shutil.copytree(original.document, tmp_path / "opdracht"))
    original.template.unlink(missing_ok=True)
    original.template.symlink_to(own)


def own_item() -> str:
    return "- mobiliteit van *onze* medewerkers\n"


def second_release(template: Path) -> None:
    """Change what is next to text of the author: guidance, sections, a file's name, and more."""
    texts = {
        name: (template / name).read_text(encoding="utf-8")
        for name in ("source/waarom.rst", "source/index.rst", "source/financiering.rst", "Makefile",
                     "locale/en/LC_MESSAGES/waarom.po", "conf.py", "lock/base.txt")
    }  # fmt: skip
    why = replaced(texts["source/waarom.rst"], OLD_GUIDANCE, NEW_GUIDANCE)
    why = replaced(
        why, "Marktontwikkelingen\n-------------------\n\n",
        f"{NEW_SECTION}Ontwikkelingen op de markt\n--------------------------\n\n",
    )  # fmt: skip
    moved = {f"locale/{code}/LC_MESSAGES/financiering.po": None for code in ("de", "en", "fr")}
    kept = {
        name.replace("financiering", "geld"): (template / name).read_text(encoding="utf-8")
        for name in moved
    }
    release(template, SECOND, {
        "source/waarom.rst": why,
        "source/index.rst": replaced(texts["source/index.rst"], "   financiering\n", "   geld\n"),
        "source/financiering.rst": None,
        "source/geld.rst": replaced(
            texts["source/financiering.rst"], "regelt ook de financiering.", "regelt het geld.",
        ),
        **moved, **kept,
        "Makefile": replaced(texts["Makefile"], "# ── how it is done ──", "# ── how ──"),
        "locale/en/LC_MESSAGES/waarom.po": texts["locale/en/LC_MESSAGES/waarom.po"]
        + '\nmsgid "Juridische ontwikkelingen"\nmsgstr "Legal developments"\n',
        "conf.py": replaced(texts["conf.py"], "numfig = True", "numfig = False"),
        "lock/base.txt": texts["lock/base.txt"] + "# vernieuwd\n",
    })  # fmt: skip


def test_an_upgrade(pair: Pair) -> None:
    """The case of the issue: all text of the author stays, and all of the release comes."""
    second_release(pair.template)
    head = git(pair.document, "rev-parse", "HEAD")
    before = contents(pair.document)
    result = pair.upgrade()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"Het sjabloon, van uitgave {FIRST} naar {SECOND}:",
        "  gewijzigd: .copier-answers.yml",
        "  gewijzigd: Makefile",
        "  gewijzigd: conf.py",
        *(
            f"  hernoemd: locale/{code}/LC_MESSAGES/geld.po (was locale/{code}/LC_MESSAGES/"
            "financiering.po)"
            for code in ("de",)
        ),
        "  hernoemd: locale/en/LC_MESSAGES/geld.po (was locale/en/LC_MESSAGES/financiering.po)",
        "  gewijzigd: locale/en/LC_MESSAGES/waarom.po",
        "  hernoemd: locale/fr/LC_MESSAGES/geld.po (was locale/fr/LC_MESSAGES/financiering.po)",
        "  gewijzigd: lock/base.txt",
        "  gewijzigd: lock/bouwsteen.txt",
        "  hernoemd: source/geld.rst (was source/financiering.rst)",
        "  gewijzigd: source/index.rst",
        "  gewijzigd: source/waarom.rst",
        "  gewijzigd: template.json",
        'Bekijk het met git diff --cached, en leg het vast met git commit --message "…".',
        f"Of maak alles ongedaan: {UNDO}",
    ]

    # each chapter is that of the release, with the author's text where the author put it
    for name in ("waarom", "organisatie", "actielijnen"):
        theirs = (pair.template / f"source/{name}.rst").read_text(encoding="utf-8")
        expected = theirs.replace(NEW_SECTION, "\0")
        assert pair.text(f"source/{name}.rst") == written(expected, name).replace("\0", NEW_SECTION)
    theirs = (pair.template / "source/geld.rst").read_text(encoding="utf-8")
    assert pair.text("source/geld.rst") == written(theirs, "financiering")
    assert own_item() in pair.text("source/randvoorwaarden.rst")
    index = pair.text("source/index.rst")
    assert own_text("index", 0) in index
    assert "   geld\n" in index
    assert not (pair.document / "source/financiering.rst").exists()

    # what nobody wrote in is as in the release
    for name in ("Makefile", "lock/base.txt", "locale/en/LC_MESSAGES/waarom.po"):
        assert pair.text(name) == (pair.template / name).read_text(encoding="utf-8")
    config = settings.read(pair.document)
    assert config.author == "J. Jansen en P. Pietersen"
    assert config.numfig is False
    assert pair.text("lock/bouwsteen.txt") == f"{pair.template}\n{SECOND}\n"
    known = record.load(pair.document)
    assert known is not None
    assert known.release == SECOND
    assert "Noem de wetten die veranderen." in {x.text for x in known.asides["source/waarom.rst"]}

    # it is not committed, and can be undone
    assert git(pair.document, "rev-parse", "HEAD") == head
    assert all(line[1] == " " for line in git(pair.document, "status", "--short").splitlines())
    git(pair.document, *UNDO.split()[1:])
    assert contents(pair.document) == before
    assert pair.status() == []


def test_it_builds_after_an_upgrade_and_can_be_upgraded_again(pair: Pair) -> None:
    second_release(pair.template)
    assert pair.upgrade().exit_code == 0
    assert pair.upgrade().stderr.startswith("Leg deze eerst vast met git commit: ")
    git(pair.document, "commit", "--quiet", "--no-edit")
    assert git(pair.document, "log", "-1", "--format=%s") == f"Sjabloon, uitgave {SECOND}"
    pdf = building.build(building.Edition("rinoh", Profile.FINAL, "nl"), pair.document).pdf
    text = " ".join(text_of(pdf).split())
    places = [
        text.find(f"Wij, de gemeenten, schreven dit zelf: waarom, plek {number}.")
        for number in range(5)
    ]
    assert -1 not in places
    assert places == sorted(places)
    assert "Juridische ontwikkelingen" in text
    assert "Wij, de gemeenten, schreven dit zelf: financiering, plek 2." in text

    third = replaced(
        (pair.template / "source/geld.rst").read_text(), "Hoe gaan de deelnemers", "Hoe gaan zij"
    )
    release(pair.template, THIRD, {"source/geld.rst": third}, 2)
    result = pair.upgrade()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Het sjabloon, van uitgave {SECOND} naar {THIRD}:\n")
    assert pair.text("source/geld.rst") == written(third, "financiering")
    assert pair.text("lock/bouwsteen.txt").endswith(f"\n{THIRD}\n")


class TestConflicts:
    """What only the author can decide."""

    def test_both_changed_the_same(self, pair: Pair) -> None:
        path = pair.document / "source/waarom.rst"
        own = "   Zie de omgevingsanalyse van de provincie.\n"
        path.write_text(replaced(path.read_text(), OLD_GUIDANCE, own))
        commit(pair.document)
        second_release(pair.template)
        result = pair.upgrade()
        assert (result.exit_code, result.stderr) == (1, "")
        lines = result.stdout.splitlines()
        assert (
            lines[-5:]
            == [
                (
                    "Deze hebt u veranderd, en het sjabloon ook; kies in elk ervan, tussen de regels met "
                    "<<<<<<< en >>>>>>>:"
                ),
                "  source/waarom.rst",
                'Daarna: git add --all, en git commit --message "…".',
                f"Of maak alles ongedaan: {UNDO}",
            ][-5:]
            or lines[-4:]
        )
        assert "  gewijzigd: source/waarom.rst" not in lines
        assert "UU source/waarom.rst" in pair.status()
        text = path.read_text()
        assert f"<<<<<<< HEAD\n{own}=======\n{NEW_GUIDANCE}>>>>>>> " in text
        assert f"(Sjabloon, uitgave {SECOND})" in text
        # the rest has come, and nothing is lost
        assert NEW_SECTION in text
        for number in range(5):
            assert own_text("waarom", number) in text
        assert (pair.document / "source/geld.rst").is_file()

        path.write_text(
            re.sub(r"<<<<<<< .*\n(?:.*\n)*?=======\n((?:.*\n)*?)>>>>>>> .*\n", r"\1", text)
        )
        git(pair.document, "add", "source/waarom.rst")
        git(pair.document, "commit", "--quiet", "--no-edit")
        assert git(pair.document, "log", "-1", "--format=%s") == f"Sjabloon, uitgave {SECOND}"
        assert pair.status() == []
        assert pair.upgrade().stdout == (
            f"Het document heeft uitgave {SECOND} van het sjabloon: er is niets te doen.\n"
        )

    def test_it_can_be_undone(self, pair: Pair) -> None:
        before = contents(pair.document)
        path = pair.document / "source/waarom.rst"
        path.write_text(path.read_text().replace(OLD_GUIDANCE, "   Iets anders.\n"))
        git(pair.document, "rm", "--quiet", "source/financiering.rst")
        commit(pair.document)
        before = contents(pair.document)
        second_release(pair.template)
        assert pair.upgrade().exit_code == 1
        git(pair.document, *UNDO.split()[1:])
        assert contents(pair.document) == before
        assert pair.status() == []
        assert pair.upgrade().exit_code == 1  # and done again

    def test_conflicts_look_as_the_user_likes_them(self, pair: Pair, tmp_path: Path) -> None:
        """And renames are followed, whatever the user told git."""
        path = pair.document / "source/waarom.rst"
        path.write_text(path.read_text().replace(OLD_GUIDANCE, "   Iets anders.\n"))
        commit(pair.document)
        second_release(pair.template)
        config = tmp_path / "instellingen"
        config.write_text(
            "[merge]\nconflictStyle = diff3\nrenames = false\n[diff]\nrenames = false\n"
            "[status]\nrelativePaths = false\n[core]\nquotePath = true\nautocrlf = input\n"
        )
        pair.upgrade(GIT_CONFIG_GLOBAL=str(config))
        text = path.read_text()
        assert re.search(rf"\|\|\|\|\|\|\| .*\n{re.escape(OLD_GUIDANCE)}=======\n", text)
        assert own_text("financiering", 0) in pair.text("source/geld.rst")
        assert [line for line in pair.status() if line.startswith(("UU", "DU", "UD", "AA"))] == [
            "UU source/waarom.rst"
        ]

    def test_a_chapter_that_the_author_removed(self, pair: Pair) -> None:
        """It stays away; if the template changed it, the author is told."""
        index = pair.document / "source/index.rst"
        index.write_text(re.sub(r"   (actielijnen|organisatie)\n", "", index.read_text()))
        for name in ("actielijnen", "organisatie"):
            git(pair.document, "rm", "--quiet", f"source/{name}.rst")
        commit(pair.document)
        pair.release(
            waarom=(OLD_GUIDANCE, NEW_GUIDANCE), organisatie=("organisatievormen:", "vormen:")
        )
        result = pair.upgrade()
        assert result.exit_code == 1
        lines = result.stdout.splitlines()
        place = lines.index(
            "Deze hebt u verwijderd, en het sjabloon heeft ze veranderd; houd elk ervan met "
            "git add, of verwijder het met git rm:"
        )
        assert lines[place + 1 : place + 3] == [
            "  source/organisatie.rst",
            'Daarna: git add --all, en git commit --message "…".',
        ]
        assert not (pair.document / "source/actielijnen.rst").exists()
        git(pair.document, "rm", "--quiet", "source/organisatie.rst")
        git(pair.document, "commit", "--quiet", "--no-edit")
        assert pair.status() == []
        assert NEW_GUIDANCE in pair.text("source/waarom.rst")

    def test_a_chapter_that_the_template_removed(self, pair: Pair) -> None:
        release(pair.template, SECOND, {"source/actielijnen.rst": None})
        result = pair.upgrade()
        assert result.exit_code == 1
        assert "zijn weg uit het sjabloon; houd elk ervan" in result.stdout
        assert "  source/actielijnen.rst" in result.stdout.splitlines()
        assert own_text("actielijnen", 0) in pair.text("source/actielijnen.rst")

    def test_a_chapter_that_both_added(self, pair: Pair) -> None:
        write(pair.document, {"source/risico.rst": "Risico\n======\n\nVan ons.\n"})
        commit(pair.document)
        release(pair.template, SECOND, {"source/risico.rst": "Risico's\n========\n\nVan hen.\n"})
        assert pair.upgrade().exit_code == 1
        text = pair.text("source/risico.rst")
        assert "Van ons." in text
        assert "Van hen." in text


def test_a_chapter_that_the_author_renamed(pair: Pair) -> None:
    """What the template changes in it, comes along."""
    git(pair.document, "mv", "source/waarom.rst", "source/aanleiding.rst")
    index = pair.document / "source/index.rst"
    index.write_text(replaced(index.read_text(), "   waarom\n", "   aanleiding\n"))
    commit(pair.document)
    pair.release(waarom=(OLD_GUIDANCE, NEW_GUIDANCE))
    result = pair.upgrade()
    assert result.exit_code == 0, result.stdout
    assert NEW_GUIDANCE in pair.text("source/aanleiding.rst")
    assert own_text("waarom", 0) in pair.text("source/aanleiding.rst")
    assert not (pair.document / "source/waarom.rst").exists()


def test_in_a_folder_of_a_larger_repository(pair: Pair, tmp_path: Path) -> None:
    """With another document beside it, and work that has nothing to do with it."""
    (tmp_path / "gemeente/stukken").mkdir(parents=True)
    for name in ("een", "twee"):
        copy = shutil.copytree(pair.document, tmp_path / "gemeente/stukken" / name)
        shutil.rmtree(copy / ".git")
    write(tmp_path / "gemeente", {"LEESMIJ.txt": "Van alles.\n", "Makefile": "niets:\n"})
    first = tmp_path / "gemeente/stukken/een"
    (first / "source/financiering.rst").unlink()  # the other document has it yet
    commit(tmp_path / "gemeente")
    write(tmp_path / "gemeente", {"LEESMIJ.txt": "Halverwege.\n", "nieuw.txt": "Los.\n"})
    second_release(pair.template)
    before = contents(tmp_path / "gemeente/stukken/twee")
    result = bouwsteen(first, "upgrade")
    assert result.exit_code == 1
    assert result.stderr == ""
    assert "  source/geld.rst" in result.stdout.splitlines()
    assert NEW_GUIDANCE in (first / "source/waarom.rst").read_text()
    assert own_text("waarom", 4) in (first / "source/waarom.rst").read_text()
    assert contents(tmp_path / "gemeente/stukken/twee") == before
    assert (tmp_path / "gemeente/Makefile").read_text() == "niets:\n"
    assert (tmp_path / "gemeente/LEESMIJ.txt").read_text() == "Halverwege.\n"
    changed = git(tmp_path / "gemeente", "diff", "--name-only", "HEAD").splitlines()
    assert {name for name in changed if not name.startswith("stukken/een/")} == {"LEESMIJ.txt"}
    git(first, *UNDO.split()[1:])
    assert git(tmp_path / "gemeente", "status", "--porcelain").splitlines() == [
        "M LEESMIJ.txt", "?? nieuw.txt"
    ]  # fmt: skip

    # what a commit would take along must be committed
    git(tmp_path / "gemeente", "add", "LEESMIJ.txt")
    assert (
        bouwsteen(first, "upgrade").stderr == "Leg deze eerst vast met git commit: LEESMIJ.txt.\n"
    )
    git(tmp_path / "gemeente", "reset", "--quiet")

    # told from elsewhere
    result = bouwsteen(tmp_path, "upgrade", "--root", "gemeente/stukken/twee")
    assert result.exit_code == 0, result.stderr
    assert "  gewijzigd: gemeente/stukken/twee/source/waarom.rst" in result.stdout.splitlines()


class TestRefused:
    """The document is as it was, and a line says why."""

    def refused(self, pair: Pair, *arguments: str) -> str:
        before, status = contents(pair.document), pair.status()
        result = pair.upgrade(*arguments)
        assert result.exit_code == 1
        assert (contents(pair.document), pair.status()) == (before, status)
        (line,) = result.stderr.splitlines()
        return line

    @pytest.mark.parametrize("how", ["changed", "staged", "new"])
    def test_what_is_not_committed(self, how: str, pair: Pair) -> None:
        pair.release(waarom=(OLD_GUIDANCE, NEW_GUIDANCE))
        name = "source/los.rst" if how == "new" else "source/waarom.rst"
        write(pair.document, {name: "Half werk.\n"})
        if how == "staged":
            git(pair.document, "add", name)
        assert self.refused(pair) == f"Leg deze eerst vast met git commit: {name}."

    def test_a_template_that_is_gone(self, pair: Pair) -> None:
        pair.template.unlink()
        assert self.refused(pair).startswith(
            f"Het sjabloon is niet op te halen van {pair.template} (fatal: "
        )

    def test_a_release_that_is_gone(self, pair: Pair) -> None:
        git(pair.template, "tag", "--delete", FIRST)
        message = f'Het sjabloon {pair.template} heeft geen uitgave "{FIRST}".'
        assert self.refused(pair) == message

    def test_a_release_that_is_broken(self, pair: Pair) -> None:
        release(pair.template, SECOND, {"README.md.jinja": "{{ nergens.iets }}"})
        assert self.refused(pair).startswith("Van het sjabloon is geen document te maken: ")

    def test_a_release_with_a_question_without_a_default(self, pair: Pair) -> None:
        questions = (pair.template / "copier.yml").read_text()
        release(pair.template, SECOND, {"copier.yml": f"{questions}\nzaak:\n  type: str\n"})
        assert self.refused(pair).startswith('"zaak" is nog niet beantwoord')

    def test_back(self, pair: Pair) -> None:
        pair.release(waarom=(OLD_GUIDANCE, NEW_GUIDANCE))
        pair.upgrade()
        commit(pair.document)
        assert self.refused(pair, "--release", FIRST) == (
            f"Het document heeft uitgave {SECOND} van het sjabloon, en die is nieuwer dan {FIRST}: "
            "terug kan niet."
        )

    def test_no_document(self, pair: Pair) -> None:
        git(pair.document, "rm", "--quiet", ".copier-answers.yml")
        commit(pair.document)
        assert self.refused(pair) == (
            "In deze map staat geen document dat met make new is gemaakt: .copier-answers.yml "
            "ontbreekt, of is niet te lezen."
        )

    def test_no_repository(self, pair: Pair) -> None:
        shutil.rmtree(pair.document / ".git")
        result = pair.upgrade()
        assert result.exit_code == 1
        (line,) = result.stderr.splitlines()
        assert line.startswith("Een document moet zijn vastgelegd voordat het een nieuwe uitgave")

    def test_what_git_ignores_is_in_the_way(self, pair: Pair) -> None:
        """Git says so before it changes anything."""
        pair.release(waarom=(OLD_GUIDANCE, NEW_GUIDANCE))
        write(pair.document, {".git/index.lock": ""})
        before = contents(pair.document)
        result = pair.upgrade()
        assert result.exit_code == 1
        assert "Traceback" not in result.stderr
        (pair.document / ".git/index.lock").unlink()
        assert contents(pair.document) == before
        assert pair.status() == []


def test_a_named_release(pair: Pair) -> None:
    pair.release(waarom=(OLD_GUIDANCE, NEW_GUIDANCE))
    pair.release(THIRD, 2, organisatie=("organisatievormen:", "vormen:"))
    git(pair.template, "branch", "proef", SECOND)
    result = pair.upgrade("--release", SECOND)
    assert result.stdout.startswith(f"Het sjabloon, van uitgave {FIRST} naar {SECOND}:\n")
    assert NEW_GUIDANCE in pair.text("source/waarom.rst")
    assert "organisatievormen:" in pair.text("source/organisatie.rst")


def test_a_document_from_before_the_first_release(pair: Pair) -> None:
    """It names a commit, and the first release is newer."""
    head = git(pair.template, "rev-parse", FIRST)
    for name in (".copier-answers.yml", "lock/bouwsteen.txt"):
        path = pair.document / name
        path.write_text(path.read_text().replace(FIRST, head))
    commit(pair.document, NOON + DAY)
    assert pair.upgrade().stdout.startswith(f"Het document heeft uitgave {head[:12]} van het")
    pair.release(waarom=(OLD_GUIDANCE, NEW_GUIDANCE))
    result = pair.upgrade()
    assert result.stdout.startswith(f"Het sjabloon, van uitgave {head[:12]} naar {SECOND}:\n")


def test_a_release_of_a_later_bouwsteen(pair: Pair) -> None:
    """With directives, settings and questions that the installed one does not know."""
    chapter = (
        "Risico's\n========\n\n.. risicotabel:: Grote\n   :kleur: rood\n\n"
        "   .. fill-in:: Welke?\n\n   Zie :kans:`groot` en :fill-in:`bedrag`.\n"
    )
    questions = (pair.template / "copier.yml").read_text()
    conf = (pair.template / "conf.py.jinja").read_text()
    index = (pair.template / "source/index.rst").read_text()
    write(pair.template, {"theme/hulp.sh": "#!/bin/sh\n"})
    (pair.template / "theme/hulp.sh").chmod(0o755)
    release(pair.template, SECOND, {
        "source/risico.rst": chapter,
        "source/index.rst": replaced(index, "   financiering\n", "   financiering\n   risico\n"),
        "copier.yml": f"{questions}\nzaak:\n  type: str\n  default: '{{{{ kenmerk }}}}-b'\n",
        "conf.py.jinja": replaced(
            conf, "\n# De gemeenten", "bouwsteen_zaak = {{ text(zaak) }}\n\n# De gemeenten",
        ),
    })  # fmt: skip
    result = pair.upgrade()
    assert (result.exit_code, result.stderr) == (0, "")
    known = record.load(pair.document)
    assert known is not None
    assert known.asides["source/risico.rst"] == [("fill-in", "Welke?"), ("fill-in", "bedrag")]
    assert pair.text("source/risico.rst") == chapter
    assert os.access(pair.document / "theme/hulp.sh", os.X_OK)
    assert not os.access(pair.document / "source/risico.rst", os.X_OK)
    assert 'bouwsteen_zaak = "Z-2026-17-b"\n' in pair.text("conf.py")
    assert "zaak: Z-2026-17-b\n" in pair.text(".copier-answers.yml")


def test_a_record_that_another_version_wrote(pair: Pair) -> None:
    """It is written anew, whatever it looked like."""
    write(pair.document, {"template.json": '{"vorm": 2}\n'})
    commit(pair.document)
    pair.release(waarom=(OLD_GUIDANCE, NEW_GUIDANCE))
    assert pair.upgrade().exit_code == 0
    known = record.load(pair.document)
    assert known is not None
    assert known.release == SECOND


def test_stopped_in_the_middle(pair: Pair, tmp_path: Path) -> None:
    """Git is writing the files when the user presses Ctrl+C: it finishes, and all is put back."""
    second_release(pair.template)
    mark = tmp_path / "bezig"
    git(pair.document, "config", "filter.traag.smudge", f"touch '{mark}'; sleep 2; cat")
    write(pair.document / ".git", {"info/attributes": "source/waarom.rst filter=traag\n"})
    before = contents(pair.document)
    process = subprocess.Popen(
        [sys.executable, "-m", "bouwsteen", "upgrade"],
        cwd=pair.document, env=without_git_settings(tmp_path), start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not mark.exists():
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert err == "Gestopt: het document is zoals het was.\n"
    assert contents(pair.document) == before
    assert pair.status() == []
