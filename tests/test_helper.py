# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""A single edition: read by a second process, with the engine loaded meanwhile, and nothing else."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import REPOSITORY
from tests.test_workers import (
    EDITIONS,
    copy_with,
    heed_the_keyboard,
    made,
    name_of,
    processes_in,
    until,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

PDF = Path("build", "rinoh", "draft", "bestuursopdracht-nl.pdf")
# Executed with conf.py, in both processes: the folder that they write to tells them apart.
TELLS = """
import os, pathlib, signal, time

def setup(app):
    pathlib.Path("processen", f"{os.getpid()}-{app.outdir.name}").touch()
    print("gezien op het scherm")
    if app.outdir.name == "reading" and pathlib.Path("later").exists():
        time.sleep(2)
    app.connect("source-read", read)
    app.connect("doctree-resolved", resolve)
    app.connect("env-before-read-docs", before)
    app.connect("build-finished", after)

def before(app, env, names):
    if app.outdir.name == "reading" and pathlib.Path("dood").exists():
        os.kill(os.getpid(), signal.SIGKILL)
    traag = pathlib.Path("traag")
    if app.outdir.name == "reading" and traag.exists() and app.config.language in traag.read_text():
        traag.rename("bezig")
        time.sleep(600)

def after(app, error):
    if app.outdir.name == "reading":
        pathlib.Path("processen", f"klaar {app.config.bouwsteen_profile}-{app.config.language}").touch()

def read(app, name, text):
    with open("gelezen", "a") as file:
        print(app.outdir.name, name, file=file)

def resolve(app, tree, name):
    import sys
    with open("geladen", "w") as file:
        print(*sys.modules, sep="\\n", file=file)
    wacht = pathlib.Path("wacht")
    for _ in range(600):
        ready = list(pathlib.Path("processen").glob("klaar *"))
        if not wacht.exists() or len(ready) >= int(wacht.read_text()):
            break
        time.sleep(0.05)
"""


@pytest.fixture
def folder(document: Path, tmp_path: Path) -> Path:
    """A copy of the template, which tells what happens to it."""
    copy = copy_with(TELLS, document, tmp_path / "document")
    (copy / "processen").mkdir()
    return copy


def build(
    folder: Path, *arguments: str, editions: Iterable[str] = ("draft/nl",)
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bouwsteen", "build", *editions, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "SOURCE_DATE_EPOCH": "1700000000"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def readers(folder: Path) -> set[str]:
    """Return which of the two processes read a file of the source."""
    return {line.split()[0] for line in (folder / "gelezen").read_text().splitlines()}


def processes(folder: Path) -> int:
    return len({path.name.partition("-")[0] for path in (folder / "processen").glob("[0-9]*")})


def test_reads(folder: Path) -> None:
    done = build(folder, "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert readers(folder) == {"reading"}
    assert processes(folder) == 2
    assert done.stdout.count("gezien op het scherm") == 1
    with_help = (folder / PDF).read_bytes()
    shutil.rmtree(folder / "build")
    (folder / "gelezen").unlink()
    assert build(folder, "--jobs", "1").returncode == 0
    assert readers(folder) == {"out"}
    assert (folder / PDF).read_bytes() == with_help


def test_reads_what_changed(folder: Path) -> None:
    assert build(folder, "--jobs", "2").returncode == 0
    (folder / "gelezen").unlink()
    chapter = folder / "source" / "waarom.rst"
    chapter.write_text(f"{chapter.read_text(encoding='utf-8')}\nKanarie.\n", encoding="utf-8")
    before = (folder / PDF).read_bytes()
    (folder / "later").touch()  # the other process is there first, and waits
    assert build(folder, "--jobs", "2").returncode == 0
    assert (folder / "gelezen").read_text() == "reading waarom\n"
    assert (folder / PDF).read_bytes() != before


def test_says_once_what_is_wrong(folder: Path) -> None:
    chapter = folder / "source" / "waarom.rst"
    chapter.write_text(f"{chapter.read_text(encoding='utf-8')}\n:ref:`kanarie`\n\n.. x::\n")
    for _attempt in range(2):  # nothing that was read with a warning is kept
        done = build(folder, "--jobs", "2")
        assert done.returncode == 1
        assert done.stderr.count("kanarie") == 1
        assert done.stderr.count("waarom.rst") == 2
        assert not (folder / PDF).exists()
        assert readers(folder) == {"reading", "out"}


def test_may_be_killed(folder: Path) -> None:
    (folder / "dood").touch()
    done = build(folder, "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert readers(folder) == {"out"}
    assert (folder / PDF).is_file()


@pytest.mark.parametrize("whole_group", [True, False])
@pytest.mark.parametrize("editions", [["draft/nl"], EDITIONS], ids=["one", "all"])
def test_stops_with_the_build(editions: list[str], whole_group: bool, folder: Path) -> None:
    (folder / "traag").write_text("nl")
    command = [sys.executable, "-m", "bouwsteen", "build", *editions, "--jobs", "2"]
    process = subprocess.Popen(
        command, cwd=folder, start_new_session=True, preexec_fn=heed_the_keyboard
    )
    until((folder / "bezig").exists)
    assert len(processes_in(folder)) == 2
    (os.killpg if whole_group else os.kill)(process.pid, signal.SIGINT)
    assert process.wait(60) != 0
    assert processes_in(folder) == []
    assert not (folder / PDF).exists()
    assert build(folder, "--jobs", "2").returncode == 0


class TestAll:
    """Of many editions, the first one is rendered while the others are being read."""

    def test_are_read_by_one(self, folder: Path) -> None:
        (folder / "wacht").write_text(str(len(EDITIONS)))  # what renders waits for it
        done = build(folder, "--jobs", "2", editions=EDITIONS)
        assert done.returncode == 0, done.stderr
        assert readers(folder) == {"reading"}
        assert processes(folder) == 4  # what reads, what renders, and two workers
        assert made(folder) == {name_of(edition) for edition in EDITIONS}

    def test_but_those_for_which_there_is_no_time(self, folder: Path) -> None:
        (folder / "traag").write_text("de")
        done = build(folder, "--jobs", "2", editions=EDITIONS)
        assert done.returncode == 0, done.stderr
        assert (folder / "bezig").exists()
        assert readers(folder) == {"reading", "out"}
        assert made(folder) == {name_of(edition) for edition in EDITIONS}

    def test_none_if_it_is_killed(self, folder: Path) -> None:
        (folder / "dood").touch()
        done = build(folder, "--jobs", "2", editions=EDITIONS)
        assert done.returncode == 0, done.stderr
        assert readers(folder) == {"out"}
        assert made(folder) == {name_of(edition) for edition in EDITIONS}

    def test_say_once_what_is_wrong(self, folder: Path) -> None:
        chapter = folder / "source" / "waarom.rst"
        chapter.write_text(f"{chapter.read_text(encoding='utf-8')}\n.. kanarie::\n")
        done = build(folder, "--jobs", "2", editions=EDITIONS)
        assert done.returncode == 1
        assert done.stderr.count('"kanarie"') == len(EDITIONS)
        assert made(folder) == set()

    def test_wait_for_none_if_they_are_few(self, folder: Path) -> None:
        """What would be read is less work than what would be rendered meanwhile."""
        few = EDITIONS[:3]
        done = build(folder, "--jobs", "2", editions=few)
        assert done.returncode == 0, done.stderr
        assert processes(folder) <= 3  # what renders are the workers
        assert made(folder) == {name_of(edition) for edition in few}


@pytest.mark.parametrize("others", ["", ", 'sphinx.ext.todo'"], ids=["ours", "another"])
def test_loads_no_other_builders(others: str, folder: Path) -> None:
    conf = folder / "conf.py"
    text = conf.read_text(encoding="utf-8")
    assert '["bouwsteen"]' in text
    conf.write_text(text.replace('["bouwsteen"]', f'["bouwsteen"{others}]'), encoding="utf-8")
    assert build(folder).returncode == 0
    loaded = set((folder / "geladen").read_text().splitlines())
    assert "bouwsteen.rinoh" in loaded
    unneeded = {"sphinx.builders.html", "sphinx.builders.linkcheck", "bouwsteen.latex", "alabaster"}
    assert loaded & unneeded == (unneeded if others else set())


ASKS = """
import sys
if sys.argv[1] == "deferred":
    import bouwsteen.rinoh
from rinoh.fonts import adobe14
from rinoh.frontend.sphinx import nodes

kinds = set()
fonts = [
    font for name in ("courier", "helvetica", "symbol", "times", "zapfdingbats")
    for slants in vars(adobe14)[name].values()
    for weights in slants.values() for font in weights.values()
]
for font in fonts:
    kinds.add(type(font).__name__)
    print(font.weight, font.slant, font.width, font.name, font.filename, sorted(font.encoding)[:9])
    print(sorted((glyph.name, glyph.width) for glyph in font._glyphs.values()), font.core)
    print(sorted(font._kerning_pairs.items()), hash(font) == hash((font.name, font.filename)))
    print(type(font).__name__)
kinds |= {hasattr(nodes.lexers.get(name), "_tokens") for name in ("python", "rest", "c")}
for name in sorted(nodes.lexers):
    print(name, list(nodes.lexers[name].get_tokens("def f(x): return x + 1; /* c */")))
print(sorted(map(str, kinds)), file=sys.stderr)
"""


def test_loads_what_rinohtype_reads_when_it_is_asked_for() -> None:
    """The same fonts and lexers come out as if it had been loaded by itself."""
    deferred, by_itself = (
        subprocess.run(
            [sys.executable, "-c", ASKS, how], capture_output=True, text=True, check=True
        )
        for how in ("deferred", "by itself")
    )
    assert deferred.stdout == by_itself.stdout
    assert len(deferred.stdout) > 10000
    assert deferred.stderr.strip() == "['False', 'UnreadFont']"
    assert by_itself.stderr.strip() == "['True', 'Type1Font']"
