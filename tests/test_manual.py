# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The manual, followed to the letter: from nothing to a document in the archive."""

from __future__ import annotations

import os
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polib
import pytest

from bouwsteen.catalogues import files
from tests.conftest import REPOSITORY, means_missing
from tests.repositories import commit, git
from tests.test_make import copy_to, make

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MANUAL = REPOSITORY / "docs" / "handleiding.md"
EXAMPLE = REPOSITORY / "examples" / "samenwerking-noord"
PAGE = "http://127.0.0.1:8000/"
ANSWER = r"\(Enter\)"  # in the table of questions: the answer that is there already

pytestmark = pytest.mark.network


class Block(NamedTuple):
    """Something in a frame."""

    language: str
    line: int
    text: str
    section: str
    before: str  # the paragraph above it


class Step(NamedTuple):
    """A command."""

    line: int
    command: str
    section: str
    fails: bool  # as the manual says beforehand


def blocks(*languages: str) -> list[Block]:
    """Return the blocks of the manual in *languages*, in their order."""
    lines = MANUAL.read_text(encoding="utf-8").splitlines()
    found, section, above, start = [], "", "", 0
    for number, line in enumerate(lines, 1):
        if line.startswith("```"):
            if not start:
                start = number
                continue
            language = lines[start - 1].removeprefix("```")
            text = "\n".join(lines[start : number - 1])
            found.append(Block(language, start + 1, text, section, above))
            start, above = 0, ""
        elif not start:
            section = line.lstrip("# ") if line.startswith("#") else section
            above = f"{above}\n{line}" if line and lines[number - 2] else line or above
    return [block for block in found if block.language in languages]


def steps_of(block: Block) -> list[Step]:
    return [
        Step(number, line, block.section, "`Error 1`" in block.before)
        for number, line in enumerate(block.text.splitlines(), block.line)
    ]


STEPS = [step for block in blocks("sh") for step in steps_of(block)]
INSTALLING = [step for step in STEPS if step.command.startswith("sudo ")]
FOLLOWED = [step for step in STEPS if step not in INSTALLING]


def only(language: str, containing: str) -> Block:
    (block,) = [block for block in blocks(language) if containing in block.text]
    return block


def pattern(text: str) -> str:
    """Return a pattern of output: ``…`` stands for part of a line, alone for any lines."""
    lines = [
        r"(?:.*\n)*?" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\s*?\n"
        for line in text.splitlines()
    ]
    return "(?m)^" + "".join(lines)


class Reader:
    """Somebody at a computer of their own, with the manual."""

    def __init__(self, computer: Path) -> None:
        self.folder = computer
        self.home = computer / "home"
        self.address = computer / "adres"
        self.document = computer / "samenwerking-noord"
        self.home.mkdir()
        for name in (".cache/pip", ".config/pip", ".pip"):  # what the machine knows of its index
            if (known := Path.home() / name).exists():
                (self.home / name).parent.mkdir(exist_ok=True)
                (self.home / name).symlink_to(known)
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MAKE", "MFLAGS", "VIRTUAL_ENV", "GIT_", "SOURCE_DATE_EPOCH"))
        }
        self.environment = {
            **kept, "HOME": str(self.home), "GIT_CONFIG_GLOBAL": str(self.home / ".gitconfig"),
            "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C.UTF-8", "PYTHON": sys.executable,
            "TERM": "xterm", "BROWSER": "true", "PIP_NO_COMPILE": "1",
        }  # fmt: skip
        self.environment.pop("LANGUAGE", None)

    def do(self, step: Step) -> subprocess.CompletedProcess[str]:
        """Give a command, in the folder where the last one left the reader."""
        command = step.command.replace("ADRES", shlex.quote(str(self.address)))
        here = self.home / "here"
        # bash takes a line as it is typed; where it ends up is for the next one
        line = f"trap 'pwd >{shlex.quote(str(here))}' EXIT\n{command}\n"
        run = {"make new": self._answer, "make live": self._watch}
        how = run.get(" ".join(command.split()[:2]), self._wait)
        result = how(["bash", "-c", line])
        self.folder = Path(here.read_text().rstrip("\n"))
        return result

    def _wait(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, text=True, check=False, timeout=600,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def _answer(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Answer the questions as the table in the manual does, at a terminal."""
        rows = re.findall(
            r"^\| (.+?) \| (.+?) \|$", MANUAL.read_text(encoding="utf-8"), re.MULTILINE
        )
        first = next(number for number, row in enumerate(rows) if row[0] == "Titel")
        answers = iter(rows[first : first + 13])
        process, terminal = pty.fork()
        if not process:
            os.chdir(self.folder)
            os.execvpe(command[0], command, self.environment)
        seen, asked, deadline = "", "", time.monotonic() + 600
        question, answer = next(answers)
        while time.monotonic() < deadline:
            if select.select([terminal], [], [], 1)[0]:
                try:
                    data = os.read(terminal, 65536)
                except OSError:  # Linux: nobody has the other end any more
                    break
                if b"\x1b[6n" in data:  # where is the cursor?
                    os.write(terminal, b"\x1b[1;1R")
                text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", data.decode(errors="replace"))
                seen, asked = seen + text, asked + text
            elif f"• {question}" in asked:
                is_new = not re.fullmatch(ANSWER, answer)
                os.write(terminal, f"\x15{answer}\r".encode() if is_new else b"\r")
                asked, deadline = "", time.monotonic() + 60
                question, answer = next(answers, ("geen vraag meer", ""))
        else:
            os.killpg(process, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        os.close(terminal)
        if question != "geen vraag meer":
            code, seen = 1, f"{seen}\nNiet gevraagd: {question}"
        return subprocess.CompletedProcess(command, code, seen.replace("\r", ""))

    def _watch(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Look at the page, and press Ctrl+C."""
        if answers(PAGE):
            means_missing("port 8000 that is free")
        log = self.home / "live"
        with log.open("wb") as output:
            # a job in the background, as these tests may be, ignores what Ctrl+C sends
            process = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, start_new_session=True,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )  # fmt: skip
            deadline = time.monotonic() + 120
            while not answers(PAGE) and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.2)
            seen = answers(PAGE)
            os.killpg(process.pid, signal.SIGINT)
            try:
                code = process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                code = 1
        said = log.read_text(errors="replace")
        ended = code in {0, 130, -signal.SIGINT}  # of Ctrl+C
        return subprocess.CompletedProcess(command, 0 if seen and ended else 1, said)


def answers(address: str) -> bool:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=2):
            return True
    except OSError:
        return False


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def set_in_conf(reader: Reader, block: Block) -> None:
    """Change a line of conf.py to that of the manual."""
    name = block.text.partition(" = ")[0]
    path = reader.document / "conf.py"
    text, count = re.subn(rf"(?m)^{name} = .*$", block.text, path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(text, encoding="utf-8")


# what the reader does in an editor, as the manual says, before the command that comes next


def fill_in_and_try_markup(reader: Reader) -> None:
    asks, answered = only("rst", ".. fill-in::"), only("rst", "Inwoners regelen")
    replace(reader.document / "source/waarom.rst", asks.text, answered.text)
    others = [block.text for block in blocks("rst") if block not in (asks, answered)]
    chapter = reader.document / "source/financiering.rst"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text("\n\n".join([text, *others, ""]), encoding="utf-8")
    shutil.copy(EXAMPLE / "source/organogram.png", reader.document / "source")


def see_markup(reader: Reader) -> None:
    page = (reader.document / "build/html/draft/nl/financiering.html").read_text(encoding="utf-8")
    for markup in ("<em>cursief</em>", "<strong>vet</strong>", "<ol", "<table", 'alt="Wat er op',
                   "naam van de gemeente", "Dit is de tekst van de voetnoot"):  # fmt: skip
        assert markup in page
    git(reader.document, "restore", "source/financiering.rst")
    (reader.document / "source/organogram.png").unlink()


def write_the_rest(reader: Reader) -> None:
    shutil.copytree(EXAMPLE / "source", reader.document / "source", dirs_exist_ok=True)
    set_in_conf(reader, only("python", "version"))


def release_template(reader: Reader) -> None:
    """Change guidance, which nobody has changed, and a question, which has been answered."""
    chapter = reader.address / "source/waarom.rst"
    replace(chapter, "*omgevingsanalyse* van EGEM", "*omgevingsanalyse* van uw gemeenten")
    new = only("diff", "<<<<<<<").text.partition("=======\n")[2].splitlines()[0]
    asked = "   Welke ontwikkelingen in de technologie zijn voor uw gemeenten een reden om samen te werken?"
    replace(chapter, asked, new)
    commit(reader.address)
    git(reader.address, "tag", "v0.2.0")


def solve_conflict(reader: Reader) -> None:
    chapter = reader.document / "source/waarom.rst"
    text = chapter.read_text(encoding="utf-8")
    sides = re.compile(r"(?ms)^<<<<<<< .*?\n(.*?)^=======\n.*?^>>>>>>> .*?\n")
    (shown,) = [match[0] for match in sides.finditer(text)]
    for line in only("diff", "<<<<<<<").text.splitlines():
        assert re.search(pattern(line).removesuffix(r"\s*?\n"), shown), line
    assert "*omgevingsanalyse* van uw gemeenten" in text
    chapter.write_text(sides.sub(r"\1", text), encoding="utf-8")


def change_without_committing(reader: Reader) -> None:
    replace(reader.document / "source/waarom.rst", "82.500", "82.501")
    (reader.document / "source/nieuw.rst").write_text("Nieuw\n=====\n")
    git(reader.document, "add", "--all")


def see_nothing_changed(reader: Reader) -> None:
    assert git(reader.document, "status", "--porcelain") == ""


def translate(reader: Reader) -> None:
    """Translate as the manual does what it shows, and all else as it is in Dutch."""
    shown = {entry.msgid: entry.msgstr for entry in polib.pofile(only("po", "msgid").text)}
    seen = set()
    for path in (reader.document / "locale/en/LC_MESSAGES").glob("*.po"):
        catalogue = polib.pofile(str(path))
        for entry in catalogue:
            if entry.obsolete or entry.translated():
                continue
            seen.add(entry.msgid)
            entry.msgstr = shown.get(entry.msgid, entry.msgid)
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
            entry.previous_msgid = None
        files.write(path, catalogue)
    assert set(shown) <= seen


BEFORE: dict[tuple[str, str], Callable[[Reader], None]] = {
    ("Bekijken", "make html"): fill_in_and_try_markup,
    ("Bekijken", "make live"): see_markup,
    ("Afronden", "make check"): write_the_rest,
    ("Een nieuwe uitgave van het sjabloon", "make upgrade"): release_template,
    ("Een nieuwe uitgave van het sjabloon", "git add --all"): solve_conflict,
    ("Een nieuwe uitgave van het sjabloon", "git reset --merge"): change_without_committing,
    ("Voor de vertaler", "make update-po LANGUAGES=en"): see_nothing_changed,
    ("Voor de vertaler", "make stats"): translate,
    ("Voor de vertaler", "make check"):
        lambda reader: set_in_conf(reader, only("python", "bouwsteen_complete_languages")),
}  # fmt: skip


def nothing(_reader: Reader) -> None:
    pass


class Journey(NamedTuple):
    reader: Reader
    results: dict[Step, subprocess.CompletedProcess[str]]
    broken: list[AssertionError]  # what the reader could not do between two commands


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    """Follow the manual as far as it leads."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
        reader = Reader(tmp_path_factory.mktemp("computer"))
        copy_to(reader.address)
        commit(reader.address)
        git(reader.address, "tag", "v0.1.0")
        journey = Journey(reader, {}, [])
        for step in FOLLOWED:
            try:
                BEFORE.get((step.section, step.command), nothing)(reader)
            except AssertionError as error:
                journey.broken.append(error)
                break
            journey.results[step] = result = reader.do(step)
            if "Het ophalen is mislukt" in result.stdout:
                means_missing("no package index to install from")
            if bool(result.returncode) != step.fails:
                break
        yield journey


def name_of(step: Step) -> str:
    return f"{step.line}: {step.command}"


@pytest.mark.parametrize("step", FOLLOWED, ids=name_of)
def test_a_command_does_what_the_manual_says(step: Step, journey: Journey) -> None:
    if step not in journey.results:
        pytest.skip("the manual was not followed so far: see what failed before")
    result = journey.results[step]
    assert bool(result.returncode) == step.fails, result.stdout


@pytest.mark.parametrize("block", blocks("text"), ids=lambda block: f"{block.line}")
def test_output_is_as_in_the_manual(block: Block, journey: Journey) -> None:
    (above,) = [other for other in blocks("sh") if other.line < block.line][-1:]
    said = [journey.results[step].stdout for step in steps_of(above) if step in journey.results]
    assert any(re.search(pattern(block.text), f"{output}\n") for output in said), "\n".join(said)


def test_the_reader_can_do_what_stands_between_the_commands(journey: Journey) -> None:
    for error in journey.broken:
        raise error


def test_the_reader_did_all_that_stands_in_the_manual() -> None:
    assert set(BEFORE) <= {(step.section, step.command) for step in FOLLOWED}
    known = {"sh", "text", "rst", "python", "po", "diff"}
    assert {block.language for block in blocks(*known)} == known
    assert MANUAL.read_text(encoding="utf-8").count("```") == 2 * len(blocks(*known))


def test_the_journey_ends_in_the_archive(journey: Journey) -> None:
    folder = journey.reader.document / "archive"
    (bag,) = folder.iterdir()
    names = {path.name for path in (bag / "data" / bag.name).glob("*.pdf")}
    assert names == {f"{bag.name}-nl.pdf", f"{bag.name}-en.pdf"}
    of_manual = re.findall(r"^\| (`.+?`) \|", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    told = {name for cell in of_manual for name in re.findall("`(.+?)`", cell)}
    for path in (*bag.iterdir(), *(bag / "data").iterdir()):
        name = path.relative_to(bag).as_posix()
        assert f"{name}/" in told or name in told or name == "data"
    for command in re.findall(
        "^  (sha256sum .+)$", (bag / "LEESMIJ.txt").read_text(), re.MULTILINE
    ):
        assert [step for step in FOLLOWED if step.command.split()[-1] == command.split()[-1]]
        subprocess.run(command.split(), cwd=bag, check=True, capture_output=True)


def test_the_chapters_are_those_of_the_document(journey: Journey) -> None:
    rows = re.findall(r"^\| `source/(.+?)` \|", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    template = {path.name for path in (journey.reader.address / "source").glob("*.rst")}
    assert set(rows) == template


@pytest.mark.parametrize("step", INSTALLING, ids=name_of)
def test_what_must_be_installed_can_be(step: Step, tmp_path: Path) -> None:
    if os.geteuid() or not shutil.which("apt-get"):
        means_missing("root on a Debian, to install packages")
    settings = tmp_path / "apt.conf"  # the reader presses Enter
    settings.write_text('APT::Get::Assume-Yes "true";\n')
    result = subprocess.run(
        step.command.removeprefix("sudo ").split(),
        env={**os.environ, "APT_CONFIG": str(settings), "DEBIAN_FRONTEND": "noninteractive"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if re.search("Could not (resolve|connect)|Failed to fetch|Unable to locate", result.stderr):
        means_missing("no package index of Debian to install from")
    assert result.returncode == 0, result.stderr


def test_every_target_is_in_the_manual_and_no_other(tmp_path: Path) -> None:
    text = MANUAL.read_text(encoding="utf-8")
    named = set(re.findall(r"(?m)(?:^|`)make ([a-z][a-z-]*)", text))
    shutil.copy(REPOSITORY / "Makefile", tmp_path)  # all of the targets that a document has
    listed = {line.split()[0] for line in make(tmp_path).stdout.splitlines()[1:]}
    assert "draft" in listed
    assert listed <= named
    of_repository = {"example", "new"}
    assert named - listed == of_repository
    for target in of_repository:
        assert re.search(f"(?m)^{target}:", (REPOSITORY / "repository.mk").read_text())


class TestWhatGoesWrong:
    """Each message that the manual explains is one that the reader gets."""

    @pytest.fixture
    def explained(self) -> str:
        return MANUAL.read_text(encoding="utf-8").partition("## Als het niet lukt")[2]

    def test_git_does_not_know_who(self, explained: str, tmp_path: Path) -> None:
        nobody = {
            **os.environ, "HOME": str(tmp_path), "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.useConfigOnly",
            "GIT_CONFIG_VALUE_0": "true",
        }  # fmt: skip
        subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
        result = subprocess.run(
            ["git", "commit", "--allow-empty", "--message", "Begin"],
            cwd=tmp_path, env=nobody, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert said(explained, result.stderr) == ["Please tell me who you are"]

    def test_another_folder(self, explained: str, tmp_path: Path) -> None:
        assert said(explained, make(tmp_path, "draft", LC_ALL="C").stderr) == [
            "No rule to make target"
        ]

    def test_setting_up(self, explained: str) -> None:
        script = (REPOSITORY / "tools/venv").read_text(encoding="utf-8")
        assert said(explained, script) == [
            "Het ophalen is mislukt: is er internet?", "Python ontbreekt",
            "Deze Python is te oud", "De module venv ontbreekt",
        ]  # fmt: skip

    def test_mistakes(self, explained: str, journey: Journey) -> None:
        """Nothing is left of what is not committed."""
        chapter = journey.reader.document / "source/financiering.rst"
        text = chapter.read_text(encoding="utf-8")
        mistakes = [
            "Een nieuwe kop\n----", "- een\ntwee", "Een zin.\nNog een zin.\n   Ingesprongen.",
            "Zie :ref:`nergens`.", "Een *woord.", ".. figure:: nergens.png",
        ]  # fmt: skip
        chapter.write_text("\n\n".join([text, *mistakes, ""]), encoding="utf-8")
        draft = journey.reader.do(Step(0, "make draft", "", fails=True))
        archive = journey.reader.do(Step(0, "make archive", "", fails=True))
        chapter.write_text(text, encoding="utf-8")
        table = re.findall(r"^\| `(.+?)` \|", explained, re.MULTILINE)
        assert [message for message in table if message not in draft.stdout] == []
        assert said(explained, draft.stdout) == ["WARNING"]
        assert said(explained, archive.stdout) == ["Leg deze eerst vast met git commit"]


def said(explained: str, output: str) -> list[str]:
    """Return the messages that the manual explains in a list and *output* has."""
    items = re.findall(r"[*][*]`(.+?)`[*][*]", explained)
    return [message for message in items if message in output]
