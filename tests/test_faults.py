# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes wrong on real systems: killed processes, full disks, two at once, folders read-only.

Nothing half done may be left where somebody would take it for whole, and the next run succeeds.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bouwsteen.archive import bag, verifying
from tests.archiving import CONF, IDENTIFIER, SOURCE, bouwsteen, document
from tests.conftest import require_tex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Executed with conf.py, in the process itself: it stops there, in the middle of its work, until it
# is told to go on or killed.
STOPS = """
import os, pathlib, time

stopped = []

def stop():
    if stopped:
        return
    stopped.append(True)
    mark = pathlib.Path(os.environ["PROEF_MARK"])
    mark.touch()
    while mark.exists():
        time.sleep(0.02)

def halved(path):
    os.truncate(path, os.path.getsize(path) // 2)
    stop()

def stopping(owner, name, before=None, after=None):
    upstream = getattr(owner, name)
    def method(*args, **kwargs):
        if before:
            before(*args, **kwargs)
        result = upstream(*args, **kwargs)
        if after:
            after(*args, **kwargs)
        return result
    setattr(owner, name, method)

where = os.environ.pop("PROEF_STOP", "")  # conf.py is executed for every build
if where == "reading":
    from sphinx.environment import BuildEnvironment
    stopping(BuildEnvironment, "apply_post_transforms", before=lambda *args: stop())
elif where == "read":
    from sphinx.builders import Builder
    stopping(Builder, "read", after=lambda *args: stop())
elif where == "rendering":
    from rinoh.backend.pdf import Document
    stopping(Document, "write", after=lambda self, file: (file.flush(), halved(file.name)))
elif where == "finishing":
    import pikepdf
    stopping(pikepdf.Pdf, "save", after=lambda self, path, **kwargs: halved(path))
elif where == "bagging":
    import bagit
    stopping(bagit, "make_manifests", before=lambda *args, **kwargs: stop())
elif where == "tagging":
    import bagit
    stopping(bagit, "make_bag", after=lambda *args, **kwargs: stop())
elif where == "placing":
    stopping(os, "fsync", before=lambda *args: stop())
"""
PATIENCE = 120  # seconds; only a test that fails takes that long
OUTPUT = "build/rinoh/final/proef-nl.pdf"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return document(tmp_path / "document", conf=f"{CONF}{STOPS}")


def start(folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bouwsteen", *arguments],
        cwd=folder, env={**os.environ, **environment}, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        # whoever runs the tests in the background may have them ignore the keyboard
        preexec_fn=heed_the_keyboard,
    )  # fmt: skip


def heed_the_keyboard() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextlib.contextmanager
def stopped(folder: Path, where: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run the command until it stops at the place *where*."""
    mark = folder.parent / "merk"
    with start(folder, *arguments, PROEF_STOP=where, PROEF_MARK=str(mark)) as process:
        try:
            until(lambda: mark.exists() or process.poll() is not None)
            assert process.poll() is None, process.stderr and process.stderr.read()
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            mark.unlink(missing_ok=True)


def until(happened: Callable[[], bool]) -> None:
    for _attempt in range(3000):
        if happened():
            return
        time.sleep(0.02)
    pytest.fail("it never happened")


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def visible(archive: Path) -> list[str]:
    """Return what an archivist sees in the folder of the bags."""
    return [path.name for path in archive.glob("*") if not path.name.startswith(".")]


def assert_archived(folder: Path) -> None:
    assert [path.name for path in (folder / "archive").iterdir()] == [IDENTIFIER]
    checks = list(verifying.verify(folder / "archive" / IDENTIFIER, "nl"))
    assert [fault for check in checks for fault in check.faults] == []


class TestKilled:
    @pytest.mark.parametrize("where", ["reading", "rendering", "finishing"])
    def test_in_a_build(self, where: str, folder: Path) -> None:
        first = bouwsteen(folder, "build", "--profile", "final")
        assert first.returncode == 0, first.stderr
        expected = (folder / OUTPUT).read_bytes()
        (folder / "source/index.rst").write_text(SOURCE + "\nMeer tekst.\n", encoding="utf-8")
        with stopped(folder, where, "build", "--profile", "final") as process:
            kill(process)
        assert not (folder / OUTPUT).exists()
        (folder / "source/index.rst").write_text(SOURCE, encoding="utf-8")
        result = bouwsteen(folder, "build", "--profile", "final")
        assert result.returncode == 0, result.stderr
        assert (folder / OUTPUT).read_bytes() == expected
        assert [path.name for path in (folder / OUTPUT).parent.iterdir()] == ["proef-nl.pdf"]

    @pytest.mark.parametrize("where", ["rendering", "finishing"])
    def test_in_a_build_of_sphinx(self, where: str, folder: Path) -> None:
        """Whoever runs sphinx-build has no PDF either that is not whole."""
        mark = folder.parent / "merk"
        command = [sys.executable, "-m", "sphinx", "-q", "-c", ".", "-b", "rinoh", "source", "uit"]
        environment = {**os.environ, "PROEF_STOP": where, "PROEF_MARK": str(mark)}
        subprocess.run(command, cwd=folder, check=True)
        (folder / "source/index.rst").write_text(SOURCE + "\nMeer tekst.\n", encoding="utf-8")
        with subprocess.Popen(command, cwd=folder, env=environment) as process:
            until(lambda: mark.exists() or process.poll() is not None)
            process.send_signal(signal.SIGKILL)
            assert process.wait() == -signal.SIGKILL
        assert not (folder / "uit/proef-nl.pdf").exists()
        subprocess.run(command, cwd=folder, check=True)
        assert (folder / "uit/proef-nl.pdf").exists()

    def test_when_it_had_read_with_other_settings(self, folder: Path) -> None:
        """Sphinx has written what it read, and not yet that it read it with these settings."""
        source = f"{SOURCE}\nDit schreef |author|.\n"
        (folder / "source/index.rst").write_text(source, encoding="utf-8")
        arguments = ("build", "--profile", "final")
        assert bouwsteen(folder, *arguments).returncode == 0
        expected = (folder / OUTPUT).read_bytes()
        conf = (folder / "conf.py").read_text(encoding="utf-8")
        (folder / "conf.py").write_text(conf.replace("A. Schrijver", "Een ander"), encoding="utf-8")
        with stopped(folder, "read", *arguments) as process:
            kill(process)
        (folder / "conf.py").write_text(conf, encoding="utf-8")
        assert bouwsteen(folder, *arguments).returncode == 0
        assert (folder / OUTPUT).read_bytes() == expected

    def test_in_tex(self, folder: Path) -> None:
        require_tex()
        loop = r"\count255=0 \loop\advance\count255 1 \ifnum\count255<300000000 \repeat"
        slow = f"{SOURCE}\n.. raw:: latex\n\n   {loop}\n"
        (folder / "source/index.rst").write_text(slow, encoding="utf-8")
        arguments = ("build", "--profile", "final", "--engine", "latex")
        work = folder / "build/work/latex/final/nl/out"
        with start(folder, *arguments) as process:
            until(lambda: (work / "proef-nl.log").exists() or process.poll() is not None)
            kill(process)
        end_tex_in(work)
        assert not (folder / "build/latex/final/proef-nl.pdf").exists()
        (folder / "source/index.rst").write_text(SOURCE, encoding="utf-8")
        result = bouwsteen(folder, *arguments)
        assert result.returncode == 0, result.stderr
        assert (folder / "build/latex/final/proef-nl.pdf").exists()

    @pytest.mark.parametrize(
        "where", ["reading", "rendering", "finishing", "bagging", "tagging", "placing"]
    )
    def test_in_an_archive(self, where: str, folder: Path) -> None:
        with stopped(folder, where, "archive") as process:
            kill(process)
        assert visible(folder / "archive") == []
        result = bouwsteen(folder, "archive")
        assert result.returncode == 0, result.stderr
        assert_archived(folder)

    def test_at_any_moment(self, folder: Path) -> None:
        for tenths in range(5, 60, 9):
            with start(folder, "archive") as process:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(tenths / 10)
                kill(process)
            assert visible(folder / "archive") in ([], [IDENTIFIER])
        assert bouwsteen(folder, "archive").returncode == 0
        assert_archived(folder)

    def test_by_the_keyboard(self, folder: Path) -> None:
        with stopped(folder, "bagging", "archive") as process:
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 1
        assert list((folder / "archive").iterdir()) == []


def end_tex_in(work: Path) -> None:
    """End what a killed build started, and nobody waits for."""
    for process in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if process.name.isdigit() and (process / "cwd").readlink() == work:
                os.kill(int(process.name), signal.SIGKILL)


class TestFullDisk:
    """A limit on the size of files is met where a full disk is: in the middle of a file."""

    @pytest.mark.parametrize("room", [0, 500, 20_000, 60_000, 200_000])
    @pytest.mark.parametrize("engine", ["rinoh", "latex"])
    def test_in_a_build(self, engine: str, room: int, folder: Path) -> None:
        if engine == "latex":
            require_tex()
        arguments = ("build", "--profile", "final", "--engine", engine)
        output = folder / f"build/{engine}/final/proef-nl.pdf"
        result = limited(folder, room, *arguments)
        if result.returncode:
            assert 1 <= len(result.stderr.strip().splitlines()) <= 2, result.stderr
            assert "Traceback" not in result.stderr
            assert not output.exists()
        else:
            assert engine == "latex"  # its files are small enough
            assert room == 200_000
        result = bouwsteen(folder, *arguments)
        assert result.returncode == 0, result.stderr
        assert output.exists()

    @pytest.mark.parametrize("room", [0, 1000, 100_000])
    def test_in_an_archive(self, room: int, folder: Path) -> None:
        result = limited(folder, room, "archive")
        assert result.returncode == 1, result.stdout
        assert 1 <= len(result.stderr.strip().splitlines()) <= 2, result.stderr
        assert "Traceback" not in result.stderr
        assert list((folder / "archive").glob("*")) == []
        result = bouwsteen(folder, "archive")
        assert result.returncode == 0, result.stderr
        assert_archived(folder)

    @pytest.mark.parametrize("part", ["bag-info.txt", bag.MANIFEST, "rapporten"])
    def test_at_the_last_moment(self, part: str, tmp_path: Path) -> None:
        """When all is built, and only small files are left to be written."""
        limit = f"""
import bagit, resource
from bouwsteen.archive import bag

def limited(owner, name):
    upstream = getattr(owner, name)
    def method(*args, **kwargs):
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
        return upstream(*args, **kwargs)
    setattr(owner, name, method)

limited(*{{
    "bag-info.txt": (bagit, "_make_tag_file"),
    "{bag.MANIFEST}": (bagit, "make_manifests"),
    "rapporten": (bag, "tag_manifest"),
}}["{part}"])
"""
        folder = document(tmp_path / "document", conf=f"{CONF}{limit}")
        result = bouwsteen(folder, "archive")
        assert result.returncode == 1
        assert result.stderr.startswith("Er is geen ruimte op de schijf")
        assert len(result.stderr.splitlines()) == 1
        assert list((folder / "archive").iterdir()) == []


def limited(folder: Path, room: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command with room for *room* bytes in each file."""
    return subprocess.run(
        [sys.executable, "-m", "bouwsteen", *arguments],
        cwd=folder, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True,
        text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )  # fmt: skip


class TestTwoAtOnce:
    def test_one_wins_and_the_other_says_so(self, folder: Path) -> None:
        with stopped(folder, "bagging", "archive") as first:
            second = bouwsteen(folder, "archive")
            assert second.returncode == 1
            assert second.stderr == "Hier is al een make archive bezig: wacht daarop.\n"
            assert visible(folder / "archive") == []
            (folder.parent / "merk").unlink()  # go on
            assert first.wait(PATIENCE) == 0
        assert_archived(folder)

    def test_started_together(self, folder: Path) -> None:
        with start(folder, "archive") as one, start(folder, "archive") as other:
            codes = sorted([one.wait(PATIENCE), other.wait(PATIENCE)])
        assert codes in ([0, 1], [0, 0])  # both, if one came when the other was done
        assert_archived(folder)

    def test_a_bag_put_there_by_hand(self, folder: Path) -> None:
        """Between the look at the place and the renaming there is time for somebody else."""
        with stopped(folder, "placing", "archive") as process:
            other = folder / "archive" / IDENTIFIER
            other.mkdir()
            (other / "eigen.txt").write_text("Van een ander.\n", encoding="utf-8")
            (folder.parent / "merk").unlink()
            assert process.wait(PATIENCE) == 1
            assert process.stderr is not None
            assert "is er al, met een andere inhoud" in process.stderr.read()
        assert [path.name for path in other.iterdir()] == ["eigen.txt"]


CAP_DAC_OVERRIDE = 1
PR_CAPBSET_DROP = 24


def as_anybody() -> None:
    """Let permissions hold for the superuser too (capabilities(7))."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE)


class TestReadOnly:
    @pytest.mark.parametrize(
        ("command", "part"),
        [("archive", "archive"), ("archive", "build"), ("archive", "."), ("build", "build"),
         ("build", ".")],
    )  # fmt: skip
    def test_a_folder(self, command: str, part: str, folder: Path) -> None:
        target = folder / part
        target.mkdir(exist_ok=True)
        target.chmod(0o555)
        try:
            result = subprocess.run(
                [sys.executable, "-m", "bouwsteen", command],
                cwd=folder, capture_output=True, text=True, check=False, preexec_fn=as_anybody,
            )  # fmt: skip
            assert result.returncode == 1
            assert len(result.stderr.splitlines()) == 1, result.stderr
            assert "Permission denied" in result.stderr
            assert "build" in result.stderr or "archive" in result.stderr
        finally:
            target.chmod(0o755)
        assert not list((folder / "archive").glob("*"))
        assert not (folder / OUTPUT).exists()

    def test_a_bag(self, folder: Path, tmp_path: Path) -> None:
        """What is on a disk that cannot be written to can be verified and built again."""
        assert bouwsteen(folder, "archive").returncode == 0
        moved = (folder / "archive" / IDENTIFIER).rename(tmp_path / "schijf")
        for path in [*moved.rglob("*"), moved]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        result = subprocess.run(
            [sys.executable, "-m", "bouwsteen", "verify", "--rebuild", str(moved)],
            cwd=tmp_path, capture_output=True, text=True, check=False, preexec_fn=as_anybody,
        )  # fmt: skip
        assert result.returncode == 0, result.stdout
        for path in [moved, *moved.rglob("*")]:
            path.chmod(0o755)
