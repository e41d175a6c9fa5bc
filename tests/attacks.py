# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""TeX that reads or writes what is not of the document.

Each holds ``{file}``, the path of a file elsewhere without its suffix: a text, a picture and a PDF
go by that name.
"""

from __future__ import annotations

import hashlib
import shutil
import struct
import subprocess
import zlib
from typing import TYPE_CHECKING

import pikepdf

from tests.conftest import require_tex
from tests.pdf import text_of
from tests.sources import CANARY

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SECRET = f"{CANARY}-geheim"
SIZE = 31415  # bytes, of the file to steal
WIDTH, HEIGHT = 97, 89  # of the picture and the PDF to steal
FONT = "texgyreadventor"  # to steal; no document uses it

# What TeX and its driver do without our settings: tested too, else the tests below show nothing.
READS = {
    "input": r"\input{{{file}.tex}}",
    "primitive input": r"\csname @@input\endcsname {file}.tex ",
    # three that openin_any does not know: see COMPLETED
    "home": r"\csname @@input\endcsname \string~/geheim.tex ",
    "variable": r"\csname @@input\endcsname \string$ELDERS/geheim.tex ",
    "variable of a folder above": r"\csname @@input\endcsname \string$OMHOOG/geheim.tex ",
    "openin": r"\newread\r\openin\r={file}.tex \read\r to\x \x",
    "characters as codes": r"^^5c^^69nput{{{file}.tex}}",
    "verbatim": r"\verbatiminput{{{file}.tex}}",
    "pipe": r'\input{{|"cat {file}.tex"}}',
    "shell": r"\immediate\write18{{cp {file}.tex leak.tex}}\InputIfFileExists{{leak.tex}}{{}}{{}}",
    "dump": r"\filedump length 100 {{{file}.tex}}",
    "driver: stream": (
        r"\special{{pdf:fstream @kan ({file}.tex)}}"
        r"\special{{pdf:docinfo <</K @kan>>}}"
    ),
    "picture": r'\XeTeXpicfile "{file}.png" ',
    "PDF": r'\XeTeXpdffile "{file}.pdf" ',
    "font": r'\font\x="[{file}.otf]" \x Tekst',
    "driver: picture": r"\special{{pdf:image ({file}.png)}}",
    "driver: PDF": r"\special{{pdf:epdf ({file}.pdf)}}",
    "digest": r"\mdfivesum file{{{file}.tex}}",
    "size": r"\filesize{{{file}.tex}}",
}

OTHER_DRIVER_ORDERS = {
    "settings": r"\special{{dvipdfmx:config f {file}.tex}}",
    "font map": r"\special{{pdf:mapfile {file}.tex}}",
    "font map of XeTeX": r"\special{{x:fontmapfile {file}.tex}}",
    "PostScript": r'\special{{PSfile="{file}.tex" llx=0 lly=0 urx=10 ury=10}}',
    "plot": r"\special{{ps: plotfile {file}.tex}}",
    "stream of the folder": r"\special{{pdf:fstream @kan (proef.tex)}}",
    "PostScript in disguise": (
        r"\newwrite\w\immediate\openout\w=p.png \immediate\write\w{{\string\%!PS}}"
        r"\immediate\closeout\w\special{{pdf:image (p.png)}}"
    ),
    "picture that is not there": r"\special{{pdf:image (weg.png)}}",
    "picture above": r"\special{{pdf:image (../elders/geheim.png)}}",
}

WRITES = {
    "elsewhere": r"\newwrite\w\immediate\openout\w={folder}/uit.txt \immediate\write\w{{x}}",
    "above": r"\newwrite\w\immediate\openout\w=../uit.txt \immediate\write\w{{x}}",
    "hidden": r"\newwrite\w\immediate\openout\w=.latexmkrc \immediate\write\w{{x}}",
}


# openin_any looks at a name as it is written, and kpathsea completes it afterwards: let through by
# all releases of kpathsea before the one given here. 6.4.0, of TeX Live 2024, completes a name before
# it looks whether it is absolute, but not before it looks for "../" (kpathsea_name_ok in tex-file.c;
# ChangeLog, 2024-01-27; revision 69615 of TeX Live).
COMPLETED = {"home": (6, 4), "variable": (6, 4), "variable of a folder above": None}


def hide(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make *folder*, with something in it to steal, somebody's home too."""
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("ELDERS", str(folder))
    monkeypatch.setenv("OMHOOG", f"{'../' * 20}{folder.relative_to('/')}")  # from any folder
    (folder / "geheim.tex").write_text(f"{SECRET}\n%".ljust(SIZE, "x"), encoding="ascii")
    (folder / "geheim.png").write_bytes(picture(WIDTH, HEIGHT))
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        pdf.save(folder / "geheim.pdf")
    require_tex()  # for a font to steal
    font = subprocess.check_output(["kpsewhich", f"{FONT}-regular.otf"], text=True).strip()
    shutil.copy(font, folder / "geheim.otf")
    return folder


def picture(width: int, height: int) -> bytes:
    """Return a PNG."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x7f" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def stolen(folder: Path, elsewhere: Path) -> list[str]:
    """Say what of *elsewhere* is in the files of *folder*."""
    secret = (elsewhere / "geheim.tex").read_bytes()
    digest = hashlib.md5(secret).hexdigest().upper()
    found = []
    for path in folder.iterdir():
        if SECRET.encode() in path.read_bytes():
            found.append(f"text in {path.name}")
        if path.suffix == ".pdf":
            text = "".join(text_of(path).split())
            signs = [SECRET, SECRET.encode().hex().upper(), str(SIZE), digest]
            found += [f"{sign} in the PDF" for sign in signs if sign in text]
            with pikepdf.open(path) as pdf:
                for thing in pdf.objects:
                    if isinstance(thing, pikepdf.Dictionary) and "Adventor" in str(
                        thing.get("/FontName")
                    ):
                        found.append("a font in the PDF")
                    if isinstance(thing, pikepdf.Stream):
                        if SECRET.encode() in thing.read_bytes():
                            found.append("a stream in the PDF")
                        if thing.get("/Width") == WIDTH or thing.get("/BBox", [0])[-1] == HEIGHT:
                            found.append("a picture in the PDF")
    return found
