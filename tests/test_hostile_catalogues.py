# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""A translator cannot reach the build machine: what a translation may not be, is in no output."""

from __future__ import annotations

import gettext
import re
import string
from os.path import relpath
from typing import TYPE_CHECKING

import pytest
import sphinx.locale
from docutils import nodes
from docutils.parsers.rst import roles
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sphinx.errors import ConfigError
from sphinx.roles import specific_docroles
from sphinx.testing.util import SphinxTestApp

from bouwsteen.catalogues import files, vetting
from tests.conftest import Built, Project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SECRET = "geheim-van-elders"
MARK = "kwaadspel"  # in every attack that needs no file

# What a translator could write for a paragraph; {file} is a text file elsewhere, {image} a picture.
ATTACKS = {
    "include": ".. include:: {file}",
    "include in code": ".. include:: {file}\n   :literal:",
    "include after text": "Tekst\n\n.. include:: {file}",
    "include after a form feed": "Tekst\x0c\x0c.. include:: {file}",
    "literalinclude": ".. literalinclude:: {file}",
    "csv-table": ".. csv-table::\n   :file: {file}",
    "raw file": ".. raw:: html\n   :file: {file}",
    "raw": ".. raw:: html\n\n   <script>kwaadspel</script>",
    "raw in a line": ".. raw:: latex \\input{{{file}}}",
    "raw role": ".. role:: ruw(raw)\n   :format: html latex\n\n:ruw:`kwaadspel`",
    "math": ":math:`\\input{{{file}}}`",
    "math with a target": ":math:`\\input{{{file}}} <Tekst>`",
    "math block": ".. math:: \\input{{{file}}}",
    "download": ":download:`kwaadspel <{file}>`",
    "image": ".. image:: {image}",
    "figure": ".. figure:: {image}\n\n   kwaadspel",
    "substitution": ".. |x| image:: {image}\n\n|x| kwaadspel",
    "substitution of text": ".. |x| replace:: kwaadspel\n\n|x|",
    "known substitution": "Tekst |version| kwaadspel",
    "code": ".. code:: python\n\n   kwaadspel",
    "parsed-literal": ".. parsed-literal:: kwaadspel",
    "meta": ".. meta::\n   :http-equiv=refresh: 0;kwaadspel",
    "toctree": ".. toctree::\n   :glob:\n\n   *",
    "only": ".. only:: html\n\n   kwaadspel",
    "default role": ".. default-role:: math\n\n`kwaadspel`",
    "class": ".. class:: kwaadspel",
    "container": ".. container:: kwaadspel",
    "guidance": ".. guidance:: kwaadspel",
    "fill-in": ".. fill-in:: kwaadspel",
    "fill-in role": "Tekst :fill-in:`kwaadspel`",
    "index": ".. index:: kwaadspel",
    "heading": "Tekst\n=====\n\nkwaadspel",
    "list": "- kwaadspel",
    "numbered list": "1. kwaadspel",
    "quote": "   kwaadspel",
    "definition": "Tekst\n   kwaadspel",
    "field": ":orphan: kwaadspel",
    "line block": "| kwaadspel",
    "doctest": ">>> kwaadspel",
    "table": "===== =====\nTekst kwaadspel\n===== =====",
    "comment": ".. kwaadspel",
    "target": ".. _kwaadspel: https://example.org",
    "footnote": ".. [#] kwaadspel",
    "literal block": "Tekst::\n\n   kwaadspel",
    "literal block after two colons": "Tekst kwaadspel::",
    "dividing line": "----------",
    "link": "`kwaadspel <https://example.org/>`_",
    "script in a link": "`kwaadspel <javascript:alert(1)>`_",
    "address": "Tekst https://example.org/kwaadspel",
    "mail": "Tekst kwaadspel@example.org",
    "named link": "Tekst kwaadspel_",
    "reference": "Tekst :ref:`kwaadspel`",
    "document": "Tekst :doc:`index` kwaadspel",
    "note": "Tekst [#]_ kwaadspel",
    "source": "Tekst [kwaadspel]_",
    "literal": "Tekst ``kwaadspel``",
    "target in a line": "Tekst _`kwaadspel`",
    "checks off": "Tekst kwaadspel # noqa",
    "two paragraphs": "Tekst\n\nkwaadspel",
    "two lines": "Tekst\nkwaadspel",
    "character of control": "Tekst \x07 kwaadspel",
    "unfinished": "Tekst *kwaadspel",
    "nothing but blanks": "   ",
}  # fmt: skip
BUILDERS = ["html", "singlehtml", "epub", "latex", "rinoh", "text", "xml", "man", "texinfo"]


@pytest.fixture
def elsewhere(tmp_path: Path) -> dict[str, Path]:
    """Two files that are nobody's business."""
    folder = tmp_path / "elders"
    folder.mkdir()
    found = {"file": folder / "geheim.txt", "image": folder / "geheim.png"}
    found["file"].write_text(f"{SECRET}\n", encoding="ascii")
    found["image"].write_bytes(
        bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55")
        + bytes.fromhex("0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082")
    )
    return found


def sources() -> dict[str, str]:
    """A paragraph for each attack, and the translation."""
    return {f"Tekst nummer {number}.": ATTACKS[name] for number, name in enumerate(ATTACKS)}


def attack(project: Project, messages: dict[str, str], elsewhere: Mapping[str, object]) -> Project:
    text = "\n\n".join(messages)
    filled = {
        message: translation.format(**elsewhere) if "{" in translation else translation
        for message, translation in messages.items()
    }
    project.write({"index.rst": f"|title|\n=======\n\n{text}\n"})
    return project.translate("de", {"index": filled})


@pytest.mark.parametrize("name", ATTACKS)
def test_the_build_refuses(name: str, project: Project, elsewhere: dict[str, Path]) -> None:
    built = attack(project, {"Tekst.": ATTACKS[name]}, elsewhere).build_in("de")
    assert built.failed
    assert re.search(r"locale/de/LC_MESSAGES/index\.po:\d+: ERROR: .*Tekst\.", built.warnings)
    (section,) = built.env.get_doctree("index").findall(nodes.section)
    (paragraph,) = section.findall(nodes.paragraph)
    assert paragraph.astext() == "Tekst."
    (dependency,) = built.env.dependencies["index"]
    assert str(dependency) == str(project.folder / "locale/de/LC_MESSAGES/index.po")
    assert not built.env.images
    assert not built.env.dlfiles


@pytest.mark.parametrize("text", ["Te|version|kwaadspel.", "Te``kwaadspel``kst."])
def test_markup_within_a_word(text: str, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """docutils reads it if a docutils.conf says so, and so do we."""
    assert vetting.refusals("Tekst.", text, vetting.Kind.TEXT) == []
    settings = project.folder / "docutils.conf"
    settings.write_text("[restructuredtext parser]\ncharacter_level_inline_markup: yes\n")
    monkeypatch.setenv("DOCUTILSCONFIG", str(settings))
    built = attack(project, {"Tekst.": text}, {}).build_in("de")
    assert built.failed
    assert "kwaadspel" not in built.env.get_doctree("index").astext()


@pytest.mark.parametrize("builder", BUILDERS)
def test_nothing_of_it_is_in_any_output(
    builder: str, project: Project, elsewhere: dict[str, Path]
) -> None:
    """Nor if warnings are not errors: the source stands in the place of what was refused."""
    built = attack(project, sources(), elsewhere).build_in("de", builder)
    assert built.failed
    output = built.files()
    output.update({f"page {n}": t.encode() for n, t in enumerate(text_of(built.out))})
    for path, content in output.items():
        for canary in (SECRET, MARK, "<script>alert", "geheim.png", "geheim.txt"):
            assert canary not in path
            assert canary.encode() not in content, (path, canary)


def text_of(folder: Path) -> Iterator[str]:
    from tests.pdf import text_of as text  # noqa: PLC0415

    for path in folder.glob("*.pdf"):
        assert "Tekst nummer 3." in text(path)
        yield text(path)


@pytest.mark.parametrize("name", ["include", "math", "download"])
def test_the_attack_works_on_sphinx_alone(
    name: str, project: Project, elsewhere: dict[str, Path]
) -> None:
    """Each kind is shown to bite where nothing guards."""
    near = {key: relpath(path, project.folder) for key, path in elsewhere.items()}
    attack(project, {"Tekst.": ATTACKS[name]}, near)
    conf = project.folder / "conf.py"
    conf.write_text('project = "Proef"\nlanguage = "de"\nlocale_dirs = ["locale"]\n')
    app = SphinxTestApp("html", srcdir=project.folder, builddir=project.folder / "stock")
    try:
        app.build()
        page = (app.outdir / "index.html").read_text(encoding="utf-8")
        found = list(app.outdir.rglob("geheim.*"))
    finally:
        app.cleanup()
    assert SECRET in page or "kwaadspel</p>" in page or r"\input{" in page or found


class TestRoles:
    """Whatever roles an extension brings."""

    EXTENSIONS = (
        "bouwsteen", "sphinx.ext.autodoc", "sphinx.ext.extlinks", "sphinx.ext.graphviz",
        "sphinx.ext.inheritance_diagram", "sphinx.ext.intersphinx", "sphinx.ext.mathjax",
        "sphinx.ext.todo", "sphinx.ext.ifconfig", "sphinx.ext.doctest",
    )  # fmt: skip

    def project(self, project: Project, messages: dict[str, str]) -> Project:
        conf = (project.folder / "conf.py").read_text(encoding="utf-8")
        conf += f'extensions = {list(self.EXTENSIONS)}\nextlinks = {{"wet": ("https://e.org/%s", "")}}\n'
        attack(project, messages, {})
        return project.write({"conf.py": conf})

    def names(self, project: Project) -> list[str]:
        """The names of all roles there are."""
        built = self.project(project, {"Tekst.": "Text."}).build_in("de")
        registered: dict[str, object] = vars(roles)["_role_registry"]
        found = {"", *vars(roles)["_roles"], *registered, *specific_docroles}
        for domain in built.env.domains.values():
            found |= {f"{domain.name}:{name}" for name in domain.roles}
        found |= set(built.env.domains.standard_domain.roles)
        assert {"math", "download", "ref", "py:func", "raw"} <= found
        return sorted(found)

    def test_none_can_be_added(self, project: Project) -> None:
        names = [*self.names(project), "wet", "external+x:py:func", "nergens"]
        added = {f"Tekst {name or '-'}.": f"Text :{name}:`kwaadspel`" for name in names}
        added["Tekst -."] = "Text `kwaadspel`"
        built = self.project(project, added).build_in("de")
        refused = built.env.metadata["index"]["bouwsteen_refused"]
        assert {refusal.message for refusal in refused} == set(added)
        assert "kwaadspel" not in built.env.get_doctree("index").astext()

    @pytest.mark.parametrize(
        ("source", "translation"),
        [
            ("Zie :math:`a`.", "Siehe :math:`b`."),
            ("Zie :math:`a`.", r"Siehe :math:`\input{x} <a>`."),
            ("Zie :download:`x.txt`.", "Siehe :download:`x.txt </etc/passwd>`."),
            ("Zie :ref:`hier`.", "Siehe :ref:`daar`."),
            ("Zie :ref:`hier`.", "Siehe :ref:`hier <daar>`."),
            ("Zie :ref:`hier`.", "Siehe :doc:`hier`."),
            ("Zie :ref:`hier`.", "Siehe hier."),
            ("Zie :wet:`a`.", "Siehe :wet:`b`."),
            ("Zie :wet:`a`.", "Siehe :wet:`b <a>`."),
            ("Zie ``make``.", "Siehe ``mache``."),
            ("Zie |version|.", "Siehe |title|."),
            ("Zie `x <https://a.nl>`_.", "Siehe `x <https://b.nl>`_."),
            ("Zie [#a]_.", "Siehe [#b]_."),
            ("Zie [#]_.", "Siehe."),
            ("Zie https://a.nl.", "Siehe https://b.nl."),
        ],
    )
    def test_none_can_be_changed(self, source: str, translation: str) -> None:
        assert vetting.refusals(source, translation, vetting.Kind.TEXT, is_reference)

    @pytest.mark.parametrize(
        ("source", "translation"),
        [
            ("Zie :ref:`hier`.", "Siehe :ref:`dort <hier>`."),
            ("Zie :ref:`daar <hier>`.", "Siehe :ref:`dort <hier>`."),
            ("Zie :ref:`a` en ``b`` en |c|.", "|c|, ``b``, :ref:`a`: siehe."),
            ("De raad :guidance:`kies`.", "Der Rat :guidance:`wählen Sie`."),
            ("De raad :fill-in:`naam`.", ":fill-in:`Name`, der Rat."),
            ("Zie *dit*.", "Siehe dieses."),
            ("Zie dit.", "Siehe *dieses*."),
            ("Zie `x <https://a.nl>`_.", "Siehe `ein x <https://a.nl>`_."),
            ("Zie [#a]_ en [#b]_.", "Siehe [#b]_ und [#a]_."),
            ("Noem::", "Nennen Sie::"),
            ("Vraag?", "Question\u00a0?"),
            ("1. Inleiding", "1. Einleitung"),
            ("Vraag", "Frage mit {Klammern}, 100 % \\*sicher\\*"),
        ],
    )
    def test_what_a_translator_may_do(self, source: str, translation: str) -> None:
        assert vetting.refusals(source, translation, vetting.Kind.TEXT, is_reference) == []


def is_reference(role: str) -> bool:
    return role in {"ref", "doc", "download"}


class TestKinds:
    """Text that is not parsed, and code."""

    SOURCE = """
|title|
=======

.. toctree::
   :caption: Delen

   deel

.. image:: beeld.png
   :alt: Een beeld

.. meta::
   :description: Een omschrijving

.. code-block:: text

   regel

.. raw:: html

   <b>vet</b>

.. math:: a

.. index:: woord
"""

    def build(self, project: Project, messages: dict[str, str], builder: str = "dummy") -> Built:
        everything = ["index", "literal-block", "doctest-block", "raw", "image"]
        conf = (project.folder / "conf.py").read_text(encoding="utf-8")
        project.write(
            {
                "conf.py": f"{conf}gettext_additional_targets = {everything}\n",
                "index.rst": self.SOURCE,
                "deel.rst": "Deel\n====\n",
                "beeld.png": b"",
            }
        )
        return project.translate("de", {"index": messages, "deel": {}}).build_in("de", builder)

    @pytest.mark.parametrize(
        ("source", "translation"),
        [
            ("<b>vet</b>", "<script>kwaadspel</script>"),
            (".. image:: beeld.png", ".. image:: kwaadspel.png"),
            ("Een beeld", "kwaadspel\nbeeld"),
            ("Een omschrijving", "kwaadspel\x07"),
            ("Delen", "kwaadspel\nx"),
            ("woord", "kwaadspel\n"),
            ("regel", "kwaadspel\x1b[31m"),
        ],
    )
    def test_refused(self, source: str, translation: str, project: Project) -> None:
        built = self.build(project, {source: translation})
        assert built.failed
        assert "index.po:" in built.warnings
        tree = built.env.get_doctree("index")
        del tree["source"]  # the path of the file, with the name of the test in it
        assert "kwaadspel" not in tree.pformat()

    def test_text_of_every_kind_is_translated(self, project: Project) -> None:
        built = self.build(
            project,
            {"Een beeld": "Ein Bild <>", "Een omschrijving": "Eine Probe", "Delen": "Teile", "woord": "Wort",
             "regel": "Zeile 1\n  .. include:: x"},
        )  # fmt: skip
        assert not built.failed, built.warnings
        tree = built.env.get_doctree("index").pformat()
        for text in ("Ein Bild", "Eine Probe", "Teile", "Wort", "Zeile 1\n"):
            assert text in tree
        assert ".. include:: x" in tree


class TestFiles:
    """What stands among the catalogues."""

    def project(self, project: Project) -> Project:
        return attack(project, {"Tekst.": "Text."}, {})

    def test_a_compiled_catalogue_is_not_believed(self, project: Project) -> None:
        catalogue = self.project(project).folder / "locale/de/LC_MESSAGES/index.po"
        hostile = files.read(catalogue)
        hostile[-1].msgstr = "kwaadspel"
        compiled = catalogue.with_suffix(".mo")
        compiled.write_bytes(hostile.to_binary())
        built = project.build_in("de").ok()
        assert "kwaadspel" not in built.env.get_doctree("index").astext()
        assert "Text." in built.env.get_doctree("index").astext()
        assert compiled.read_bytes() == hostile.to_binary()  # nor overwritten

    def test_words_that_another_build_left_in_the_process(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        left = gettext.NullTranslations()
        left._catalog = {"Tekst.": "kwaadspel"}  # type: ignore[attr-defined]
        left.__class__ = type("Left", (gettext.NullTranslations,), {})
        self.project(project)
        monkeypatch.setitem(sphinx.locale.translators, ("general", "index"), left)
        assert project.build("dummy").ok().section()[1].astext() == "Tekst."

    def test_no_file_is_written_beside_the_catalogues(self, project: Project) -> None:
        self.project(project).build_in("de", "html").ok()
        assert [path.name for path in project.folder.rglob("locale/**/*.*")] == ["index.po"]

    @pytest.mark.parametrize("name", ["sphinx.po", "sphinx.mo", "sphinx.js"])
    def test_words_of_sphinx_itself(self, name: str, project: Project) -> None:
        folder = self.project(project).folder / "locale/de/LC_MESSAGES"
        (folder / name).write_bytes(b"")
        with pytest.raises(ConfigError, match=name):
            project.build_in("de", "html")

    def test_a_link_out_of_the_folder(self, project: Project, elsewhere: dict[str, Path]) -> None:
        catalogue = self.project(project).folder / "locale/de/LC_MESSAGES/index.po"
        catalogue.unlink()
        catalogue.symlink_to(elsewhere["file"])
        with pytest.raises(ConfigError, match="is een koppeling") as caught:
            project.build_in("de")
        assert SECRET not in str(caught.value)

    @pytest.mark.parametrize("end", ["\u2028", "\x85", "\x0b", "\r"])
    def test_an_end_of_line_for_some_programs(self, end: str, project: Project) -> None:
        catalogue = self.project(project).folder / "locale/de/LC_MESSAGES/index.po"
        text = catalogue.read_text(encoding="utf-8").replace(
            "Text.", f"Text{end}{end}.. include:: x"
        )
        catalogue.write_bytes(text.encode())
        with pytest.raises(ConfigError, match=rf"index\.po:\d+: bevat U\+{ord(end):04X}"):
            project.build_in("de")

    @pytest.mark.parametrize("title", ["kwaadspel\nx", "kwaadspel\x07"])
    def test_the_title(self, title: str, project: Project) -> None:
        self.project(project).translate("de", {"index": {"Proef": title}})
        with pytest.raises(ConfigError, match=r"index\.po:\d+: .*Proef"):
            project.build_in("de")

    @pytest.mark.parametrize("builder", ["html", "latex", "rinoh"])
    def test_markup_in_the_title_is_text(self, builder: str, project: Project) -> None:
        title = r"""<script>x</script> \input{x} 'y' "z" {PAGE_NUMBER} *a* |b|"""
        self.project(project).translate("de", {"index": {"Proef": title, "Tekst.": "Text."}})
        built = project.build_in("de", builder).ok()
        if builder == "html":
            page = (built.out / "index.html").read_text(encoding="utf-8")
            assert "<script>x" not in page
            assert "&lt;script&gt;x" in page
        elif builder == "rinoh":
            (pdf,) = built.out.glob("*.pdf")
            (page,) = text_of_all(pdf)
            assert "{PAGE_NUMBER}" in page
        else:
            (tex,) = built.out.glob("*.tex")
            assert (
                r"\input{x}" not in tex.read_text(encoding="utf-8").partition("begin{document}")[2]
            )


def text_of_all(pdf: Path) -> list[str]:
    from tests.pdf import text_of as text  # noqa: PLC0415

    return [" ".join(text(pdf).split())]


FRAGMENTS = st.sampled_from([
    *"*`_|:\\<>[]#.-=+^~\"'(){}", "``", "::", "..", ".. ", "\n", "\n\n", "\n   ", "   ", "\x0b", "\x0c",
    "\x1c", "\x85", "\u2028", "\t", "\r", "\0", "|version|", "|x|", ":ref:`", ":math:`", "`_", "`__",
    "__ ", "[#]_", "[1]_", "https://e.org", "a@e.org", "include:: /etc/passwd", "raw:: html",
    "image:: x.png", "role:: x(raw)", "_x: y", "[#] ", "1. ", "- ", ">>> ", "# noqa", "=====", "-----",
    "mailto:x@y.z", "javascript:x", "<https://e.org>", "PEP 8", "RFC 1",
])  # fmt: skip
TEXTS = st.lists(
    FRAGMENTS | st.text(string.ascii_letters + " ", min_size=1, max_size=6) | st.text(max_size=3),
    min_size=1, max_size=9,
).map("".join)  # fmt: skip
HARMLESS = (nodes.Text, nodes.emphasis, nodes.strong)


@settings(max_examples=40)
@given(st.lists(TEXTS, min_size=25, max_size=25))
@example([".. include:: /etc/passwd", ":math:`a`"])
def test_whatever_a_translation_is(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    """What comes through is text, with emphasis at most, as Sphinx itself reads it."""
    project = Project(tmp_path_factory.mktemp("willekeurig"))
    # what ends a line for some programs makes the whole file unreadable, and has a test of its own
    texts = [re.sub("[\x1c-\x1e\x85\u2028\u2029]", "", text) for text in texts]
    messages = {f"Tekst {number}.": text for number, text in enumerate(texts)}
    source = "\n\n".join(messages)
    project.write({"index.rst": f"|title|\n=======\n\n{source}\n"})
    project.translate("de", {"index": messages})
    built = project.build_in("de")
    (section,) = built.env.get_doctree("index").findall(nodes.section)
    title, *paragraphs = section.children
    assert isinstance(title, nodes.title)
    assert len(paragraphs) == len(messages)
    refused = {r.message for r in built.env.metadata["index"]["bouwsteen_refused"]}
    for paragraph, (message, text) in zip(paragraphs, messages.items(), strict=True):
        assert isinstance(paragraph, nodes.paragraph)
        for node in paragraph.findall():
            assert node is paragraph or isinstance(node, HARMLESS), (text, paragraph.pformat())
        if message in refused:
            assert paragraph.astext() == message
    assert not built.env.images
    assert not built.env.dlfiles
    assert len(built.env.dependencies["index"]) == 1
