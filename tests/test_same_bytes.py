# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What makes rinohtype faster changes no byte, and is gone when the PDF is there."""

from __future__ import annotations

import gc
import inspect
import itertools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import rinoh
from PIL import Image
from rinoh import backend, dimension, document, flowable, layout, paragraph, style, table, text
from rinoh.backend.pdf import cos
from rinoh.backend.pdf import filter as filters
from rinoh.font import opentype
from rinoh.font.opentype import gpos, parse
from rinoh.template import DocumentPart

from bouwsteen import finish
from bouwsteen.build import Edition, build
from bouwsteen.profile import Profile
from tests.conftest import REPOSITORY, Project
from tests.test_parity import everything

if TYPE_CHECKING:
    from collections.abc import Callable

TOO_WIDE = """\
Tekst
=====

.. list-table::

   * - .. image:: klein.png
          :width: 50%
     - tekst
"""
EDITIONS = [
    Edition("rinoh", profile, language)
    for profile in Profile
    for language in ("nl", "de", "fr", "en")
]
WORDS = "Gemeenten werken samen aan informatievoorziening en dienstverlening voor inwoners. "
CHAPTERS = "".join(
    f"\nHoofdstuk {n}\n{'=' * 14}\n\n{WORDS * (n % 7 + 3)}\n\nZie :ref:`d{(n * 7) % 60}`.\n\n"
    f".. _d{n}:\n\nDeel {n}\n{'-' * 10}\n\n{WORDS * (n % 5)}\n"
    for n in range(60)
)
NASTY = {
    "contents over two pages": CHAPTERS,
    "paragraphs over pages": (WORDS * 60 + "\n\n") * 4,
    "a long list": "".join(f"#. {WORDS * (n % 4 + 1)}\n" for n in range(60)),
    "lists in lists": "".join(f"{'  ' * n}- {WORDS}\n\n" for n in range(8)),
    "notes": "".join(
        f"{WORDS * 2}Een noot [#n{n}]_ en nog eens [#n{n}]_.\n\n.. [#n{n}] {WORDS * (n % 3 + 1)}\n\n"
        for n in range(30)
    ),
    "notes in frames and lists": "".join(
        f".. note::\n\n   {WORDS}Met een noot [#m{n}]_.\n\n- {WORDS}[#m{n}]_\n\n.. [#m{n}] {WORDS}\n\n"
        for n in range(12)
    ),
    "an index": "".join(
        f".. index:: single: samenwerkingsverband {n % 9}; {WORDS[:40]} {n}\n\n{WORDS * 3}\n\n"
        for n in range(40)
    ),
    "a glossary": (
        ".. glossary::\n\n"
        + "".join(f"   term {n}\n      {WORDS}\n\n" for n in range(9))
        + "Een :term:`term 3`, en nog eens: :term:`term 3`.\n"
    ),
    "code over pages": (
        ".. code-block:: python\n   :caption: Een lijst\n\n"
        + "".join(f"   waarde{n} = [{n}, 'tekst']  # uitleg {n}\n" for n in range(90))
    ),
    "glyphs of another font": "Αθήνα, Москва, ← → ✓ ½ ﬁ, H\\ :sub:`2`\\ O en 10\\ :sup:`3`, a/b/c.\n",
    "tables": (
        "+-----+-----+-----+\n| a   | b   | c   |\n+     +-----+-----+\n|     | d         |\n"
        "+-----+-----+-----+\n| e   | f   | g   |\n+-----+-----+-----+\n\n"
        ".. csv-table:: Een tabel\n   :header: een, twee\n   :widths: 30, 70\n\n"
        + "".join(f"   {n}, {WORDS}\n" for n in range(40))
        + "\n.. list-table::\n   :widths: auto\n\n"
        + "".join(f"   * - {WORDS}\n     - {n}\n" for n in range(6))
    ),
    "pictures": (
        ".. |p| image:: klein.png\n\nTekst |p| en |p|.\n\n.. figure:: klein.png\n\n   Een figuur\n\n"
        "- een\n\n  .. figure:: foto.jpg\n\n     Een foto\n\n"
        ".. list-table::\n   :widths: 40 60\n\n   * - #. y |p|\n       #. lang |p| en kort |p|\n"
        "     - .. image:: foto.jpg\n"
        f"   * - {WORDS}\n     - {WORDS}|p|\n"
    ),
    "citations and blocks": (
        f"Zie [Bron]_.\n\n.. [Bron] {WORDS}\n\n  {WORDS}\n\n| regel\n|   regel\n\nterm\n  {WORDS}\n\n"
        f"Een `link <https://example.org/{'lang/' * 12}>`_, **vet**, *schuin*, ``code``, {WORDS}\n"
    ),
    "guidance": "".join(
        f".. guidance::\n\n   {WORDS * (n % 9 + 1)}\n\n   - een\n   - twee\n\n{WORDS}\n\n.. fill-in:: {WORDS}\n\n"
        for n in range(12)
    ),
    "one page": WORDS,
}


@pytest.fixture
def raw(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Collect PDFs as rinohtype leaves them, but for the clock."""
    found = []
    upstream = finish.finish

    def keep(path: Path, *args: Any, **kwargs: Any) -> Any:
        found.append(without_clock(path.read_bytes()))
        return upstream(path, *args, **kwargs)

    monkeypatch.setattr(finish, "finish", keep)
    return found


def without_clock(data: bytes) -> bytes:
    """Take out of a PDF of rinohtype what differs from one time to the next."""
    data = re.sub(rb"/(CreationDate|ModDate) \(.*?\)", b"", data)
    return re.sub(rb"/ID \[.*?\]", b"", data)


def nasty(folder: Path, name: str) -> Project:
    project = Project(folder).write({"index.rst": "Proef\n=====\n\n.. toctree::\n\n   tekst\n"})
    heading = "" if name == "contents over two pages" else "Tekst\n=====\n\n"
    project.write({"tekst.rst": f"{heading}{NASTY[name]}"})
    Image.new("RGB", (40, 20), "#1d3557").save(project.folder / "klein.png")
    Image.new("RGB", (90, 60), "#a1b2c3").save(project.folder / "foto.jpg")
    return project


def both(project: Project, raw: list[bytes], profile: str = "draft", **config: Any) -> None:
    """Build with all changes and with none; compare PDFs, as rinohtype leaves them too.

    And what is warned of: that a typeface lacks a glyph, say.
    """
    fast = project.build("rinoh", profile, out="fast", **config)
    plain = project.build("rinoh", profile, out="plain", bouwsteen_rinoh_plain=["all"], **config)
    assert plain.pdf.read_bytes() == fast.pdf.read_bytes()
    assert plain.warnings == fast.warnings
    one, other = raw
    assert one == other


@pytest.mark.parametrize("name", NASTY)
def test_of(name: str, tmp_path: Path, raw: list[bytes]) -> None:
    both(nasty(tmp_path / "document", name), raw)


@pytest.mark.parametrize("profile", Profile)
def test_of_everything(profile: Profile, tmp_path: Path, raw: list[bytes]) -> None:
    both(everything(tmp_path), raw, profile)


def conf_of(root: Path, plain: str) -> None:
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"\nbouwsteen_rinoh_plain = {plain.split()!r}\n")


@pytest.mark.parametrize(
    "edition", [EDITIONS[1], EDITIONS[4]], ids=lambda e: f"{e.profile}-{e.language}"
)
def test_of_the_template(
    edition: Edition, document: Path, tmp_path: Path, published: Callable[[Edition], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    fast = published(edition).pdf.read_bytes()
    plain = tmp_path / "plain"
    shutil.copytree(document, plain, ignore=shutil.ignore_patterns("build"))
    conf_of(plain, "all")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769817600")
    again = build(edition, document).pdf.read_bytes()
    assert build(edition, plain).pdf.read_bytes() == again
    assert len(fast) > 1000


@pytest.mark.parametrize("profile", Profile)
def test_of_the_example(profile: Profile, tmp_path: Path) -> None:
    pdfs = []
    for name, plain in {"fast": "", "plain": "all"}.items():
        root = tmp_path / name
        example = REPOSITORY / "examples/samenwerking-noord"
        shutil.copytree(example, root, ignore=shutil.ignore_patterns("build"))
        conf_of(root, plain)
        pdfs.append(build(Edition("rinoh", profile, "nl"), root).pdf.read_bytes())
    assert pdfs[0] == pdfs[1]


def test_of_many_in_one_process(document: Path) -> None:
    """Languages and profiles in any order, and each in a process of its own."""
    alone = {}
    for edition in EDITIONS:
        arguments = ["build", "--jobs", "1", f"{edition.profile}/{edition.language}"]
        subprocess.run([sys.executable, "-m", "bouwsteen", *arguments], cwd=document, check=True)
        name = f"bestuursopdracht-{edition.language}.pdf"
        alone[edition] = (edition.folder(document) / name).read_bytes()
    for order in (EDITIONS[::-1], EDITIONS[::3] + EDITIONS[1::3] + EDITIONS[2::3]):
        for edition in order:
            assert build(edition, document).pdf.read_bytes() == alone[edition]


def test_of_an_index_in_another_language(tmp_path: Path) -> None:
    """What stands in the template is there for the next document in the process too."""

    def pdf(name: str, language: str) -> bytes:
        project = nasty(tmp_path / name, "an index")
        return (
            project.build("rinoh", language=language).ok().out / f"proef-{language}.pdf"
        ).read_bytes()

    first = pdf("een", "de")
    pdf("twee", "nl")
    pdf("drie", "fr")
    assert pdf("vier", "de") == first


@pytest.mark.parametrize(
    "change", ["Steden", f"{WORDS * 40}\n\nGemeenten"], ids=["a word", "a page"]
)
def test_after_a_change(change: str, tmp_path: Path) -> None:
    """What was built before does not matter."""
    project = nasty(tmp_path / "een", "contents over two pages")
    project.build("rinoh").ok()
    changed = NASTY["contents over two pages"].replace("Gemeenten", change, 1)
    assert changed != NASTY["contents over two pages"]
    project.write({"tekst.rst": changed})
    other = nasty(tmp_path / "twee", "contents over two pages").write({"tekst.rst": changed})
    assert (
        project.build("rinoh").ok().pdf.read_bytes() == other.build("rinoh").ok().pdf.read_bytes()
    )


def test_what_rinohtype_cannot_set_fails_as_it_does(tmp_path: Path) -> None:
    """A picture of half the width of a cell that may be of any width is not a number high."""
    project = nasty(tmp_path / "document", "one page").write({"tekst.rst": TOO_WIDE})
    for plain in ([], ["all"]):
        with pytest.raises(AssertionError):
            project.build("rinoh", out=f"{len(plain)}", bouwsteen_rinoh_plain=plain)


class TestChanges:
    def test_are_gone_afterwards(self, tmp_path: Path) -> None:
        before = {owner: dict(vars(owner)) for owner in owners()}
        threshold = gc.get_threshold()
        nasty(tmp_path / "een", "pictures").build("rinoh").ok()
        failing = nasty(tmp_path / "twee", "one page").write({"tekst.rst": TOO_WIDE})
        with pytest.raises(AssertionError):
            failing.build("rinoh")
        for owner, attributes in before.items():
            after = {name: value for name, value in vars(owner).items() if name in attributes}
            assert after == attributes, owner
            new = vars(owner).keys() - attributes.keys()
            assert not {name for name in new if callable(vars(owner)[name])}, owner
        assert gc.get_threshold() == threshold

    def test_of_a_name_that_there_is_not(self, project: Project) -> None:
        project.write({"index.rst": "Proef\n=====\n"})
        with pytest.raises(Exception, match=r"there is no nope; choose all, or of looks, sheets"):
            project.build("rinoh", bouwsteen_rinoh_plain=["looks", "nope"])

    def test_let_go_of_pages(self, tmp_path: Path) -> None:
        """Of a page that is set, nothing is left but what is drawn on it."""
        gc.collect()
        before = {id(box) for box in boxes()}
        nasty(tmp_path / "een", "paragraphs over pages").build("rinoh").ok()
        gc.collect()
        assert [box for box in boxes() if id(box) not in before] == []

    def test_of_another_rinohtype_are_not_made(self, document: Path, tmp_path: Path) -> None:
        """The build says so, and gives the same bytes."""
        root = tmp_path / "document"
        shutil.copytree(document, root, ignore=shutil.ignore_patterns("build"))
        arguments = [sys.executable, "-m", "bouwsteen", "build", "--jobs", "1"]
        other = tmp_path / "other"
        shutil.copytree(Path(rinoh.__file__).parent, other / "rinoh")
        with (other / "rinoh/style.py").open("a", encoding="utf-8") as module:
            module.write("# one line more\n")
        pdfs = []
        for path in ("", str(other)):
            environment = {**os.environ, "PYTHONPATH": path}
            result = subprocess.run(
                arguments, cwd=root, env=environment, capture_output=True, text=True, check=True
            )
            pdfs.append((root / "build/rinoh/draft/bestuursopdracht-nl.pdf").read_bytes())
            note = [line for line in result.stdout.splitlines() if "rinohtype (0.5.6)" in line]
            assert len(note) == bool(path)
        assert pdfs[0] == pdfs[1]


def boxes() -> list[Any]:
    """Return the boxes that there are, and hold something."""
    found = [thing for thing in gc.get_objects() if isinstance(thing, layout.Container)]
    return [box for box in found if vars(box) and not isinstance(box, document.Page)]


def owners() -> list[Any]:
    """Return the classes and modules of rinohtype that are changed."""
    modules = [
        backend.pdf, cos, document, dimension, filters, flowable, gpos, layout, opentype, paragraph,
        parse, style, table, text,
    ]  # fmt: skip
    classes = [
        cls for module in modules for _name, cls in inspect.getmembers(module, inspect.isclass)
        if cls.__module__.startswith("rinoh")
    ]  # fmt: skip
    return [*modules, *dict.fromkeys(itertools.chain(classes, [DocumentPart]))]
