# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document from the template: `make new`."""

from __future__ import annotations

import ast
import datetime
import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import sys
import sysconfig
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
import yaml
from lxml import etree

from bouwsteen import build as building
from bouwsteen import settings
from bouwsteen.archive import mdto, mdto_schema
from bouwsteen.profile import Profile
from bouwsteen.running import BuildError
from bouwsteen.template import record, releases, rendering, starting
from bouwsteen.template.releases import TemplateError
from tests.conftest import REPOSITORY, means_missing, require_tex
from tests.pdf import pages_of
from tests.repositories import commit, git
from tests.templates import (
    ANSWERS,
    DATA,
    FIRST,
    SECOND,
    bouwsteen,
    contents,
    files_of,
    first_release,
    release,
    start,
    without_git_settings,
    write,
)
from tests.test_make import make

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOOSE = {
    ".copier-answers.yml", ".gitignore", "Makefile", "README.md", "conf.py", "lock/archive.txt",
    "lock/base.txt", "lock/bouwsteen.txt", "lock/live.txt", "lock/new.txt", "template.json",
    "tools/venv",
}  # fmt: skip
HOSTILE = [
    'Jan "de Rus" Jansen', "J. d'Ancona", r"C:\nieuw\u0041\x", "\\", '"', '"""', "'''", "{{ 7 * 7 }}",
    "{% raw %}", "{# niets #}", "# geen commentaar", "één ïjsje €", "a\nproject = 'b'", "a\rb",
    '" + open("/etc/passwd").read() + "', "\u2028x\u2029", "\x00\x1b[31m", "*ja*: [1, 2]", "- x",
    "!!python/object:os.system x", "%s {0} $HOME `id`", "null", "2026", "\U0001f600",
]  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return first_release(tmp_path_factory.mktemp("template") / "sjabloon")


@pytest.fixture(scope="module")
def document(template: Path) -> Path:
    folder = template.parent / "opdracht"
    result = bouwsteen(template, "new", *DATA, "../opdracht")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"Sjabloon: {template}, uitgave {FIRST}",
        "../opdracht is klaar. Ga verder met:", "  cd ../opdracht", "  make draft",
    ]  # fmt: skip
    return folder


def test_what_a_document_holds(template: Path, document: Path) -> None:
    folders = ("source/", "locale/", "theme/")
    of_template = {name for name in files_of(template) if name.startswith(folders)}
    assert files_of(document) == of_template | LOOSE
    for name in (*of_template, "Makefile", "tools/venv", "lock/base.txt", ".gitignore"):
        assert (document / name).read_bytes() == (template / name).read_bytes()
    assert os.access(document / "tools/venv", os.X_OK)
    assert (document / "lock/bouwsteen.txt").read_text() == f"{template}\n{FIRST}\n"


def test_its_history_is_one_commit(document: Path) -> None:
    assert git(document, "log", "--all", "--format=%s") == (
        f"Begin met sjabloon bestuursopdracht, {FIRST}"
    )
    assert git(document, "branch", "--show-current") == "main"
    assert git(document, "status", "--porcelain", "--ignored") == ""
    assert set(git(document, "ls-files").splitlines()) == files_of(document)
    assert git(document, "remote") == ""


def test_its_settings(document: Path) -> None:
    config = settings.read(document)
    assert config.project == settings.read(REPOSITORY).project
    assert config.author == "J. Jansen"
    assert config.version == "0.1"
    assert config.bouwsteen_subtitle == ""
    assert config.bouwsteen_date == "2026-01-31"
    assert config.bouwsteen_municipalities == ["Aadorp", "Beekdal"]
    assert config.bouwsteen_kind == "document"
    assert config.bouwsteen_complete_languages == []
    assert config.bouwsteen_template["author"] == settings.read(REPOSITORY).author


def test_its_settings_look_like_those_of_the_template(document: Path) -> None:
    """The same lines, but for those with an answer; what is below them comes from the template."""
    theirs = (REPOSITORY / "conf.py").read_text().splitlines()
    own = (document / "conf.py").read_text().splitlines()
    differing = {line.split("=")[0].split(":")[0].strip(' "') for line in set(theirs) ^ set(own)}
    assert differing == {
        "bouwsteen_subtitle", "author", "version", "bouwsteen_date", "bouwsteen_municipalities",
        "identificatieKenmerk", "identificatieBron", "archiefvormer",
        "beperkingGebruikNadereBeschrijving", "bouwsteen_kind", "bouwsteen_complete_languages",
    }  # fmt: skip
    assert [line for line in own if line.startswith("#")] == [
        line for line in theirs if line.startswith("#")
    ]
    assert max(map(len, own)) <= 100


def test_what_the_template_said(template: Path, document: Path) -> None:
    known = record.load(document)
    assert known is not None
    assert known.release == FIRST
    assert {name: [tuple(each) for each in said] for name, said in known.asides.items()} == {
        name: [(aside.kind, aside.text) for aside in found]
        for name, found in record.asides(template).items()
    }
    assert sum(map(len, known.asides.values())) == 25


@pytest.mark.parametrize("engine", building.ENGINES)
def test_it_builds_at_once(engine: str, document: Path) -> None:
    if engine == "latex":
        require_tex()
    for profile in Profile:
        result = building.build(building.Edition(engine, profile, "nl"), document)
        title_page = pages_of(result.pdf)[0]
        for text in ("Bestuursopdracht", "J. Jansen", "Aadorp en Beekdal", "31 januari 2026"):
            assert text in title_page
        assert "Tom Strating" not in title_page
        for text in ("Een bouwsteen voor de gemeente", "Release", "None"):
            assert text not in title_page
        with pikepdf.open(result.pdf) as pdf:
            assert pdf.docinfo.Title == "Bestuursopdracht Samenwerking gemeenten"
            assert pdf.docinfo.Author == "J. Jansen"


def metadata(folder: Path) -> etree._Element:
    """What an archive would say of the document."""
    config = settings.read(folder)
    moment = datetime.datetime(2026, 1, 31, tzinfo=datetime.UTC)
    return etree.fromstring(
        mdto.informatieobject(
            config.bouwsteen_mdto, naam=config.project, talen=["nl"], moment=moment,
            representaties=[mdto.Reference("x.pdf", "x", "y")],
        )
    )  # fmt: skip


def texts(root: etree._Element, name: str) -> list[str | None]:
    return [element.text for element in root.iter(mdto_schema.qualified(name))]


def test_its_metadata(document: Path) -> None:
    root = metadata(document)
    assert "Z-2026-17" in texts(root, "identificatieKenmerk")
    assert "Zaaksysteem gemeente Aadorp" in texts(root, "identificatieBron")
    assert "Gemeente Aadorp" in texts(root, "verwijzingNaam")
    labels = texts(root, "begripLabel")
    assert "Blijvend te bewaren" in labels
    assert "Geen beperking" in labels
    assert texts(root, "termijnLooptijd") == []


def test_a_document_to_destroy(template: Path, tmp_path: Path) -> None:
    folder = start(
        template, tmp_path / "opdracht", waardering="te vernietigen", bewaartermijn="20",
        beperking="Vertrouwelijk", beperking_toelichting='Tot het "besluit"', talen="fr, de",
        ondertitel="Samen", gemeenten=", ".join(f"Gemeente {n} aan den Rijn" for n in range(9)),
    )  # fmt: skip
    root = metadata(folder)
    assert {"Te vernietigen", "Vertrouwelijk"} <= set(texts(root, "begripLabel"))
    assert "V" in texts(root, "begripCode")
    assert texts(root, "termijnLooptijd") == ["P20Y"]
    assert texts(root, "beperkingGebruikNadereBeschrijving") == ['Tot het "besluit"']
    assert "Gemeente 0 aan den Rijn" in texts(root, "verwijzingNaam")
    config = settings.read(folder)
    assert config.bouwsteen_subtitle == "Samen"
    assert config.bouwsteen_complete_languages == ["de", "fr"]
    assert len(config.bouwsteen_municipalities) == 9
    assert max(map(len, (folder / "conf.py").read_text().splitlines())) <= 100


@pytest.mark.parametrize("turn", range(3))
def test_hostile_answers(turn: int, template: Path, tmp_path: Path) -> None:
    """They are texts, whatever they look like: in conf.py, and in the answers for next time."""
    names = ["titel", "ondertitel", "auteur", "versie", "kenmerk", "bron", "archiefvormer",
             "beperking", "beperking_toelichting"]  # fmt: skip
    texts = (HOSTILE + HOSTILE)[turn * len(names) :]
    answers = dict(zip(names, texts, strict=False))
    town = answers["auteur"].replace(",", "")
    folder = start(template, tmp_path / "x", **answers, gemeenten=f"A, {town}")
    values: dict[str, Any] = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse((folder / "conf.py").read_bytes()).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        and not isinstance(node.value, ast.Name)
    }  # fmt: skip
    known = values["bouwsteen_mdto"]
    restriction = known["beperkingGebruik"]
    assert [
        values["project"], values["bouwsteen_subtitle"], values["author"], values["version"],
        known["identificatie"]["identificatieKenmerk"],
        known["identificatie"]["identificatieBron"], known["archiefvormer"],
        restriction["beperkingGebruikType"]["begripLabel"],
        restriction["beperkingGebruikNadereBeschrijving"],
    ] == [answers[name].strip() for name in names]  # fmt: skip
    assert values["bouwsteen_municipalities"] == ["A", town.strip()]
    _address, _release, stored = rendering.answers_of(folder, "nl")
    assert {name: stored[name] for name in names} == answers
    with releases.cloned(str(template), "nl") as cloned:
        again = tmp_path / "again"
        rendering.render(cloned, cloned.release(FIRST), again, stored, ask=False)
    assert contents(again) == contents(folder)


def test_what_an_argument_cannot_say(template: Path, tmp_path: Path) -> None:
    """Bytes that are no text give a line, and nothing else."""
    result = bouwsteen(
        tmp_path, "new", *DATA, "--data", "titel=a\udcffb", "--template", str(template), "x"
    )
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("missing", ["auteur", "gemeenten", "kenmerk", "bron"])
def test_an_answer_that_is_missing(missing: str, template: Path, tmp_path: Path) -> None:
    answers = {name: value for name, value in ANSWERS.items() if name != missing}
    with (
        releases.cloned(str(template), "nl") as cloned,
        pytest.raises(TemplateError) as error,
    ):
        starting.start(cloned, cloned.release(None), tmp_path / "x", answers, ask=False)
    assert str(error.value) == (
        f'"{missing}" is nog niet beantwoord: geef het antwoord met --data {missing}="…".'
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "answer", "message"),
    [
        ("titel", "  ", "Het document heeft een titel nodig."),
        ("gemeenten", " , ,", "Noem ten minste één gemeente"),
        ("auteur", "", "Schrijf wie de auteur is"),
        ("datum", "2026-02-29", "Schrijf een bestaande datum als jaar-maand-dag"),
        ("datum", "2100-02-29", "Schrijf een bestaande datum"),
        ("datum", "2026-13-01", "Schrijf een bestaande datum"),
        ("datum", "2026-04-31", "Schrijf een bestaande datum"),
        ("datum", "0000-01-01", "Schrijf een bestaande datum"),
        ("datum", "31-01-2026", "Schrijf een bestaande datum"),
        ("datum", "2026-01-31\n", "Schrijf een bestaande datum"),
        ("waardering", "Weg ermee", "Schrijf: Blijvend te bewaren, of: Te vernietigen"),
        ("talen", "de, xx", "Die taal heeft het sjabloon niet; wel: de, en, fr"),
    ],
)
def test_an_answer_that_does_not_fit(
    name: str, answer: str, message: str, template: Path, tmp_path: Path
) -> None:
    with pytest.raises(TemplateError) as error:
        start(template, tmp_path / "x", **{name: answer})
    assert str(error.value).startswith(f'Het antwoord op "{name}" past niet. {message}')
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("date", ["2000-02-29", "2024-02-29"])
def test_dates_that_there_are(date: str, template: Path, tmp_path: Path) -> None:
    folder = start(template, tmp_path / "x", datum=date)
    assert settings.read(folder).bouwsteen_date == date


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--data", "schrijver=ik", "x"], 'Het sjabloon vraagt niet naar "schrijver", wel naar: titel,'),
        (["--release", "v9", "x"], 'heeft geen uitgave "v9".'),
        (["--release", "--upload-pack=id", "x"], 'heeft geen uitgave "--upload-pack=id".'),
        (["--template", "/nergens.git", "x"], "Het sjabloon is niet op te halen van /nergens.git (fatal:"),
        (["nergens/x"], "is er niet: maak die eerst."),
        (["vol"], "vol is er al: kies een andere map."),
        (["een-bestand"], "een-bestand is er al: kies een andere map."),
    ],
)  # fmt: skip
def test_what_is_refused(
    arguments: list[str], message: str, template: Path, tmp_path: Path
) -> None:
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol/iets").write_text("van mij")
    (tmp_path / "een-bestand").write_text("van mij")
    before = contents(tmp_path)
    result = bouwsteen(tmp_path, "new", "--template", str(template), *DATA, *arguments)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert message in line
    assert contents(tmp_path) == before
    assert {path.name for path in tmp_path.iterdir()} == {"vol", "een-bestand"}


def test_a_folder_that_is_no_template(tmp_path: Path) -> None:
    result = bouwsteen(tmp_path, "new", "x")
    assert result.stderr.startswith("In deze map staat geen sjabloon: ga naar de map van het")
    write(tmp_path / "leeg", {"README.md": "Niets."})
    commit(tmp_path / "leeg")
    result = bouwsteen(tmp_path, "new", "--template", "leeg", "x")
    (line,) = result.stderr.splitlines()
    assert line.endswith("geen sjabloon: copier.yml ontbreekt.")
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"README.md.jinja": "{{ nergens.iets }}"}, "UndefinedError"),
        ({"README.md.jinja": "{% if %}"}, "TemplateSyntaxError"),
        ({"copier.yml": "titel: [\n"}, "InvalidConfigFileError"),
        ({"copier.yml": "_tasks: [touch /tmp/x]\n"}, "UnsafeTemplateError"),
        ({"conf.py.jinja": "project = (\n"}, "conf.py"),
    ],
)
def test_a_template_that_is_broken(
    broken: dict[str, str | None],
    reason: str,
    template: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    clone = tmp_path / "sjabloon"
    git(tmp_path, "clone", "--quiet", str(template), "sjabloon")
    release(clone, SECOND, broken)
    with pytest.raises(BuildError) as error:
        start(clone, tmp_path / "x")
    assert reason in str(error.value)
    assert capfd.readouterr() == ("", "")
    assert {path.name for path in tmp_path.iterdir()} == {"sjabloon"}


class TestWhichTemplate:
    """The release, and where it comes from."""

    def test_the_newest_release_that_is_one(self, template: Path, tmp_path: Path) -> None:
        clone = tmp_path / "sjabloon"
        git(tmp_path, "clone", "--quiet", str(template), "sjabloon")
        for number, tag in enumerate(("v0.9.0", "v0.10.0", "v0.11.0rc1", "zomer"), 1):
            release(clone, tag, {"source/extra.rst": f":orphan:\n\n{tag}\n"}, number)
        write(clone, {"source/extra.rst": "Niet vastgelegd.\n", "source/los.rst": "Ook niet.\n"})
        folder = start(clone, tmp_path / "x")
        assert (folder / "source/extra.rst").read_text().endswith("\nv0.10.0\n")
        assert not (folder / "source/los.rst").exists()

    def test_without_releases_the_last_commit(self, template: Path, tmp_path: Path) -> None:
        clone = tmp_path / "sjabloon"
        git(tmp_path, "clone", "--quiet", "--no-tags", str(template), "sjabloon")
        git(clone, "remote", "remove", "origin")
        write(clone, {"Makefile": "niet vastgelegd"})
        result = bouwsteen(clone, "new", *DATA, "../x")
        head = git(clone, "rev-parse", "HEAD")
        assert result.stdout.splitlines()[0] == f"Sjabloon: {clone}, uitgave {head[:12]}"
        assert (tmp_path / "x/lock/bouwsteen.txt").read_text() == f"{clone}\n{head}\n"
        assert (tmp_path / "x/Makefile").read_bytes() == (template / "Makefile").read_bytes()

    def test_where_a_clone_came_from(self, template: Path, tmp_path: Path) -> None:
        """A document is bound to the template that others have too, not to somebody's copy."""
        git(tmp_path, "clone", "--quiet", "--bare", str(template), "centraal")
        git(tmp_path, "clone", "--quiet", f"file://{tmp_path}/centraal", "kloon")
        release(tmp_path / "kloon", SECOND, {"source/extra.rst": ":orphan:\n"})
        result = bouwsteen(tmp_path / "kloon", "new", *DATA, "../x")
        address = f"file://{tmp_path}/centraal"
        assert result.stdout.splitlines()[0] == f"Sjabloon: {address}, uitgave {FIRST}"
        assert (tmp_path / "x/lock/bouwsteen.txt").read_text() == f"{address}\n{FIRST}\n"

    def test_an_origin_beside_the_clone(self, template: Path, tmp_path: Path) -> None:
        git(tmp_path, "clone", "--quiet", str(template), "kloon")
        git(
            tmp_path / "kloon",
            "remote",
            "set-url",
            "origin",
            os.path.relpath(template, tmp_path / "kloon"),
        )
        found = releases.address_of(None, tmp_path / "kloon", "nl")
        assert found == str(template)


class TestIdentity:
    """Who makes the first commit."""

    def last(self, folder: Path) -> str:
        return git(folder, "log", "--format=%an <%ae>, %cn <%ce>")

    @pytest.mark.parametrize(
        ("author", "name"), [("J. Jansen", "J. Jansen"), ("<>", "Bouwsteen"), ("é\n", "é")]
    )
    def test_nobody_told_git(self, author: str, name: str, template: Path, tmp_path: Path) -> None:
        arguments = ["--template", str(template), *DATA, "--data", f"auteur={author}", "x"]
        result = bouwsteen(tmp_path, "new", *arguments)
        assert result.exit_code == 0, result.stderr
        who = f"{name} <onbekend@document.invalid>"
        assert self.last(tmp_path / "x") == f"{who}, {who}"

    def test_git_knows(self, template: Path, tmp_path: Path) -> None:
        settings_of_git = tmp_path / "instellingen"
        settings_of_git.write_text(
            "[user]\nname = Ik\nemail = ik@example.org\n[commit]\ngpgSign = true\n"
            "[core]\nexcludesFile = /dev/null\nautocrlf = true\n[init]\ndefaultBranch = trunk\n"
        )
        bouwsteen(
            tmp_path, "new", "--template", str(template), *DATA, "x",
            GIT_CONFIG_GLOBAL=str(settings_of_git), GIT_DIR="/nergens", GIT_INDEX_FILE="/nergens",
        )  # fmt: skip
        assert self.last(tmp_path / "x") == "Ik <ik@example.org>, Ik <ik@example.org>"
        assert (tmp_path / "x/Makefile").read_bytes() == (template / "Makefile").read_bytes()


class Terminal:
    """A command in a terminal of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.ours, theirs = pty.openpty()
        termios.tcsetwinsize(self.ours, (24, 80))
        environment = {**without_git_settings(folder), "TERM": "xterm"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bouwsteen", *arguments],
            cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # so that keys send signals
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""

    def expect(self, text: str) -> str:
        """Read until *text* is on the screen; return what came there since the last time."""
        deadline = time.monotonic() + 60
        while text not in self.screen():
            assert time.monotonic() < deadline, self.seen
            if not self.read():
                raise AssertionError(f"{text!r} not in {self.seen!r}")
        screen, self.seen = self.screen(), ""
        return screen

    def read(self) -> bool:
        """Read what there is; tell whether there can be more."""
        if not select.select([self.ours], [], [], 1)[0]:
            return True
        try:
            data = os.read(self.ours, 65536)
        except OSError:  # Linux: nobody has the other end any more
            return False
        if b"\x1b[6n" in data:  # where is the cursor?
            os.write(self.ours, b"\x1b[1;1R")
        self.seen += data.decode(errors="replace")
        return bool(data)

    def screen(self) -> str:
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self.seen)

    def type(self, text: str) -> None:
        os.write(self.ours, text.encode())

    def end(self) -> int:
        while self.read():
            pass
        return self.process.wait(60)


@pytest.fixture
def terminal(template: Path, tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    opened = []

    def run(*arguments: str) -> Terminal:
        opened.append(Terminal(tmp_path, "new", "--template", str(template), *arguments))
        return opened[-1]

    yield run
    for each in opened:
        each.process.kill()
        each.process.wait()
        os.close(each.ours)


class TestQuestions:
    """What is asked, over a real terminal."""

    def test_they_fit_on_the_screen(self) -> None:
        """What is longer than a line is not shown; the mark before it takes two."""
        for name, question in yaml.safe_load((REPOSITORY / "copier.yml").read_text()).items():
            if not name.startswith("_"):
                for line in question["help"].splitlines():
                    assert len(line) <= 76 or line.startswith(("{%", "uit: {{")), line

    def test_answers(self, terminal: Callable[..., Terminal], tmp_path: Path) -> None:
        asked = terminal("--data", "bron=Zaaksysteem", "x")
        asked.expect("Titel van het document:")
        asked.type("\r")
        asked.expect("Ondertitel, bijvoorbeeld:")
        asked.type("Samen sterk\r")
        asked.expect("Gemeenten die meedoen")
        asked.type("\r")
        asked.expect("Noem ten minste één gemeente")
        asked.type("Aadorp, Beekdal\r")
        asked.expect("Auteur, bijvoorbeeld:")
        asked.type("Zoë 'Z' \"de\" Wit\r")
        asked.expect("Datum, als jaar-maand-dag")
        asked.type("\x152026-02-30\r")
        assert "Validation" not in asked.expect("Schrijf een bestaande datum")
        asked.type("\x152026-02-28\r")
        asked.expect("Versie, bijvoorbeeld:")
        asked.type("\r")
        asked.expect("Kenmerk van het document")
        asked.type("Z-1\r")
        asked.expect("Archiefvormer (wie")
        asked.type("\r")
        asked.expect("Waardering, Blijvend te bewaren of Te vernietigen:")
        asked.type("\r")
        asked.expect("Beperking van het gebruik")
        asked.type("\r")
        asked.expect("(mag leeg blijven):")
        asked.type("\r")
        asked.expect("uit: de, en, fr")
        asked.type("de\r")
        asked.expect("make draft")
        assert asked.end() == 0
        config = settings.read(tmp_path / "x")
        assert config.project == settings.read(REPOSITORY).project
        assert config.author == "Zoë 'Z' \"de\" Wit"
        assert config.bouwsteen_subtitle == "Samen sterk"
        assert config.bouwsteen_date == "2026-02-28"
        assert config.bouwsteen_municipalities == ["Aadorp", "Beekdal"]
        assert config.bouwsteen_complete_languages == ["de"]
        assert config.bouwsteen_mdto["archiefvormer"] == "Gemeente Aadorp"

    def test_a_terminal_and_no_questions(
        self, terminal: Callable[..., Terminal], tmp_path: Path
    ) -> None:
        assert terminal("--defaults", *DATA, "x").end() == 0
        assert settings.read(tmp_path / "x").author == "J. Jansen"

    @pytest.mark.parametrize("how", ["ctrl-c", "terminate", "hang up"])
    def test_stopped(self, how: str, terminal: Callable[..., Terminal], tmp_path: Path) -> None:
        asked = terminal("x")
        asked.expect("Titel van het document:")
        assert list(tmp_path.iterdir())  # what there is by then, goes
        if how == "ctrl-c":
            asked.type("\x03")
        else:
            asked.process.send_signal(signal.SIGTERM if how == "terminate" else signal.SIGHUP)
        assert asked.end() == 1
        assert "Gestopt: er is geen nieuw document." in asked.screen()
        assert "Traceback" not in asked.screen()
        assert list(tmp_path.iterdir()) == []


@pytest.mark.network
class TestMake:
    """The targets, in the template and in the document."""

    def make(
        self, folder: Path, *arguments: str, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run make with our own environment, as if it were that of *folder*."""
        programs = folder.parent / "programs"  # ours may stand in a folder with a blank
        if not programs.is_symlink():
            programs.symlink_to(Path(sys.executable).parent)
        own = ["-o", ".venv/base", "-o", ".venv/new", f"BIN={programs}"]
        return make(folder, *own, *arguments, **environment)

    def test_where_to(self, template: Path) -> None:
        result = self.make(template, "new", DIR="van het systeem", OPTIONS="--help")
        assert result.returncode == 2
        assert result.stderr.splitlines()[0] == (
            "Waar komt het document? Geef een map: make new DIR=../mijn-document"
        )

    def test_new_and_upgrade(self, template: Path, tmp_path: Path) -> None:
        clone = tmp_path / "het sjabloon"
        git(tmp_path, "clone", "--quiet", str(template), clone.name)
        git(clone, "remote", "remove", "origin")
        options = " ".join(f"--data {name}='{value}'" for name, value in ANSWERS.items())
        result = self.make(clone, "new", "DIR=../mijn opdracht", f"OPTIONS={options}")
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout.splitlines()[-2] == "  cd '../mijn opdracht'"
        folder = tmp_path / "mijn opdracht"
        assert settings.read(folder).author == "J. Jansen"
        for number, tag in enumerate((SECOND, "v0.3.0"), 1):
            release(clone, tag, {"source/extra.rst": f":orphan:\n\n{tag}\n"}, number)
        result = self.make(folder, "upgrade", f"RELEASE={SECOND}")
        assert (result.returncode, result.stderr) == (0, "")
        assert (folder / "source/extra.rst").read_text().endswith(f"\n{SECOND}\n")
        commit(folder)
        result = self.make(folder, "upgrade", RELEASE="van het systeem")
        assert (result.returncode, result.stderr) == (0, "")
        assert (folder / "source/extra.rst").read_text().endswith("\nv0.3.0\n")

    def test_a_document_makes_its_own_draft(self, template: Path, tmp_path: Path) -> None:
        """With the bouwsteen of the release that it is of, which is nowhere else."""
        clone = tmp_path / "sjabloon"
        git(tmp_path, "clone", "--quiet", str(template), "sjabloon")
        git(clone, "remote", "remove", "origin")
        folder = start(clone, tmp_path / "opdracht")
        write(clone, {"bouwsteen/__init__.py": "raise SystemExit('een latere stand')\n"})
        commit(clone)
        moved = clone.rename(tmp_path / "elders")
        result = make(folder, "draft")
        assert result.returncode == 2
        (line,) = [x for x in result.stderr.splitlines() if not x.startswith("make:")]
        assert line.startswith(f"Bouwsteen is niet op te halen van {clone}: is er internet")
        assert not (folder / ".venv/base").exists()
        moved.rename(clone)
        self.make_environment(folder)
        result = make(folder, "draft")
        assert (result.returncode, result.stderr) == (0, "")
        pdf = "build/rinoh/draft/bestuursopdracht-nl.pdf"
        assert result.stdout.splitlines()[-1] == pdf
        assert "J. Jansen" in pages_of(folder / pdf)[0]
        assert make(folder, "-q", "draft").returncode == 0
        assert git(folder, "status", "--porcelain") == ""
        listed = {line.split()[0] for line in make(folder).stdout.splitlines()[1:]}
        assert "upgrade" in listed
        assert not {"new", "test", "lint", "lock"} & listed

    def make_environment(self, folder: Path) -> None:
        """Make it with next to nothing to fetch; what bouwsteen needs is taken from around us."""
        lock = folder / "lock/base.txt"
        text = lock.read_text()
        found = re.search(r"^flit-core==(?:.*\\\n)+.*\n", text, re.MULTILINE)
        assert found is not None
        lock.write_text(found[0])
        result = make(folder, ".venv/base")
        lock.write_text(text)
        if "Het ophalen is mislukt" in result.stderr:
            means_missing("no package index to install from")
        assert (result.returncode, result.stderr) == (0, "")
        assert not (folder / ".venv/clone").exists()
        (packages,) = (folder / ".venv/lib").glob("python*/site-packages")
        installed = packages / "bouwsteen/__init__.py"
        assert installed.read_text() == (REPOSITORY / "bouwsteen/__init__.py").read_text()
        (packages / "elders.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
        for name in ("lock/base.txt", ".venv/base"):
            (folder / name).touch()
