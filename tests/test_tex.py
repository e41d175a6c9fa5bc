# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""TeX is kept in the folder of its file: each attack is shown to bite without our settings."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from bouwsteen.latex import cage, refusals, tex, xdv
from tests.attacks import (
    COMPLETED,
    HEIGHT,
    OTHER_DRIVER_ORDERS,
    READS,
    WIDTH,
    WRITES,
    hide,
    picture,
    stolen,
)
from tests.conftest import require_cage, require_tex

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def _tex() -> None:
    require_tex()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder beside that of the TeX file, with something to steal."""
    return hide(tmp_path / "elders", monkeypatch)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a TeX file in a folder of its own."""

    def write_(body: str, preamble: str = "") -> Path:
        folder = tmp_path / "bouw"
        folder.mkdir(exist_ok=True)
        file = folder / "proef.tex"
        file.write_text(
            f"\\documentclass{{article}}\\usepackage{{verbatim}}{preamble}\n"
            f"\\begin{{document}}\nTekst. {body}\n\\end{{document}}\n",
            encoding="utf-8",
        )
        return file

    return write_


@pytest.mark.parametrize("name", READS)
def test_an_attack_bites_where_nothing_is_done_about_it(
    name: str, elsewhere: Path, write: Callable[..., Path]
) -> None:
    file = write(READS[name].format(file=elsewhere / "geheim"))
    subprocess.run(
        ["xelatex", "-shell-escape", "-interaction=nonstopmode", file.name], cwd=file.parent,
        env={**os.environ, "openin_any": "a", "openout_any": "a"}, capture_output=True, check=False,
    )  # fmt: skip
    assert stolen(file.parent, elsewhere)


@pytest.mark.parametrize("name", COMPLETED)
def test_what_tex_has_against_it_is_not_enough(
    name: str, elsewhere: Path, write: Callable[..., Path]
) -> None:
    """This is why there is a cage. What was mended in a release is not to come back."""
    file = write(READS[name])
    subprocess.run(
        ["xelatex", "-interaction=nonstopmode", file.name], cwd=file.parent,
        env={**os.environ, "openin_any": "p"}, capture_output=True, check=False,
    )  # fmt: skip
    mended = COMPLETED[name]
    assert bool(stolen(file.parent, elsewhere)) == (mended is None or kpathsea() < mended)


@pytest.mark.parametrize("name", READS)
def test_nothing_is_read_from_elsewhere(
    name: str, elsewhere: Path, write: Callable[..., Path]
) -> None:
    require_cage()
    attempt_all(READS[name], elsewhere, write)


@pytest.mark.parametrize("name", [name for name in READS if name not in COMPLETED])
def test_all_but_that_is_not_read_without_the_cage_either(
    name: str, elsewhere: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "landlock", None)
    cage.is_available.cache_clear()
    try:
        attempt_all(READS[name], elsewhere, write)
    finally:
        cage.is_available.cache_clear()


def attempt_all(attack: str, elsewhere: Path, write: Callable[..., Path]) -> None:
    for place in (elsewhere / "geheim", "../elders/geheim"):
        file = write(attack.format(file=place))
        attempt(file)
        assert stolen(file.parent, elsewhere) == []


@pytest.mark.parametrize("name", OTHER_DRIVER_ORDERS)
def test_the_driver_takes_known_orders_only(
    name: str, elsewhere: Path, write: Callable[..., Path]
) -> None:
    file = write(OTHER_DRIVER_ORDERS[name].format(file=elsewhere / "geheim"))
    with pytest.raises(tex.TexError, match=r"kan lezen of starten wat niet van het document is"):
        tex.run(file, "nl", 0)
    assert not file.with_suffix(".pdf").exists()


@pytest.mark.parametrize("name", WRITES)
def test_nothing_is_written_elsewhere(
    name: str, elsewhere: Path, write: Callable[..., Path], tmp_path: Path
) -> None:
    file = write(WRITES[name].format(folder=elsewhere))
    before = files_outside(tmp_path, file.parent)
    attempt(file)
    assert files_outside(tmp_path, file.parent) == before
    assert not (file.parent / ".latexmkrc").exists()


@pytest.mark.parametrize("name", ["latexmkrc", ".latexmkrc"])
def test_latexmk_takes_no_orders_from_the_folder(
    name: str, write: Callable[..., Path], tmp_path: Path
) -> None:
    file = write("")
    (file.parent / name).write_text(f"system('touch {tmp_path}/gehoorzaamd');\n", encoding="utf-8")
    tex.run(file, "nl", 0)
    assert not (tmp_path / "gehoorzaamd").exists()


@pytest.mark.parametrize("variable", ["TEXINPUTS", "TEXMFOUTPUT", "openin_any", "shell_escape"])
def test_the_environment_cannot_undo_it(
    variable: str, elsewhere: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    weak = {"openin_any": "a", "shell_escape": "t"}
    monkeypatch.setenv(variable, weak.get(variable, f"{elsewhere}:"))
    for body in (r"\input{geheim}", READS["input"].format(file=elsewhere / "geheim")):
        file = write(body)
        attempt(file)
        assert stolen(file.parent, elsewhere) == []


def test_a_picture_of_the_folder_is_fine(write: Callable[..., Path]) -> None:
    file = write(r"\includegraphics{beeld.png}", r"\usepackage{graphicx}")
    (file.parent / "beeld.png").write_bytes(picture(WIDTH, HEIGHT))
    tex.run(file, "nl", 0)
    with pikepdf.open(file.with_suffix(".pdf")) as pdf:
        assert [
            o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Width") == WIDTH
        ]


class TestErrors:
    def test_the_first_one(self, write: Callable[..., Path]) -> None:
        file = write("\n\n\\eerste\n\n\\tweede")
        with pytest.raises(tex.TexError) as caught:
            tex.run(file, "nl", 0)
        assert caught.value.message == r"Undefined control sequence. (\eerste)"
        assert caught.value.refused == []
        assert caught.value.line == 5
        assert caught.value.log == file.with_suffix(".log")
        assert r"\eerste" in caught.value.log.read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("body", "message"),
        [
            (r"\begin{itemize}", r"LaTeX Error: \begin{itemize} on input line 3 ended by \end{document}."),
            ("$x", "Missing $ inserted."),
            (r"\errmessage{Zelf gezegd}", "Zelf gezegd."),
            (r"\input{weg}", "LaTeX Error: File `weg.tex' not found."),
        ],
    )  # fmt: skip
    def test_others(self, body: str, message: str, write: Callable[..., Path]) -> None:
        with pytest.raises(tex.TexError) as caught:
            tex.run(write(body), "nl", 0)
        assert caught.value.message == message
        assert caught.value.refused == []
        assert caught.value.line is not None

    def test_no_pdf_is_left_nor_what_a_next_run_would_read(
        self, write: Callable[..., Path]
    ) -> None:
        file = write(r"\tableofcontents\section{Een}\label{een}\pageref{een}")
        tex.run(file, "nl", 0)
        assert file.with_suffix(".pdf").exists()
        write(r"\tableofcontents\section{Een}\fout")
        with pytest.raises(tex.TexError):
            tex.run(file, "nl", 0)
        assert {path.suffix for path in file.parent.iterdir()} == {".tex", ".log"}

    def test_an_old_error_does_not_stay(self, write: Callable[..., Path]) -> None:
        packages = r"\usepackage{makeidx}\makeindex"
        with pytest.raises(tex.TexError):
            tex.run(file := write(r"\index{a}\fout", packages), "nl", 0)
        (file.parent / "python.ist").touch()
        tex.run(write(r"\index{a}Goed.", packages), "nl", 0)

    def test_a_line_of_another_file_is_not_a_line_of_this_one(
        self, write: Callable[..., Path]
    ) -> None:
        file = write(r"\input{deel}")
        (file.parent / "deel.tex").write_text("\n\\fout\n", encoding="utf-8")
        with pytest.raises(tex.TexError) as caught:
            tex.run(file, "nl", 0)
        assert caught.value.message == r"deel.tex:2: Undefined control sequence. (\fout)"
        assert caught.value.line is None


class TestRefused:
    """What the cage keeps from TeX is named when it fails, and that only."""

    @pytest.fixture(autouse=True)
    def _cage(self) -> None:
        require_cage()

    @pytest.fixture
    def tree(self, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A part of the TeX tree that the cage does not know of."""
        known = tex._tree()
        monkeypatch.setattr(tex, "_tree", lambda: known)
        style = elsewhere / "onbekend/tex/latex/eigen.sty"
        style.parent.mkdir(parents=True)
        style.touch()
        monkeypatch.setenv("TEXMFHOME", str(elsewhere / "onbekend"))
        return elsewhere / "onbekend"

    def test_a_part_of_the_tex_tree(self, tree: Path, write: Callable[..., Path]) -> None:
        file = write("", r"\usepackage{eigen}")
        with pytest.raises(tex.TexError) as caught:
            tex.run(file, "nl", 0)
        assert caught.value.refused
        assert all(Path(name).is_relative_to(tree) for name in caught.value.refused)
        assert caught.value.message == "LaTeX Error: File `eigen.sty' not found."
        assert {path.suffix for path in file.parent.iterdir()} == {".tex", ".log"}

    def test_a_file_of_the_driver(
        self, elsewhere: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        driver = elsewhere / "bin/xdvipdfmx"
        driver.parent.mkdir()
        driver.write_text(
            f"#!/bin/sh\ncat '{elsewhere}/geheim.tex' 2>/dev/null && exit\n"
            "echo 'xdvipdfmx:fatal: Unrecognized paper format: a4'; exit 1\n"
        )
        driver.chmod(0o700)
        monkeypatch.setenv("PATH", f"{driver.parent}:{os.environ['PATH']}")
        file = write("")
        with pytest.raises(tex.TexError) as caught:
            tex.run(file, "nl", 0)
        assert caught.value.message == "xdvipdfmx:fatal: Unrecognized paper format: a4"
        assert caught.value.refused == [f"{elsewhere}/geheim.tex"]
        assert {path.suffix for path in file.parent.iterdir()} == {".tex", ".log"}

    @pytest.mark.parametrize(
        ("body", "packages"), [("", ""), (r"\index{a}", r"\usepackage{makeidx}\makeindex")]
    )
    def test_a_file_that_the_document_asks_for(
        self, body: str, packages: str, elsewhere: Path, write: Callable[..., Path]
    ) -> None:
        with pytest.raises(tex.TexError) as caught:
            tex.run(write(body + READS["variable of a folder above"], packages), "nl", 0)
        assert [Path(name).resolve() for name in caught.value.refused] == [elsewhere / "geheim.tex"]

    def test_the_log_stays_as_it_was(
        self, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = ["sh", "-c", "echo x > proef.log"]
        monkeypatch.setattr(refusals, "traced", lambda _command: other)
        with pytest.raises(tex.TexError) as caught:
            tex.run(write(r"\fout"), "nl", 0)
        assert r"\fout" in caught.value.log.read_text(encoding="utf-8")

    def test_nothing_of_this_system(
        self, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Else every error would name it, and it may be the cause of one."""
        start, refused = tex._start, []

        def start_(command: list[str], *rest: Any) -> subprocess.CompletedProcess[str]:
            if cage.SEPARATOR not in command:
                return start(command, *rest)
            result = start(refusals.traced(command), *rest)
            refused.append(result.stdout)
            return result

        monkeypatch.setattr(tex, "_start", start_)
        file = write(
            r"\tableofcontents\section{Een}\index{a}\includegraphics{beeld.png} $x^2$ \printindex",
            r"\usepackage{fontspec,graphicx,hyperref,makeidx}"
            r"\setmainfont{texgyrepagella-regular.otf}\makeindex",
        )
        (file.parent / "beeld.png").write_bytes(picture(WIDTH, HEIGHT))
        (file.parent / "python.ist").touch()
        tex.run(file, "nl", 0)
        assert refused == ["", ""]


def test_what_is_lost_is_reported(write: Callable[..., Path]) -> None:
    file = write(
        r"a\char`龍 b\ref{weg} \hyperref[ook weg]{c}",
        r"\usepackage{fontspec,hyperref}\setmainfont{texgyrepagella-regular.otf}",
    )
    report = tex.run(file, "nl", 0)
    assert report.lost == [tex.LostCharacter("龍", "texgyrepagella-regular.otf")]
    assert report.dead == ["weg", "ook weg"]


def test_tex_that_never_ends_is_ended(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tex, "TIME_LIMIT", 3)
    file = write(r"\loop\iftrue\repeat")
    with pytest.raises(tex.TexError, match=r"^Het was na 0 minuten niet klaar\.$"):
        tex.run(file, "nl", 0)
    assert not file.with_suffix(".pdf").exists()
    for _attempt in range(50):  # what was killed takes a moment to go
        if not running_in(file.parent):
            break
        time.sleep(0.1)
    assert not running_in(file.parent)


class TestXdv:
    """The reader of what TeX asks of its driver."""

    @pytest.fixture
    def file(self, write: Callable[..., Path]) -> Path:
        file = write(r"\special{color push rgb 1 0 0}rood — $x^2$\special{color pop}")
        tex.run(file, "nl", 0)
        return file.with_suffix(".xdv")

    def test_specials_in_their_order(self, file: Path) -> None:
        found = list(xdv.specials(file.read_bytes()))
        assert found.index(b"color push rgb 1 0 0") + 1 == found.index(b"color pop")

    def test_a_file_that_is_cut_off(self, file: Path) -> None:
        data = file.read_bytes()
        for length in (0, 1, 10, 60, len(data) // 2, len(data) - 9, len(data) - 4):
            with pytest.raises(xdv.XdvError):
                list(xdv.specials(data[:length]))

    def test_a_version_that_is_not_known(self, file: Path) -> None:
        data = bytearray(file.read_bytes())
        data[1] = 8
        with pytest.raises(xdv.XdvError, match="version"):
            list(xdv.specials(bytes(data)))

    def test_an_opcode_that_is_not_known(self, file: Path) -> None:
        data = bytearray(file.read_bytes())
        data[15 + data[14]] = 250
        with pytest.raises(xdv.XdvError, match="unknown opcode 250"):
            list(xdv.specials(bytes(data)))

    def test_a_special_hidden_behind_the_end(self, file: Path) -> None:
        data = file.read_bytes()
        order = b"\xef\x10pdf:fstream @a ("
        with pytest.raises(xdv.XdvError):
            list(xdv.specials(data[:-8] + order + data[-8:]))

    @pytest.mark.parametrize(
        ("special", "allowed"),
        [
            ("color push gray 0", True), ("pdf:dest (a) [@thispage]", True), ("x:gsave", True),
            ("pdf: literal q", True), ("pdf:image bbox 0 0 8 8 (a.png) ", True),
            ("dvipdfmx:config C 0x0010", True),
            ("dvipdfmx:config C 0x00100", False), ("pdf:fstream @a (a)", False),
            ("pdf:image (/a.png)", False), ("pdf:image (../a.png)", False), ("pdf:image @a", False),
            ("pdf:image (a.png)(/b.png)", False), ("x:fontmapfile a", False), ("src:1a.tex", False),
            ("color pushing", False), ("pdf:destroy", False), ("", False), (" pdf:mapfile a", False),
        ],
    )  # fmt: skip
    def test_what_is_allowed(self, special: str, allowed: bool, tmp_path: Path) -> None:
        (tmp_path / "a.png").write_bytes(picture(8, 8))
        assert xdv.is_harmless(special.encode(), tmp_path) is allowed


class TestMissing:
    """In one line: what is not there, and how to get it."""

    def test_no_tex_at_all(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(tex.TexMissingError) as caught:
            tex.check_installed("nl")
        packages = " ".join(tex.debian_packages())
        assert str(caught.value) == (
            "niet gevonden: latexmk, xelatex, xdvipdfmx, makeindex, kpsewhich. "
            f"Op Debian en Ubuntu: sudo apt install {packages}"
        )

    def test_a_part_of_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TEXMF", "/nowhere")  # where kpsewhich looks
        with pytest.raises(
            tex.TexMissingError, match=r"^niet gevonden: titlesec\.sty, fontspec\.sty, "
        ):
            tex.check_installed("nl")


def kpathsea() -> tuple[int, int]:
    """Return the release of kpathsea that TeX is made with."""
    said = subprocess.check_output(["xelatex", "--version"], text=True)
    found = re.search(r"^kpathsea version (\d+)\.(\d+)", said, re.MULTILINE)
    assert found
    return int(found[1]), int(found[2])


def attempt(file: Path) -> None:
    """Run TeX as we do; an attack may end in an error, or in a PDF without its prey."""
    try:
        tex.run(file, "nl", 0)
    except tex.TexError:
        assert not file.with_suffix(".pdf").exists()


def files_outside(root: Path, folder: Path) -> set[Path]:
    return {path for path in root.rglob("*") if folder not in path.parents}


def running_in(folder: Path) -> list[str]:
    """Return the programs that run in *folder* (Linux tells; elsewhere none is found)."""
    programs = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended, or is not ours
            if (process / "cwd").readlink() == folder:
                programs.append((process / "comm").read_text())
    return programs
