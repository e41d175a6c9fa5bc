# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The make targets, run in a fresh clone, as an officer runs them."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bouwsteen.build import ENGINES
from bouwsteen.latex import tex
from tests.conftest import REPOSITORY, means_missing, require_tex
from tests.repositories import commit
from tests.test_template import ENGLISH
from tests.test_translations import DUTCH, LANGUAGES, OWN, STAYS

DRAFT = "build/rinoh/draft/bestuursopdracht-nl.pdf"
FINAL = "build/rinoh/final/bestuursopdracht-nl.pdf"

pytestmark = pytest.mark.network


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MAKE", "MFLAGS", "VIRTUAL_ENV"))
    }
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env={**inherited, "PYTHON": sys.executable, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def copy_to(folder: Path) -> Path:
    """Copy what git tracks: a clone with what is not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        source = REPOSITORY / name
        if source.is_symlink() or source.is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target, follow_symlinks=False)
    return folder


@pytest.fixture(scope="module")
def first_draft(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """What `make draft` says in a fresh clone, in a folder with a space and an accent."""
    clone = copy_to(tmp_path_factory.mktemp("één kloon"))
    result = make(clone, "draft")
    if "Het ophalen is mislukt" in result.stderr:
        means_missing("no package index to install from")
    result.args = clone
    return result


@pytest.fixture(scope="module")
def clone(first_draft: subprocess.CompletedProcess[str]) -> Path:
    assert isinstance(first_draft.args, Path)
    return first_draft.args


def test_a_fresh_clone_makes_a_draft(
    first_draft: subprocess.CompletedProcess[str], clone: Path
) -> None:
    assert first_draft.returncode == 0, first_draft.stderr
    assert first_draft.stderr == ""
    assert first_draft.stdout.splitlines()[-1] == DRAFT
    assert (clone / DRAFT).is_file()


def test_nothing_changed_nothing_done(clone: Path) -> None:
    before = (clone / DRAFT).stat().st_mtime_ns
    result = make(clone, "draft")
    assert result.stdout == "make: Nothing to be done for 'draft'.\n"
    assert (clone / DRAFT).stat().st_mtime_ns == before


def test_final(clone: Path) -> None:
    result = make(clone, "final")
    assert result.stdout.splitlines() == [
        "Er staan nog 11 punten open. Met make check ziet u waar.",
        FINAL,
    ]
    assert make(clone, "draft").stdout == "make: Nothing to be done for 'draft'.\n"


def test_check(clone: Path) -> None:
    """What is open in the template, which passes, and in the example."""
    result = make(clone, "check")
    assert (result.returncode, result.stderr) == (0, "")
    example, *lines = result.stdout.splitlines()
    assert example == "examples/samenwerking-noord: Het document is volledig."
    assert lines[0] == "1 Waarom samenwerking"
    assert sum("nog niet ingevuld" in line for line in lines) == 11
    assert lines[-1] == "Een sjabloon, met 11 plaatsen om in te vullen."
    as_json = json.loads(make(clone, "check", "FORMAT=json").stdout)
    assert (as_json["open"], as_json["passed"]) == (11, True)


def test_check_fails_where_the_example_is_not_complete(clone: Path) -> None:
    chapter = clone / "examples/samenwerking-noord/source/waarom.rst"
    text = chapter.read_text()
    try:
        chapter.write_text(f"{text}\n.. fill-in:: Wat nog?\n")
        result = make(clone, "check")
    finally:
        chapter.write_text(text)
    assert result.returncode != 0
    assert "examples/samenwerking-noord/source/waarom.rst:" in result.stdout


def test_strict_makes_no_final_of_what_is_open(clone: Path) -> None:
    """Not even where one was made before, to which nothing changed."""
    assert make(clone, "final").returncode == 0
    result = make(clone, "final", "STRICT=1")
    assert result.returncode != 0
    lines = [line for line in result.stderr.splitlines() if not line.startswith("make:")]
    assert len(lines) == 12
    assert lines[-1] == "Er staan nog 11 punten open."
    assert not (clone / FINAL).exists()
    assert make(clone, "draft", "STRICT=1").returncode == 0
    assert make(clone, "final", "STRICT=0").returncode == 0


def test_example(clone: Path) -> None:
    result = make(clone, "example")
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == [
        f"examples/samenwerking-noord/{name}" for name in (DRAFT, FINAL)
    ]


@pytest.mark.parametrize(
    "changed",
    ["source/waarom.rst", "conf.py", "theme/rinoh/report.rts", "theme/rinoh/report.rtt",
     "bouwsteen/guidance.py", "bouwsteen/locales/nl/LC_MESSAGES/bouwsteen.po", "lock/base.txt",
     "locale/nl/LC_MESSAGES/waarom.po"],
)  # fmt: skip
def test_a_change_is_something_to_do(clone: Path, changed: str) -> None:
    path = clone / changed
    path.parent.mkdir(parents=True, exist_ok=True)
    later = time.time() + 60
    before = path.stat() if path.exists() else None
    path.touch()
    os.utime(path, (later, later))
    result = make(clone, "-q", "draft")
    if before:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    else:
        path.unlink()
    assert result.returncode == 1


def test_a_chapter_removed_is_something_to_do(clone: Path) -> None:
    extra = clone / "source" / "extra.inc"
    extra.write_text("Tekst.\n")
    extra.unlink()
    os.utime(clone / "source", (time.time() + 60,) * 2)
    assert make(clone, "-q", "draft").returncode == 1
    past = (clone / DRAFT).stat().st_mtime - 60
    os.utime(clone / "source", (past, past))


def test_a_failing_build_leaves_no_pdf_and_says_where(clone: Path) -> None:
    chapter = clone / "source" / "financiering.rst"
    text = chapter.read_text()
    assert make(clone, "draft").returncode == 0
    chapter.write_text(text + "\nZie :ref:`nergens`.\n")
    try:
        result = make(clone, "draft")
        assert result.returncode != 0
        line = len(text.splitlines()) + 2
        assert f"financiering.rst:{line}: WARNING: undefined label: 'nergens'" in result.stderr
        assert "Niet gemaakt: los eerst de meldingen hierboven op (1)." in result.stderr
        assert "Traceback" not in result.stderr
        assert not (clone / DRAFT).exists()
    finally:
        chapter.write_text(text)
    assert make(clone, "draft").returncode == 0
    assert (clone / DRAFT).is_file()


def test_html(clone: Path) -> None:
    result = make(clone, "html", "PROFILE=final")
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "build/html/final/nl/index.html"
    page = (clone / "build/html/final/nl/index.html").read_text()
    assert '<html lang="nl"' in page
    assert "Tom Strating" in page
    assert 'class="draft-mark"' not in page
    sources = clone / "build/html/final/nl/_sources"
    assert not sources.exists() or not list(sources.iterdir())
    assert make(clone, "html", "PROFILE=final").stdout == "make: Nothing to be done for 'html'.\n"


def test_the_html_of_a_draft_has_the_mark(clone: Path) -> None:
    assert make(clone, "html").returncode == 0
    page = (clone / "build/html/draft/nl/waarom.html").read_text()
    assert '<p class="draft-mark">Concept</p>' in page
    assert 'class="guidance admonition"' in page


def test_no_page_has_a_word_in_english(clone: Path) -> None:
    pages = sorted((clone / "build/html/draft/nl").glob("*.html"))
    assert len(pages) == 7
    for page in pages:
        root = ElementTree.fromstring(
            re.sub(r"(?s)<!DOCTYPE.*?>|<(script|style)\b.*?</\1>|&\w+;|<meta[^>]*>|<link[^>]*>", "",
                   page.read_text()).replace("<br>", "")
        )  # fmt: skip
        words = list(root.itertext())
        words += [
            value
            for element in root.iter()
            for name, value in element.items()
            if name in {"aria-label", "title", "alt", "value"}
        ]
        assert ENGLISH.findall(" ".join(words)) == []


def test_gettext_gives_one_catalogue_a_chapter(clone: Path) -> None:
    assert make(clone, "gettext").returncode == 0
    assert {path.name for path in (clone / "build/gettext").glob("*.pot")} == {
        "index.pot", "waarom.pot", "randvoorwaarden.pot", "actielijnen.pot", "organisatie.pot",
        "financiering.pot",
    }  # fmt: skip


class TestTranslations:
    """What a translator and a maintainer run."""

    def test_start_a_language_and_take_it_back(self, clone: Path) -> None:
        result = make(clone, "update-po", "LANGUAGES=es pl")
        assert (result.returncode, result.stderr) == (0, "")
        started = [line for line in result.stdout.splitlines() if line.endswith(": begonnen")]
        assert len(started) == 2 * 7
        assert make(clone, "update-po").stdout == "Alles was al bijgewerkt.\n"
        tracked = subprocess.run(
            ["git", "status", "--porcelain", "--ignored"],
            cwd=clone, capture_output=True, text=True, check=False,
        ).stdout  # fmt: skip
        assert ".mo" not in tracked
        try:
            result = make(clone, "draft", "LANGUAGE=es")
            assert result.stdout.splitlines() == [
                "Nog 90 teksten zijn niet vertaald.", DRAFT.replace("-nl", "-es"),
            ]  # fmt: skip
            assert "build/rinoh/final/bestuursopdracht-pl.pdf" in make(
                clone, "all", "-n"
            ).stdout + (make(clone, "all", "--debug=b", "-n").stdout)
        finally:
            shutil.rmtree(clone / "locale/es")
            shutil.rmtree(clone / "locale/pl")

    def test_an_unknown_code_starts_nothing(self, clone: Path) -> None:
        result = make(clone, "update-po", "LANGUAGES=qq")
        assert result.returncode != 0
        assert result.stderr.splitlines()[0] == '"qq" is geen code van een taal.'
        assert not (clone / "locale/qq").exists()

    def test_stats(self, clone: Path) -> None:
        lines = make(clone, "stats").stdout.splitlines()
        assert [line.split() for line in lines[1::3]] == [
            [code, "█" * 20, "73", "0", "0", "73"] for code in ("de", "en", "fr")
        ]
        counts = json.loads(make(clone, "stats", "FORMAT=json").stdout)
        assert counts["fr"]["all"] == {
            "translated": 73, "fuzzy": 0, "untranslated": 0, "total": 73,
        }  # fmt: skip

    def test_check_po(self, clone: Path) -> None:
        result = make(clone, "check-po")
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout == "De vertalingen zijn in orde: de, en, fr.\n"

    @pytest.mark.parametrize("target", ["check", "draft", "html"])
    def test_a_hostile_catalogue(self, target: str, clone: Path) -> None:
        """Refused by the check, and by a build that nobody checked before."""
        catalogue = clone / "locale/de/LC_MESSAGES/financiering.po"
        text = catalogue.read_text(encoding="utf-8")
        hostile = text.replace('msgstr "Finanzierung"', 'msgstr ".. include:: /etc/passwd"')
        assert hostile != text
        catalogue.write_text(hostile, encoding="utf-8")
        try:
            result = make(clone, target, "LANGUAGE=de")
            assert result.returncode != 0
            assert "root:" not in result.stdout + result.stderr
            assert re.search(
                r"locale/de/LC_MESSAGES/financiering\.po:\d+: .*Financiering",
                result.stdout + result.stderr,
            )
            if target == "draft":
                assert not (clone / DRAFT.replace("-nl", "-de")).exists()
        finally:
            catalogue.write_text(text, encoding="utf-8")
        assert make(clone, "draft", "LANGUAGE=de").returncode == 0

    @pytest.mark.parametrize("language", ["de", "en", "fr"])
    def test_html(self, language: str, clone: Path) -> None:
        assert make(clone, "html", f"LANGUAGE={language}").returncode == 0
        page = (clone / f"build/html/draft/{language}/index.html").read_text(encoding="utf-8")
        words = LANGUAGES[language]
        assert f'<html lang="{language}"' in page
        assert f"<title>{words.title}</title>" in page
        for text in (words.subtitle, words.guidance, words.draft, words.contents):
            assert text in page
        found = DUTCH.findall(STAYS.sub("", re.sub(r"<[^>]*>", " ", page)))
        assert set(found) <= OWN[language]

    def test_html_in_an_unknown_language(self, clone: Path) -> None:
        result = make(clone, "html", "LANGUAGE=xx")
        assert result.returncode != 0
        assert result.stderr.splitlines()[0] == 'De taal "xx" is er niet. Wel: nl, de, en, fr.'

    def test_a_catalogue_that_changed_is_something_to_do(self, clone: Path) -> None:
        make(clone, "draft", "LANGUAGE=de")
        assert make(clone, "-q", "draft", "LANGUAGE=de").returncode == 0
        later = time.time() + 60
        os.utime(clone / "locale/de/LC_MESSAGES/waarom.po", (later, later))
        assert make(clone, "-q", "draft", "LANGUAGE=de").returncode == 1
        assert make(clone, "-q", "draft").returncode in {0, 1}


@pytest.mark.parametrize(("engine", "builder"), ENGINES.items())
def test_sphinx_build_alone_works_and_gives_the_same(
    clone: Path, engine: str, builder: str
) -> None:
    if engine == "latex":
        require_tex()
    fixed = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    subprocess.run(
        [clone / ".venv/bin/sphinx-build", "-q", "-W", "-c", ".", "-b", builder, "-D", "language=nl",
         "-D", "bouwsteen_profile=final", "source", f"build/by-hand/{engine}"],
        cwd=clone, env=fixed, check=True,
    )  # fmt: skip
    subprocess.run(
        [clone / ".venv/bin/bouwsteen", "build", "--engine", engine, "--profile", "final"],
        cwd=clone, env=fixed, check=True,
    )  # fmt: skip
    by_hand = clone / f"build/by-hand/{engine}/bestuursopdracht-nl.pdf"
    made = clone / f"build/{engine}/final/bestuursopdracht-nl.pdf"
    assert by_hand.read_bytes() == made.read_bytes()


class TestLatex:
    """`ENGINE=latex`, with TeX and without."""

    PDF = "build/latex/draft/bestuursopdracht-nl.pdf"

    def test_a_draft(self, clone: Path) -> None:
        require_tex()
        result = make(clone, "draft", "ENGINE=latex")
        assert (result.stdout, result.stderr) == (f"{self.PDF}\n", "")
        assert (clone / self.PDF).is_file()
        assert make(clone, "-q", "draft", "ENGINE=latex").returncode == 0

    @pytest.mark.parametrize("changed", ["theme/latex/report.sty", "bouwsteen/latex/debian.txt"])
    def test_a_change_is_something_to_do(self, clone: Path, changed: str) -> None:
        require_tex()
        make(clone, "draft", "ENGINE=latex")
        test_a_change_is_something_to_do(clone, changed)

    def test_what_tex_cannot_set(self, clone: Path) -> None:
        """The first error in a line, with where it comes from; no PDF of before."""
        require_tex()
        make(clone, "draft", "ENGINE=latex")
        chapter = clone / "source" / "financiering.rst"
        text = chapter.read_text()
        chapter.write_text(text + "\nDe kosten zijn :math:`\\fout`.\n")
        try:
            result = make(clone, "draft", "ENGINE=latex")
        finally:
            chapter.write_text(text)
        assert result.returncode != 0
        (line,) = [x for x in result.stderr.splitlines() if not x.startswith("make:")]
        assert re.fullmatch(
            rf"source/financiering\.rst:{len(text.splitlines()) + 2}: LaTeX loopt vast: "
            r"Undefined control sequence\. \(\\fout\) De rest staat in (\S+\.log)", line
        )  # fmt: skip
        assert (clone / line.rpartition(" ")[2]).is_file()
        assert not (clone / self.PDF).exists()

    @pytest.fixture
    def path_without_tex(self, tmp_path: Path) -> str:
        for folder in os.environ["PATH"].split(os.pathsep):
            for program in Path(folder).glob("*"):
                if program.name not in tex.PROGRAMS and not (tmp_path / program.name).exists():
                    (tmp_path / program.name).symlink_to(program)
        return str(tmp_path)

    def test_without_tex(self, clone: Path, path_without_tex: str) -> None:
        result = make(clone, "draft", "ENGINE=latex", "-B", PATH=path_without_tex)
        assert result.returncode != 0
        (line,) = [x for x in result.stderr.splitlines() if not x.startswith("make:")]
        packages = " ".join(tex.debian_packages())
        assert line == (
            "niet gevonden: latexmk, xelatex, xdvipdfmx, makeindex, kpsewhich. "
            f"Op Debian en Ubuntu: sudo apt install {packages}"
        )
        assert not (clone / self.PDF).exists()

    def test_nothing_else_needs_tex(self, clone: Path, path_without_tex: str) -> None:
        (clone / FINAL).unlink(missing_ok=True)
        shutil.rmtree(clone / "build/html", ignore_errors=True)
        for target in ("final", "html", "gettext"):
            result = make(clone, target, PATH=path_without_tex)
            assert result.returncode == 0, result.stderr
        assert (clone / FINAL).is_file()


@pytest.fixture(scope="module")
def repository(clone: Path) -> Path:
    commit(clone)
    return clone


@pytest.fixture(scope="module")
def made(repository: Path) -> subprocess.CompletedProcess[str]:
    return make(repository, "archive")


class TestArchive:
    """The template itself, from its commit to a bag that is verified and built again."""

    BAG = "archive/bestuursopdracht-01.0"

    def test_dry_run(self, repository: Path) -> None:
        result = make(repository, "archive", "DRY_RUN=1")
        assert result.returncode == 0, result.stderr
        lines = result.stdout.splitlines()
        assert self.BAG in next(line for line in lines if line.startswith("Zou"))
        pdfs = [line for line in lines if line.endswith(".pdf")]
        assert len(pdfs) == 8
        assert not (repository / "archive").exists()

    def test_archive(self, made: subprocess.CompletedProcess[str], repository: Path) -> None:
        assert made.returncode == 0, made.stderr
        fingerprint, path = made.stdout.splitlines()[-2:]
        assert path == self.BAG
        assert fingerprint.startswith("Vingerafdruk (SHA-256 van tagmanifest-sha256.txt): ")
        assert made.stderr == ""
        names = {path.name for path in (repository / self.BAG / "data/bron").iterdir()}
        assert names == {"conf.py", "source", "locale", "theme"}

    @pytest.mark.usefixtures("made")
    def test_verify(self, repository: Path) -> None:
        moved = shutil.copytree(repository / self.BAG, repository / "build/een bag")
        result = make(repository, "verify", "BAG=build/een bag", "REBUILD=1")
        assert result.returncode == 0, result.stdout
        assert result.stdout.count(": opnieuw gebouwd, dezelfde bytes") == 8
        assert result.stdout.splitlines()[-1] == "Deze bag is in orde: build/een bag"
        (moved / "LEESMIJ.txt").unlink()
        result = make(repository, "verify", "BAG=build/een bag")
        assert result.returncode != 0
        assert "LEESMIJ.txt: ontbreekt" in result.stdout

    def test_verify_what(self, repository: Path) -> None:
        result = make(repository, "verify")
        assert result.returncode != 0
        assert (
            result.stderr.splitlines()[0] == "Welke bag? Geef haar map: make verify BAG=archive/…"
        )

    def test_what_is_not_committed(self, repository: Path) -> None:
        chapter = repository / "source" / "waarom.rst"
        text = chapter.read_text()
        chapter.write_text(text + "\nMeer.\n")
        try:
            result = make(repository, "archive")
        finally:
            chapter.write_text(text)
        assert result.returncode != 0
        line = "Leg deze eerst vast met git commit: source/waarom.rst."
        assert result.stderr.splitlines()[0] == line


def test_an_unknown_language_is_one_line(clone: Path) -> None:
    result = make(clone, "draft", "LANGUAGE=xx")
    assert result.returncode != 0
    assert result.stderr.splitlines()[0] == 'De taal "xx" is er niet. Wel: nl, de, en, fr.'


def test_a_language_of_the_system_is_not_the_documents(clone: Path) -> None:
    assert make(clone, "draft", LANGUAGE="en_US:en").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["draft", "ENGINE=word"], "ENGINE=word bestaat niet. Kies: rinoh"),
        (["html", "PROFILE=concept"], "PROFILE=concept bestaat niet. Kies: draft of final"),
    ],
)
def test_an_unknown_value_is_one_line(clone: Path, arguments: list[str], message: str) -> None:
    result = make(clone, *arguments)
    assert result.returncode != 0
    (line,) = result.stderr.splitlines()
    assert message in line


def test_help_lists_every_target() -> None:
    result = make(REPOSITORY)
    listed = {line.split()[0] for line in result.stdout.splitlines()[1:]}
    targets: set[str] = set()
    for name in ("Makefile", "repository.mk"):
        makefile = (REPOSITORY / name).read_text()
        (phony,) = [line for line in makefile.splitlines() if line.startswith(".PHONY:")]
        targets.update(phony.split()[1:])
    assert listed == targets
    readme = (REPOSITORY / "README.md").read_text()
    assert [target for target in listed if f"`make {target}`" not in readme] == []


@pytest.mark.parametrize("gone", ["removed", "another release"])
def test_an_environment_whose_python_has_gone_is_made_again(gone: str, clone: Path) -> None:
    """As after an upgrade of the system."""
    library = next((clone / ".venv/lib").glob("python3.*"))
    if gone == "removed":
        for link in (clone / ".venv/bin").glob("python*"):
            link.unlink()
            link.symlink_to("/nergens/bin/python3")
    else:
        library.rename(library.with_name("python3.2"))
    result = make(clone, "draft")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[0].startswith("Eenmalig")
    assert result.stdout.splitlines()[-1] == DRAFT
    assert make(clone, "draft").stdout == "make: Nothing to be done for 'draft'.\n"


def script(path: Path, body: str) -> Path:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


class TestSetUpThatCannotSucceed:
    """One clear line, no traceback, and no half environment that counts as whole."""

    @pytest.fixture
    def bare(self, tmp_path: Path) -> Path:
        return copy_to(tmp_path)

    def failure(self, bare: Path, **environment: str) -> str:
        result = make(bare, "draft", **environment)
        assert result.returncode != 0
        assert "Traceback" not in result.stdout + result.stderr
        assert not (bare / ".venv" / "base").exists()
        (line,) = [x for x in result.stderr.splitlines() if not x.startswith("make:")]
        return line

    @pytest.mark.parametrize(
        "start",
        ["/nergens/python3", "echo 'pyenv: python3.99: command not found'; echo x >&2; exit 127"],
        ids=["no file", "does not start"],
    )
    def test_no_python(self, start: str, bare: Path, tmp_path: Path) -> None:
        python = start if start.startswith("/") else str(script(tmp_path / "shim", start))
        line = self.failure(bare, PYTHON=python)
        assert f"Python ontbreekt ({python} " in line
        assert line.endswith("sudo apt install python3 python3-venv")

    def test_a_python_too_old(self, bare: Path, tmp_path: Path) -> None:
        body = '[ "$1" = -V ] && echo Python 3.9.2; case "$2" in *version*) exit 1;; esac'
        old = str(script(tmp_path / "old", body))
        programs = tmp_path / "programs"
        programs.mkdir()
        known = script(programs / "apt-cache", "echo python3.9-venv - x; echo python3.13-venv - x")
        path = f"{programs}:{os.environ['PATH']}"
        line = self.failure(bare, PYTHON=old, PATH=path)
        assert "te oud (Python 3.9.2), nodig is 3.11 of nieuwer: " in line
        assert line.endswith(
            "sudo apt install python3.13 python3.13-venv, en dan: make PYTHON=python3.13 …"
        )
        script(known, "exit 1")
        assert self.failure(bare, PYTHON=old, PATH=path).endswith("make PYTHON=… draft")

    @pytest.mark.parametrize("module", ["venv", "ensurepip"])
    def test_no_venv(self, module: str, bare: Path, tmp_path: Path) -> None:
        """As on Debian, where each is in a package of the release of Python."""
        without = tmp_path / "without"
        without.mkdir()
        (without / f"{module}.py").write_text("raise ImportError\n")
        body = f'PYTHONPATH="{without}" exec "{sys.executable}" "$@"'
        line = self.failure(bare, PYTHON=str(script(tmp_path / "python", body)))
        assert "De module venv ontbreekt (van " in line
        release = f"{sys.version_info.major}.{sys.version_info.minor}"
        assert line.endswith(f"sudo apt install python{release}-venv")

    def test_no_network(self, bare: Path) -> None:
        line = self.failure(
            bare, PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_EXTRA_INDEX_URL="",
            PIP_RETRIES="0", PIP_NO_CACHE_DIR="1", PIP_FIND_LINKS="", PIP_CONFIG_FILE=os.devnull,
        )  # fmt: skip
        assert "Het ophalen is mislukt: is er internet?" in line
