# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Several editions at once: what fails, what is stopped, and that all come out as they do alone."""

from __future__ import annotations

import contextlib
import datetime
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from bouwsteen.build import ENGINES, Edition, build
from bouwsteen.profile import Profile
from bouwsteen.workers import _next, outcomes
from tests.conftest import REPOSITORY, require_tex
from tests.repositories import NOON, commit

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = ("nl", "de", "fr", "en")
EDITIONS = [f"{profile}/{language}" for profile in Profile for language in LANGUAGES]
# Executed with conf.py, in each worker: what happens to which edition stands in the environment.
HAPPENS = """
import os, pathlib, signal, time

def setup(app):
    app.connect("builder-inited", happen, priority=900)

def happen(app):
    edition = f"{app.config.bouwsteen_profile}/{app.config.language}"
    what = dict(pair.split("=") for pair in os.environ.get("PROEF", "").split()).get(edition)
    if what == "warning":
        from sphinx.util import logging
        logging.getLogger("proef").warning("een proef met %s", edition)
    elif what == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "fault":
        def fail():
            raise ZeroDivisionError(edition)
        app.builder.read = fail  # what goes wrong in an event Sphinx foresaw
    elif what == "waits":
        mark = pathlib.Path(os.environ["PROEF_MARKS"], edition.replace("/", "-"))
        mark.write_text(str(os.getpid()))
        while True:
            time.sleep(0.05)
    elif what == "cleans":
        try:
            pathlib.Path(os.environ["PROEF_MARKS"], edition.replace("/", "-")).touch()
            time.sleep(600)
        finally:
            for _ in range(10):  # as long as TeX needs to end
                time.sleep(0.02)
            pathlib.Path(os.environ["PROEF_MARKS"], "opgeruimd").touch()
"""


@pytest.fixture
def folder(document: Path, tmp_path: Path) -> Path:
    """A copy of the template, in four languages, to which something may happen."""
    (tmp_path / "merken").mkdir()
    return copy_with(HAPPENS, document, tmp_path / "document")


def copy_with(code: str, document: Path, copy: Path) -> Path:
    """Copy *document*, with *code* at the end of its ``conf.py``."""
    shutil.copytree(document, copy, ignore=shutil.ignore_patterns("build"))
    with (copy / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(code)
    return copy


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bouwsteen", "build", *arguments]


def environment(folder: Path, PYTHONPATH: str = "", **what: str) -> dict[str, str]:  # noqa: N803
    happens = " ".join(f"{edition.replace('_', '/')}={fate}" for edition, fate in what.items())
    given = {"PYTHONPATH": PYTHONPATH} if PYTHONPATH else {}
    marks = str(folder.parent / "merken")
    return {**os.environ, **given, "PROEF": happens, "PROEF_MARKS": marks}


def run(folder: Path, *arguments: str, **what: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=folder, env=environment(folder, **what), check=False,
        capture_output=True, text=True,
    )  # fmt: skip


def made(folder: Path) -> set[str]:
    """Return the PDFs that there are, and whatever else stands beside them."""
    output = folder / "build/rinoh"
    return {str(path.relative_to(output)) for path in output.rglob("*") if path.is_file()}


def name_of(edition: str) -> str:
    profile, language = edition.split("/")
    return f"{profile}/bestuursopdracht-{language}.pdf"


def until(happened: Callable[[], bool]) -> None:
    for _attempt in range(3000):
        if happened():
            return
        time.sleep(0.02)
    pytest.fail("it never happened")


def processes_in(folder: Path) -> list[int]:
    found = []
    for process in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            is_zombie = "\nState:\tZ" in (process / "status").read_text()
            if process.name.isdigit() and (process / "cwd").readlink() == folder and not is_zombie:
                found.append(int(process.name))
    return found


class TestBytes:
    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_are_those_of_each_alone(
        self, jobs: str, folder: Path, published: Callable[[Edition], object], document: Path
    ) -> None:
        result = run(folder, "--jobs", jobs, *EDITIONS)
        assert result.returncode == 0, result.stderr
        assert made(folder) == {name_of(edition) for edition in EDITIONS}
        for edition in EDITIONS:
            profile, language = edition.split("/")
            published(Edition("rinoh", Profile(profile), language))
            alone = document / "build/rinoh" / name_of(edition)
            assert (folder / "build/rinoh" / name_of(edition)).read_bytes() == alone.read_bytes()

    def test_are_those_of_latex_too(self, folder: Path) -> None:
        require_tex()
        named = ["draft/nl", "final/nl", "draft/de"]
        assert run(folder, "--engine", "latex", *named).returncode == 0
        together = {edition: folder / "build/latex" / name_of(edition) for edition in named}
        found = {edition: path.read_bytes() for edition, path in together.items()}
        for edition in named:
            profile, language = edition.split("/")
            pdf = build(Edition("latex", Profile(profile), language), folder).pdf
            assert pdf.read_bytes() == found[edition]

    def test_of_an_edition_named_twice(self, folder: Path) -> None:
        result = run(folder, "draft/nl", "draft/de", "--profile", "draft", "--language", "nl")
        assert result.returncode == 0, result.stderr
        assert sorted(result.stdout.split()) == [
            "build/rinoh/draft/bestuursopdracht-de.pdf", "build/rinoh/draft/bestuursopdracht-nl.pdf"
        ]  # fmt: skip


class TestFailing:
    def test_one_does_not_stop_the_others(self, folder: Path) -> None:
        before = run(folder, "draft/de")
        assert before.returncode == 0, before.stderr
        result = run(folder, *EDITIONS, draft_de="warning", final_fr="warning")
        assert result.returncode == 1
        failed = {"draft/de", "final/fr"}
        assert made(folder) == {name_of(edition) for edition in EDITIONS if edition not in failed}
        for edition in failed:
            assert f"een proef met {edition}" in result.stderr
        last = result.stderr.strip().splitlines()[-1]
        assert last.startswith("6 van de 8 PDF's zijn gemaakt. Niet gemaakt: ")
        assert {"concept (de)", "definitieve versie (fr)"} == {
            name.rstrip(".") for name in last.partition("gemaakt: ")[2].split(", ")
        }

    def test_alone_needs_no_summary(self, folder: Path) -> None:
        result = run(folder, "draft/de", draft_de="warning")
        assert result.returncode == 1
        assert "van de" not in result.stderr
        assert made(folder) == set()

    def test_in_a_way_that_nobody_foresaw(self, folder: Path) -> None:
        result = run(folder, "draft/nl", "draft/de", draft_de="fault")
        assert result.returncode == 1
        assert "Traceback" not in result.stderr
        assert "ZeroDivisionError" in (folder / "build/error.log").read_text(encoding="utf-8")
        assert made(folder) == {name_of("draft/nl")}

    @pytest.mark.parametrize("killed", [["draft_nl"], ["draft_nl", "draft_de"]])
    def test_because_it_was_killed(self, killed: list[str], folder: Path) -> None:
        """As a system does that is out of memory; another worker takes its place."""
        named = [f"draft/{language}" for language in LANGUAGES]
        result = run(folder, *named, **dict.fromkeys(killed, "killed"))
        assert result.returncode == 1
        assert "(-9)" in result.stderr
        assert "Traceback" not in result.stderr
        gone = {edition.replace("_", "/") for edition in killed}
        assert made(folder) == {name_of(edition) for edition in named if edition not in gone}

    def test_because_there_is_no_such_language(self, folder: Path) -> None:
        result = run(folder, "draft/nl", "draft/xx")
        assert result.returncode == 1
        assert "xx" in result.stderr
        assert made(folder) == {name_of("draft/nl")}

    @pytest.mark.parametrize("name", ["nl", "nl/draft", "draft/", "draft"])
    def test_because_of_how_it_is_named(self, name: str, folder: Path) -> None:
        result = run(folder, name)
        assert result.returncode == 2
        assert "PROFILE/LANGUAGE" in result.stderr

    def test_unless_it_may_be_incomplete(self, folder: Path) -> None:
        result = run(folder, "--strict", "final/nl", "draft/nl")
        assert result.returncode == 1
        assert made(folder) == {name_of("draft/nl")}


def heed_the_keyboard() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class TestStopping:
    def start(self, folder: Path, *arguments: str, **what: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command(*arguments), cwd=folder, env=environment(folder, **what), text=True,
            start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=heed_the_keyboard,
        )  # fmt: skip

    def marks(self, folder: Path) -> set[str]:
        return {path.name for path in (folder.parent / "merken").iterdir()}

    @pytest.mark.parametrize("whole_group", [True, False], ids=["keyboard", "kill -INT"])
    def test_by_the_keyboard(self, whole_group: bool, folder: Path) -> None:
        """A second is what it may take; nothing runs on, and nothing half is left."""
        arguments = ("draft/nl", "draft/de", "draft/fr", "--jobs", "2")
        with self.start(folder, *arguments, draft_nl="waits", draft_de="waits") as process:
            until(lambda: self.marks(folder) >= {"draft-nl", "draft-de"})
            send = os.killpg if whole_group else os.kill
            send(process.pid, signal.SIGINT)
            assert process.wait(1) != 0
            assert process.stderr
            assert "Traceback" not in process.stderr.read()
        assert processes_in(folder) == []
        assert made(folder) == set()

    def test_by_an_impatient_writer(self, folder: Path) -> None:
        """Who presses the keys again and again."""
        with self.start(folder, "draft/nl", "draft/de", draft_nl="waits") as process:
            until(lambda: "draft-nl" in self.marks(folder))
            while process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)
                time.sleep(0.05)
            assert process.stderr
            assert "Traceback" not in process.stderr.read()
        until(lambda: processes_in(folder) == [])

    def test_lets_a_worker_clean_up(self, folder: Path) -> None:
        """The keyboard and the command both tell it; what it does then is not broken off."""
        what = {"draft_nl": "cleans", "draft_de": "waits"}
        with self.start(folder, "draft/nl", "draft/de", "--jobs", "2", **what) as process:
            until(lambda: self.marks(folder) >= {"draft-nl", "draft-de"})
            os.killpg(process.pid, signal.SIGINT)
            process.wait(10)
        assert "opgeruimd" in self.marks(folder)

    def test_with_the_command(self, folder: Path) -> None:
        """A command that is killed tells its workers nothing: they see that it is gone."""
        arguments = ("draft/nl", "draft/de", "draft/fr", "draft/en", "--jobs", "2")
        with self.start(folder, *arguments, draft_nl="waits") as process:
            until(lambda: name_of("draft/de") in made(folder) and "draft-nl" in self.marks(folder))
            mark = folder.parent / "merken" / "draft-nl"
            until(lambda: bool(mark.read_text(encoding="utf-8")))
            waiting = int(mark.read_text(encoding="utf-8"))
            process.kill()
            process.wait()
            # with Python's own tracker of resources, which ends with the last of them
            until(lambda: len(processes_in(folder)) == 2)
            os.kill(waiting, signal.SIGKILL)
            until(lambda: processes_in(folder) == [])

    def test_while_the_engine_is_loaded(self, folder: Path, tmp_path: Path) -> None:
        """Nothing is being built yet, and nobody sees a traceback."""
        slow = tmp_path / "traag" / "rinoh"
        slow.mkdir(parents=True)
        (slow / "__init__.py").write_text(
            "import os, pathlib, time\n"
            "pathlib.Path(os.environ['PROEF_MARKS'], str(os.getpid())).touch()\n"
            "time.sleep(3)\n"
        )
        path = os.pathsep.join([str(slow.parent), str(REPOSITORY)])
        with self.start(folder, "draft/nl", "draft/de", PYTHONPATH=path) as process:
            until(lambda: bool(self.marks(folder)))
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait(2) != 0
            assert process.stderr
            assert "Traceback" not in process.stderr.read()
        until(lambda: processes_in(folder) == [])


def on_a_terminal(folder: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    """Return the exit code, and what was shown."""
    seen, end = pty.openpty()
    process = subprocess.Popen(
        command(*arguments), cwd=folder, stdout=subprocess.PIPE, stderr=end, text=True,
        env={**environment(folder), "TERM": "xterm", "COLUMNS": "120", **variables},
    )  # fmt: skip
    os.close(end)
    shown = b""
    with contextlib.suppress(OSError):  # the terminal closes
        while piece := os.read(seen, 65536):
            shown += piece
    os.close(seen)
    process.communicate()
    return process.returncode, shown.decode("utf-8", "replace")


class TestProgress:
    def test_is_a_line_for_all(self, folder: Path) -> None:
        """On a terminal: which are being rendered, how many are done; it is gone at the end."""
        code, text = on_a_terminal(folder, "draft/nl", "draft/de", "final/nl", "--jobs", "2")
        assert code == 0
        assert "concept (nl), concept (de)" in text or "concept (de), concept (nl)" in text
        assert "0/3" in text
        assert "2/3" in text
        assert text.endswith(("\x1b[?25h\r\x1b[1A\x1b[2K", "\x1b[2K"))

    def test_is_not_there_without_a_terminal(self, folder: Path) -> None:
        result = run(folder, "draft/nl", "draft/de")
        assert result.stderr == ""


class TestOutcomes:
    def test_come_as_they_are_ready(self, document: Path) -> None:
        """What is being built is reported each time that it changes."""
        editions = [Edition("rinoh", Profile.DRAFT, language) for language in LANGUAGES]
        reports: list[list[Edition]] = []
        found = list(outcomes(editions, document, jobs=2, report=reports.append))
        assert {outcome.edition for outcome in found} == set(editions)
        assert all(outcome.pdf and outcome.pdf.is_file() for outcome in found)
        assert [len(report) for report in reports] == [2, 2, 2, 1]

    def test_of_drafts_come_first(self, document: Path) -> None:
        """They take longer: at the end, what is left is short."""
        editions = [
            Edition("rinoh", profile, language)
            for profile in (Profile.FINAL, Profile.DRAFT) for language in ("nl", "de")
        ]  # fmt: skip
        reports: list[list[Edition]] = []
        list(outcomes(editions, document, jobs=2, report=reports.append))
        assert {edition.profile for edition in reports[0]} == {Profile.DRAFT}

    def test_of_a_language_stay_with_a_worker(self) -> None:
        """If there is one; a draft comes before that."""
        draft, final = (
            {code: Edition("rinoh", profile, code) for code in ("nl", "de")}
            for profile in (Profile.DRAFT, Profile.FINAL)
        )
        waiting = [final["nl"], final["de"], draft["nl"], draft["de"]]
        known = {"de"}
        taken = [_next(waiting, known) for _ in range(5)]
        assert taken == [draft["de"], draft["nl"], final["de"], final["nl"], None]


class TestProcesses:
    """Workers are not forked from the command: it has threads, and so may a document."""

    @pytest.mark.parametrize("editions", [["draft/nl", "draft/de"], ["draft/nl"]], ids=len)
    def test_are_started_without_a_warning(self, editions: list[str], folder: Path) -> None:
        with (folder / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write(
                "\nimport threading\nthreading.Thread(target=time.sleep, args=[1]).start()\n"
            )
        code, text = on_a_terminal(folder, *editions, "--jobs", "2", PYTHONWARNINGS="default")
        assert code == 0
        assert "Bouwen van" in text or "concept" in text
        assert "fork" not in text
        assert "DeprecationWarning" not in text

    def test_are_not_held_up_by_a_thread_of_the_document(self, folder: Path) -> None:
        with (folder / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write(
                "\nimport multiprocessing, threading\n"
                "if multiprocessing.parent_process():\n"
                "    threading.Thread(target=time.sleep, args=[600]).start()\n"
            )
        assert run(folder, "draft/nl", "draft/de", "--jobs", "2").returncode == 0
        assert processes_in(folder) == []

    def test_take_no_file_of_the_document_for_python(self, folder: Path) -> None:
        for name in ("random", "socket", "multiprocessing", "rinoh", "typing"):
            (folder / f"{name}.py").write_text("raise SystemExit('kanarie')\n")
        result = subprocess.run(
            [Path(sys.executable).with_name("bouwsteen"), "build", "draft/nl", "draft/de"],
            cwd=folder, env={**environment(folder), "PYTHONSAFEPATH": ""}, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert (result.returncode, result.stderr) == (0, "")


def test_git_is_asked_once_by_each_worker(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_with("", document, tmp_path / "document")
    commit(folder)
    asked = tmp_path / "gevraagd"
    git = tmp_path / "bin" / "git"
    git.parent.mkdir()
    git.write_text(f'#!/bin/sh\necho "$@" >> {asked}\nexec {shutil.which("git")} "$@"\n')
    git.chmod(0o755)
    monkeypatch.setenv("PATH", f"{git.parent}:{os.environ['PATH']}")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert run(folder, "--jobs", "2", *EDITIONS).returncode == 0
    assert asked.read_text(encoding="utf-8").count(" rev-list ") == 2
    with pikepdf.open(folder / "build/rinoh/final/bestuursopdracht-fr.pdf") as pdf:
        assert (
            pdf.docinfo.CreationDate
            == f"D:{datetime.datetime.fromtimestamp(NOON, datetime.UTC):%Y%m%d%H%M%S}+00'00"
        )


def test_make_all_builds_what_is_out_of_date_at_once(tmp_path: Path) -> None:
    """One command for all of them, none for those that are up to date."""
    clone = tmp_path / "kopie"
    subprocess.run(["git", "clone", "-q", REPOSITORY, clone], check=True)
    (clone / ".venv/bin").mkdir(parents=True)
    stub = clone / ".venv/bin/bouwsteen"
    stub.write_text(
        f'#!/bin/sh\necho "$@" >>"$OLDPWD/opdrachten"; echo "$@" >>{tmp_path}/opdrachten\n'
        f'exec "{sys.executable}" -m bouwsteen "$@"\n'
    )  # fmt: skip
    stub.chmod(0o755)
    (clone / ".venv/bin/python").symlink_to(sys.executable)
    (clone / ".venv/lib" / Path(sys.executable).resolve().name).mkdir(parents=True)
    for stamp in ("base", "archive", "new", "test", "lint"):
        (clone / ".venv" / stamp).touch()
    commands = tmp_path / "opdrachten"

    def make(*arguments: str) -> list[list[str]]:
        commands.write_text("")
        environment = {**os.environ, "OLDPWD": str(tmp_path / "niets")}
        subprocess.run(["make", *arguments], cwd=clone, check=True, env=environment)
        return [sorted(line.split()) for line in commands.read_text().splitlines()]

    pdfs = [clone / "build/rinoh" / name_of(edition) for edition in EDITIONS]
    assert make("all") == [sorted(["build", "--engine", "rinoh", *EDITIONS])]
    assert all(pdf.is_file() for pdf in pdfs)
    assert make("all") == []
    before = {pdf: pdf.stat().st_mtime_ns for pdf in pdfs}
    (clone / "locale/de/LC_MESSAGES/waarom.po").touch()
    assert make("all") == [sorted(["build", "--engine", "rinoh", "draft/de", "final/de"])]
    changed = {pdf.name for pdf in pdfs if pdf.stat().st_mtime_ns != before[pdf]}
    assert changed == {"bestuursopdracht-de.pdf"}
    assert make("draft") == []
    assert make(
        "build/rinoh/draft/bestuursopdracht-nl.pdf", "--always-make", "-o", ".venv/base"
    ) == [sorted(["build", "--engine", "rinoh", "draft/nl"])]


def test_engines_have_their_own_folders() -> None:
    """Editions that are built at once may not meet in a folder."""
    folders = {
        Edition(engine, profile, language).folder(Path())
        for engine in ENGINES for profile in Profile for language in LANGUAGES
    }  # fmt: skip
    assert len(folders) == len(ENGINES) * len(Profile)


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--version"], 0), (["onbekend"], 2), (["build", "draft/xx"], 1)]
)
def test_the_command_ends_sooner_than_python_does(
    arguments: list[str], code: int, document: Path
) -> None:
    """But says all that it has to say, does what is to be done at the end, and tells how it was."""
    program = (
        "import atexit, sys; atexit.register(print, 'tot slot')\n"
        "class Never:\n    def __del__(self): print('vrijgegeven')\n"
        "kept = Never()\n"
        "from bouwsteen.__main__ import main\n"
        f"sys.argv[1:] = {arguments}; main()"
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=document, env=environment, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code
    assert done.stdout.endswith("tot slot\n")
    assert done.stderr if code else "bouwsteen, version" in done.stdout


def test_the_command_may_be_read_by_no_one(document: Path) -> None:
    program = (
        "import atexit, sys; atexit.register(print, 'tot slot')\n"
        "from bouwsteen.__main__ import main\n"
        "sys.argv[1:] = ['build', 'draft/xx']; main()"
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=document, env=environment, stdout=write,
        stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(write)
    assert done.returncode == 1
    assert "xx" in done.stderr
    assert "Traceback" not in done.stderr
