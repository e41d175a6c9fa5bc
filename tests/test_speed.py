# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where what makes rinohtype faster could most easily change a byte; the rest: `test_same_bytes`."""

from __future__ import annotations

import contextlib
import io
import random
import re
import shutil
import string
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
import rinoh_typeface_dejavuserif
import rinoh_typeface_texgyreheros
import rinoh_typeface_texgyrepagella
from PIL import Image
from rinoh.font.opentype import OpenTypeFont
from rinoh.frontend.rst import ReStructuredTextReader
from rinoh.templates import Article, Book

from bouwsteen.rinoh import speed
from bouwsteen.rinoh.speed import CHANGES, fonts, sheets
from tests.conftest import CONF, REPOSITORY, Built, Project
from tests.test_same_bytes import without_clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEEP_RAW = """
import shutil

def keep(app, _exception):
    if app.builder.raw.is_file():
        shutil.copy(app.builder.raw, app.outdir / "as-rinohtype-left-it")

def setup(app):
    app.connect("build-finished", keep, priority=0)  # before it is finished
"""
LOREM = [
    "de", "het", "van", "in", "op", "met", "voor", "gemeenten", "samenwerking", "inwoners",
    "kosten", "beheer", "uitvoering", "afspraken", "verantwoordelijkheid", "besluit",
]  # fmt: skip
PICTURE = "\n.. |p| image:: klein.png\n"


def document(folder: Path, text: str) -> Project:
    """Write a document of a chapter (more, if *text* has more headings), and pictures for it."""
    index = "Proef\n=====\n\nTekst.\n\n.. toctree::\n   :numbered:\n\n   tekst\n"
    project = Project(folder).write({"index.rst": index, "tekst.rst": text})
    project.write({"conf.py": CONF + KEEP_RAW})
    Image.new("RGB", (9, 9), "#1d3557").save(folder / "klein.png")
    Image.new("RGB", (90, 60), "#a1b2c3").save(folder / "foto.jpg")
    return project


def heading(text: str, line: str = "=") -> str:
    return f"{text}\n{line * len(text)}\n\n"


def raw(built: Built) -> bytes:
    """Return the PDF as rinohtype left it, but for the clock."""
    return without_clock((built.out / "as-rinohtype-left-it").read_bytes())


def both(project: Project, *left_out: str, **config: Any) -> Built:
    """Build with all changes, and with those *left_out* (all) left out; compare what comes out."""
    fast = project.build("rinoh", out="fast", **config)
    plain = project.build(
        "rinoh", out="plain", bouwsteen_rinoh_plain=list(left_out) or ["all"], **config
    )
    assert raw(fast) == raw(plain)
    assert fast.warnings == plain.warnings
    return fast


# ── fonts ──


class TestFonts:
    """Each typeface is read once in a process: whoever compares two builds in one compares none."""

    FILES = (
        Path(rinoh_typeface_texgyrepagella.__file__).parent / "texgyrepagella-regular.otf",
        Path(rinoh_typeface_texgyreheros.__file__).parent / "texgyreheros-bold.otf",
        Path(rinoh_typeface_dejavuserif.__file__).parent / "DejaVuSerif.ttf",
    )

    @pytest.fixture(params=FILES, ids=lambda path: path.stem)
    def pair(self, request: pytest.FixtureRequest) -> Iterator[tuple[Any, Any]]:
        """The same font, read whole and read as needed."""
        whole = OpenTypeFont(request.param)
        with fonts.read_as_needed():
            as_needed = OpenTypeFont(request.param)
            assert not as_needed.keys() >= whole.keys()  # else there is nothing to compare
            yield whole, as_needed

    def test_tables(self, pair: tuple[Any, Any]) -> None:
        whole, as_needed = pair
        for tag in ("head", "hhea", "cmap", "maxp", "name", "post", "OS/2", "hmtx"):
            assert as_needed[tag] == whole[tag], tag
        tags = {*whole, "kern", "CFF", "glyf", "no such table"}
        assert {tag for tag in tags if tag in as_needed} == set(whole)

    def test_what_is_said_of_it(self, pair: tuple[Any, Any]) -> None:
        whole, as_needed = pair
        for name in (
            "name", "bounding_box", "fixed_pitch", "italic_angle", "ascender", "descender",
            "line_gap", "cap_height", "x_height", "units_per_em", "weight", "slant", "width",
            "filename", "_encoding",
        ):  # fmt: skip
            assert getattr(as_needed, name) == getattr(whole, name), name

    def test_glyphs(self, pair: tuple[Any, Any]) -> None:
        by_character = [{c: measures(g) for c, g in font._glyphs.items()} for font in pair]
        assert by_character[0] == by_character[1]
        by_code = [[measures(glyph) for glyph in font._glyphs_by_code.values()] for font in pair]
        assert by_code[0] == by_code[1]

    def test_pairs(self, pair: tuple[Any, Any]) -> None:
        characters = string.ascii_letters + ".,-'\N{RIGHT SINGLE QUOTATION MARK}"
        found = [
            [(font.get_kerning(*glyphs), measures(font.get_ligature(*glyphs)))
             for first in characters for second in characters
             if (glyphs := (font._glyphs[first], font._glyphs[second]))]
            for font in pair
        ]  # fmt: skip
        assert found[0] == found[1]
        kerned = [kerning for kerning, _ in found[0] if kerning]
        assert len(kerned) > 100

    def test_a_damaged_file(self, tmp_path: Path) -> None:
        """Each table has a sum, which rinohtype checks."""
        data = bytearray(self.FILES[0].read_bytes())
        data[-1000] ^= 1
        damaged = tmp_path / "damaged.otf"
        damaged.write_bytes(data)
        for change in (contextlib.nullcontext, fonts.read_as_needed):
            with change(), pytest.raises(AssertionError):
                OpenTypeFont(damaged)


def measures(glyph: Any) -> tuple[Any, ...] | None:
    return glyph and (glyph.code, glyph.width, glyph.bounding_box)


# ── pages ──


def look(folder: Path, template: str = "", sheet: str = "", **replaced: str) -> str:
    """Write a look in which references say the numbers of pages; return the path of its template.

    Other than that, and its small paper, it is that of the template, with values *replaced*.
    """
    shutil.copytree(REPOSITORY / "theme" / "rinoh", folder, dirs_exist_ok=True)
    rules = (folder / "report.rts").read_text(encoding="utf-8")
    assert "type = custom" in rules
    rules = rules.replace("type = custom", "type = page")
    for name, value in replaced.items():
        rules, count = re.subn(
            rf"^{name} = .*$", f"{name} = {value}", rules, count=1, flags=re.MULTILINE
        )
        assert count == 1
    (folder / "report.rts").write_text(f"{rules}\n{sheet}\n", encoding="utf-8")
    path = folder / "report.rtt"
    options = path.read_text(encoding="utf-8").replace("A4", "A6")
    options = re.sub(r"= \d.*cm$", "= 1.5cm", options, flags=re.MULTILINE)
    path.write_text(f"{options}\n{template}\n", encoding="utf-8")
    return str(path)


def text_of_references(seed: int = 1, sections: int = 8) -> str:
    """Return a text whose lines depend on the numbers of pages, if that is what references say.

    With this seed its pages shift between the first and the second time that they are set, so that
    they are set three times; some are the same as the time before.
    """
    random_ = random.Random(seed)
    labels = [f"deel{number}" for number in range(sections)]

    def words(count: int, references: float = 0) -> str:
        return " ".join(
            f":ref:`x <{random_.choice(labels)}>`"
            if random_.random() < references
            else random_.choice(LOREM)
            for _ in range(count)
        )

    parts = [heading("Tekst")]
    for number, label in enumerate(labels):
        parts += [
            f".. _{label}:", heading(f"Deel {number}", "-"), words(35, 0.35),
            f"{words(110)}. Een noot [#n{number}]_. {words(10)}",
            f".. [#n{number}] {words(9, 0.2)}",
            [
                f"- {words(12)}\n- {words(5)}",
                f".. figure:: klein.png\n\n   {words(4)}",
                f".. index:: ingang {number}\n\n|p| **{words(5)}** ``code`` {words(8)}",
                f".. list-table::\n   :widths: 40 60\n\n   * - {words(4)}\n     - {words(9)} |p|",
            ][number % 4],
        ]  # fmt: skip
    return "\n\n".join(parts) + "\n" + PICTURE


HEAD = (
    "'{SECTION_NUMBER(2)}' ' ' '{SECTION_TITLE(2)}' '\\t' '{PAGE_NUMBER}' '/' '{NUMBER_OF_PAGES}'"
)
LOOKS: dict[str, dict[str, str]] = {
    "page numbers": {},
    "two columns": {"template": "[contents_page]\nbase = page\ncolumns = 2\ncolumn_spacing = 3mm"},
    "titles in the head": {"template": f"[page]\nheader_text = {HEAD}\nfooter_text = none"},
    "floats": {"sheet": "[figure]\nfloat = here"},
    "sideways floats": {"sheet": "[figure]\nfloat = sideways"},
    "type 1": {"serif_typeface": "Times", "sheet": "[strong]\ntypeface = Helvetica"},
    "large code": {"sheet": "[monospaced]\nfont_size = 30pt", "line_spacing": "single"},
    "by what is around": {
        "sheet": "[eigen : +GroupedFlowables(has_class='eigen') / ... / StyledText('emphasis')]\n"
        "font_size = 20pt\n\n"
        "[ander vak : GroupedFlowables(has_class='b')]\nspace_above = 40pt\n\n"
        "[in kolom : ++TableCell(column_index=1) / ... / StyledText('strong')]\n"
        "font_size = 18pt\n\n[tweede : +Section(level=2) / Paragraph]\nfont_size = 9pt",
    },
    "kinds of type": {
        "sheet": "[emphasis]\nfont_variant = small capital\n\n"
        "[strong]\ncharacter_spacing = 0.7pt\nkerning = false\nligatures = false\n\n"
        "[monospaced]\nbefore = '\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}' (emphasis)\n"
        "after = 'fi' (strong)\n\n"
        "[bulleted list item label]\nlabel_prefix = '*' (strong)\n",
    },
}


class TestPages:
    @pytest.mark.parametrize("name", LOOKS)
    def test_in_another_look(self, name: str, tmp_path: Path) -> None:
        text = text_of_references(sections=8 if name == "page numbers" else 4)
        if name in {"type 1", "kinds of type"}:
            text += "\n\nIngeslopen: *ffi Ván* **ffi Ván ž ě š ± ½** ``ffi Ván`` ž ě š ± ½ VAN\n"
        if name == "by what is around":
            parts = [f".. container:: {c}\n\n   Met *nadruk*.\n\n" for c in ("a", "eigen", "b")]
            text += "\n\n" + "".join(parts) + table(":widths: 50 50", *["**vet** en *schuin*"] * 4)
        if name == "large code":
            text += "\n\n- een\n- twee\n- ``x`` drie\n- vier\n- vijf\n"
        project = document(tmp_path / "project", text)
        both(
            project,
            bouwsteen_rinoh_template=look(tmp_path / "look", **LOOKS[name]),
        )

    def test_shift_between_passes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Else there is nothing to compare."""
        project = document(tmp_path / "project", text_of_references())
        config: dict[str, Any] = {"bouwsteen_rinoh_template": look(tmp_path / "look")}
        last = raw(project.build("rinoh", out="last", **config))
        monkeypatch.setenv("RINOH_SINGLE_PASS", "1")
        first = raw(project.build("rinoh", out="first", **config))
        assert places(first).keys() == places(last).keys()
        assert places(first) != places(last)

    def test_that_are_just_full(self, tmp_path: Path) -> None:
        text = ""
        for lines in range(26, 32):
            text += heading(f"Deel {lines}") + "Regel.\n\n" * lines
            if lines % 2:
                text += f"Slot met een noot [#n{lines}]_.\n\n.. [#n{lines}] De noot.\n\n"
            else:
                text += ".. guidance:: Kies er een.\n\n"
        both(document(tmp_path / "project", text))

    def test_one_page(self, tmp_path: Path) -> None:
        project = document(tmp_path / "project", "").write({"index.rst": heading("Proef")})
        (project.folder / "tekst.rst").unlink()
        both(project)


def places(data: bytes) -> dict[str, int]:
    """Return the number of the page that each name in a PDF refers to."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        number = {page.objgen: index for index, page in enumerate(opened.pages)}
        names = opened.Root.Names.Dests.Names
        return {
            str(names[i]): number[names[i + 1][0].objgen]  # type: ignore[index]
            for i in range(0, len(names), 2)
        }


# ── tables and pictures ──

CELLS = {
    "pictures in words": "|p| woorden |p| en nog |p| wat woorden |p| tot slot |p|",
    "pictures in a row": "|p|\\ |p|\\ |p| |p|",
    "a figure": ".. figure:: foto.jpg\n\n   Bijschrift",
    "a list": "- |p| een\n- twee |p|\n\n  - dieper\n\n    #. nog |p| dieper |p|",
    "terms": "|p|\n   uitleg |p|\n\nterm\n   nog |p| een\n\n:veld: waarde |p|",
    "notes": "woord [#a]_ en [#b]_, nog eens [#a]_",
    "code": ".. code-block:: python\n\n   def f(x): return x",
    "a frame": ".. note:: Een kader met |p|.",
    "guidance": ".. guidance:: Kies |p|.\n\n.. fill-in:: Vul in.",
    "an entry": ".. index:: ingang\n\ntekst",
    "nothing": "..",
    "blocks": "| regel |p|\n| regel\n\nx\n\n   citaat |p|",
    "a table": ".. list-table::\n   :widths: 40 60\n\n   * - genest |p|\n     - x\n   * - x\n     - x",
    "a table of words": "==== ====\na    b\n==== ====\n1    |p|\n==== ====",
    "a drawn table": "+---+---+\n| a | b |\n+---+---+\n| c     |\n+---+---+",
}


def table(options: str, *cells: str) -> str:
    lines = [".. list-table::", *(f"   {option}" for option in options.splitlines()), ""]
    for number, cell in enumerate(cells):
        first, *rest = cell.splitlines() or [""]
        lines += [
            f"   {' ' if number % 2 else '*'} - {first}",
            *(f"       {line}" for line in rest),
        ]
    return "\n".join(line.rstrip() for line in lines) + "\n\n"


@pytest.mark.parametrize("widths", [":widths: 50 50", ""], ids=["given", "found"])
def test_tables(widths: str, tmp_path: Path) -> None:
    """What is in a cell, in tables of which the widths are given, and of which they are found."""
    text = heading("Tabellen")
    for cell in CELLS.values():
        text += f"{table(widths, cell, 'slot', 'x', ' '.join(LOREM))}Na.\n\n"
    named = ":naam van veel woorden bij elkaar: waarde"
    text += table(widths.replace("50 50", "15 85"), named, named, "x", " ".join(LOREM))
    text += ".. guidance::\n\n"
    inner = table(widths, *(" ".join(LOREM[: number % 9]) for number in range(40)))
    text += "".join(f"   {line}\n" for line in inner.splitlines())
    text += "\n.. [#a] Noot.\n.. [#b] Noot.\n\n.. image:: klein.png\n" + PICTURE
    both(document(tmp_path / "project", text))


def test_pictures(tmp_path: Path) -> None:
    project = document(tmp_path / "project", "")
    modes = {"RGB": "png", "RGBA": "png", "L": "png", "1": "png", "P": "png"}
    names = [f"{mode}.{suffix}" for mode, suffix in modes.items()]
    for mode, name in zip(modes, names, strict=True):
        Image.new(mode, (40, 24)).save(project.folder / name)
    Image.new("L", (60, 30)).save(project.folder / "grijs.jpeg", dpi=(150, 150))
    with pikepdf.new() as drawing:
        drawing.add_blank_page(page_size=(80, 40))
        font = drawing.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, LW=2))
        drawing.pages[0].Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(G=font))
        drawing.pages[0].Contents = drawing.make_stream(b"/G gs 0 0 m 80 40 l S")
        drawing.save(project.folder / "tekening.pdf")
    blocks = [
        f".. image:: {name}\n\n- punt\n\n  .. figure:: {name}\n     :scale: 70\n\n     Beeld {name} |p|\n\n"
        for name in (*names, "grijs.jpeg", "foto.jpg", "tekening.pdf", "RGB.png", "tekening.pdf")
    ]
    project.write({"tekst.rst": heading("Beelden |p|") + "".join(blocks) + PICTURE})
    both(project)


# ── style sheets ──


class TestSheets:
    """Each is read once in a process, as long as it stays the same."""

    @pytest.mark.parametrize("changed", ["report.rts", "basis.rts"])
    def test_that_changed(self, changed: str, tmp_path: Path) -> None:
        """Itself, or the one that it is based on."""
        project = document(tmp_path / "project", "Tekst.\n")
        template = look(tmp_path / "look", base="basis.rts")
        (tmp_path / "look" / "basis.rts").write_text("[STYLESHEET]\nbase = sphinx\n\n[VARIABLES]\n")
        before = raw(both(project, bouwsteen_rinoh_template=template))
        sheet = tmp_path / "look" / changed
        rules = sheet.read_text(encoding="utf-8")
        sheet.write_text(f"{rules}\n[emphasis]\nfont_size = 30pt\n", encoding="utf-8")
        project.write({"tekst.rst": heading("Tekst") + "Met *nadruk*.\n"})
        after = raw(both(project, bouwsteen_rinoh_template=template))
        kept = sheets._READ[tmp_path / "look" / "report.rts"]  # else there is nothing to compare
        assert {path.name for path, *_ in kept.files} >= {"report.rts", "basis.rts"}
        sheet.write_text(rules, encoding="utf-8")
        assert raw(both(project, bouwsteen_rinoh_template=template)) not in {before, after}

    def test_that_is_not_in_order(self, tmp_path: Path) -> None:
        """It is said of each document, not of the first alone."""
        project = document(tmp_path / "project", "Tekst.\n")
        template = look(tmp_path / "look", sheet="[bestaat niet]\nfont_size = 7pt")
        for _ in range(2):
            built = both(project, bouwsteen_rinoh_template=template)
            assert built.warnings.count("The style definition 'bestaat niet' will be ignored") == 1


# ── other documents ──

OTHER = {
    "domains": ".. py:module:: mod\n\n.. py:function:: f(x, y=1) -> int\n\n   Doet iets.\n\n   :param int x: een x\n\n"
    ".. py:class:: K(a)\n\n   .. py:method:: m()\n\n.. option:: -x\n\n   optie\n\n.. envvar:: NAAM\n\n"
    "Zie :py:func:`f`, :envvar:`NAAM`, :rfc:`2119`.\n\n"
    ".. index::\n   single: ingang\n   pair: ingang; dieper\n   triple: een; twee; drie\n\nTekst.\n",
    "directives": ".. contents:: Hier\n   :local:\n\n.. rst-class:: eigen\n\nTekst.\n\n.. pull-quote::\n\n   Citaat.\n\n"
    ".. hlist::\n   :columns: 2\n\n   * een\n   * twee\n   * drie\n\n.. centered:: Midden\n\n.. versionadded:: 1.0\n   Nu.\n\n"
    ".. productionlist::\n   som: getal ('+' `getal`)*\n   getal: '1'\n\n.. table::\n   :width: 60%\n   :align: right\n\n"
    "   == ==\n   a  b\n   == ==\n   1  2\n   == ==\n\n.. figure:: klein.png\n   :align: right\n   :figwidth: 50%\n\n   Rechts\n\n"
    ".. image:: foto.jpg\n   :target: https://example.org/\n   :width: 200px\n\n"
    ".. code-block:: python\n   :linenos:\n   :emphasize-lines: 1\n\n   x = 1\n   y = 2\n\nDeel\n----\n\nTekst.\n",
    "words": "100\N{NO-BREAK SPACE}% en\N{NO-BREAK SPACE}nog\N{NO-BREAK SPACE}een en/of dit/dat//zo /begin einde/ "
    "zacht\N{SOFT HYPHEN}af\N{SOFT HYPHEN}breek\N{SOFT HYPHEN}streepje nul\N{ZERO WIDTH SPACE}breed 's avonds dr. Jansen "
    "blz. 3, art. 5 ffi fl fj Wa AV To ``code met  spaties`` ``a/b/c`` *c*\\ **v**\\ ``l`` "
    "x\\ :sup:`2`\\ y \N{GREEK CAPITAL LETTER ALPHA} ← ½ ☐\n\n"
     f"{'Eenheelerglangwoord' * 5} :kbd:`Ctrl+C` :guilabel:`A > B` :file:`a/{{b}}/c` https://example.org/{'pad/' * 20}\n",
}  # fmt: skip


@pytest.mark.parametrize("name", OTHER)
def test_other_documents(name: str, tmp_path: Path) -> None:
    both(document(tmp_path / "project", heading("Tekst") + OTHER[name]))


SAMPLE = f"""\
=====
Title
=====

.. contents::

First chapter
=============

{" ".join(LOREM * 9)} ž ě š ± ½ fi ffi [1]_ [#]_ |p|

.. [1] Numbered.
.. [#] Auto, *with emphasis*.

Section *one*
-------------

- item

  #. deeper
  #. deeper still

term : class
    {" ".join(LOREM * 3)}

.. figure:: klein.png

   Caption

.. table:: A table

   ===== =====
   a     b
   ===== =====
   1     |p|
   ===== =====

Second chapter
==============

:field: body

| line
|   block

.. note:: {" ".join(LOREM * 2)}

::

   literal

    Quote of `Section one`_, see [CIT]_ and https://example.org/.

.. [CIT] Citation.

{" ".join(LOREM * 30)}
{PICTURE}"""


@pytest.mark.parametrize("sheet", ["sphinx", "sphinx_article", "sphinx_base14"])
@pytest.mark.parametrize("template", [Article, Book])
def test_templates_of_rinohtype(
    template: Any, sheet: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They have title pages of chapters, titles in the head, parts that begin on the right."""
    monkeypatch.setenv("RINOH_NO_CACHE", "1")
    Image.new("RGB", (9, 9)).save(tmp_path / "klein.png")
    source = tmp_path / "sample.rst"
    source.write_text(SAMPLE, encoding="utf-8")
    found = []
    for change in (speed.sped_up, contextlib.nullcontext):
        with (
            warnings.catch_warnings(record=True) as caught,
            contextlib.redirect_stdout(io.StringIO()),
            change(),
        ):
            warnings.simplefilter("always")
            tree = ReStructuredTextReader().parse(source)
            template.Configuration("proef", stylesheet=sheet).document(tree).render(
                tmp_path / "out"
            )
        said = dict.fromkeys(str(w.message) for w in caught if w.category is not ResourceWarning)
        found.append((without_clock((tmp_path / "out.pdf").read_bytes()), list(said)))
    assert found[0] == found[1]


# ── each change by itself ──


@pytest.fixture(scope="module")
def everything_small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Mapping[str, Any]]:
    """A document with a bit of everything, that is set three times."""
    folder = tmp_path_factory.mktemp("everything")
    cells = table(":widths: 50 50", *(cell for cell in CELLS.values() if "+---" not in cell), "x")
    text = text_of_references(sections=3) + "\n\n" + cells + "\n.. [#a] Noot.\n.. [#b] Noot.\n\n"
    project = document(folder / "project", text + OTHER["words"])
    return project, {"bouwsteen_rinoh_template": look(folder / "look")}


@pytest.mark.parametrize("name", CHANGES)
def test_each_change(name: str, everything_small: tuple[Project, Mapping[str, Any]]) -> None:
    """Left out, and made alone: each can be switched by itself."""
    project, config = everything_small
    both(project, name, **config)
    both(project, *(other for other in CHANGES if other != name), **config)
