# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""TeX that reads or writes what is not of the document.

Each holds ``{file}``, the path of a file elsewhere without its suffix: a text, a picture and a PDF
go by that name.
"""

from __future__ import annotations

from tests.sources import CANARY

SECRET = f"{CANARY}-geheim"

# What TeX and its driver do without our settings: tested too, else the tests below show nothing.
READS = {
    "input": r"\input{{{file}.tex}}",
    "primitive input": r"\csname @@input\endcsname {file}.tex ",
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
