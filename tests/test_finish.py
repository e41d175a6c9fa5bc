# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finishing a raw PDF."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from bouwsteen import checking, finishing
from bouwsteen.finish import finish
from bouwsteen.finishing import Description, FinishError
from bouwsteen.replacing import replaced
from tests.conftest import REPOSITORY
from tests.pdf import text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Built, Project

MOMENT = datetime.datetime(2023, 11, 14, 22, 13, 20, tzinfo=datetime.UTC)
DESCRIPTION = Description(
    title="Titel & <meer>", subtitle="Ondertitel", author="Schrijvér", language="nl_BE",
    version="01.0", profile="draft", keywords="versie 01.0, concept", moment=MOMENT,
)  # fmt: skip


def raw(path: Path, change: Callable[[pikepdf.Pdf], object] = lambda _pdf: None) -> Path:
    """Write a PDF of one page with a link on it, as an engine leaves it, and changed by *change*."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]),
            A=Dictionary(S=Name.URI, URI=String("https://example.org")),
        )  # fmt: skip
        page.obj.Annots = Array([pdf.make_indirect(link)])
        pdf.docinfo[Name.Producer] = String("motor 1")
        change(pdf)
        pdf.save(path)
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "uit" / "klaar.pdf"


@pytest.fixture
def finished(tmp_path: Path, target: Path) -> Path:
    target.parent.mkdir()
    assert finish(raw(tmp_path / "ruw.pdf"), target, DESCRIPTION) == []
    return target


def test_the_information_dictionary(finished: Path) -> None:
    with pikepdf.open(finished) as pdf:
        info = {str(key): str(value) for key, value in pdf.docinfo.items()}
    assert info.pop("/Creator").startswith("Bouwsteen ")
    assert info.pop("/Producer") == f"motor 1, pikepdf {pikepdf.__version__}"
    assert info == {
        "/Title": "Titel & <meer>",
        "/Author": "Schrijvér",
        "/Subject": "Ondertitel",
        "/Keywords": "versie 01.0, concept",
        "/CreationDate": "D:20231114221320+00'00",
        "/ModDate": "D:20231114221320+00'00",
    }


def test_xmp_is_in_step(finished: Path) -> None:
    with pikepdf.open(finished) as pdf:
        xmp = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        assert xmp["dc:title"] == "Titel & <meer>"
        assert xmp["dc:creator"] == ["Schrijvér"]
        assert xmp["dc:description"] == "Ondertitel"
        assert xmp["dc:language"] == {"nl-BE"}
        assert xmp["dc:type"] == {"draft"}
        assert xmp["xmpMM:VersionID"] == "01.0"
        assert xmp["pdf:Keywords"] == "versie 01.0, concept"
        assert xmp["pdf:Producer"] == str(pdf.docinfo.Producer)
        assert xmp["xmp:CreatorTool"] == str(pdf.docinfo.Creator)
        for date in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            assert datetime.datetime.fromisoformat(xmp[date]) == MOMENT
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "B")


def test_the_file(finished: Path) -> None:
    assert finished.read_bytes().startswith(b"%PDF-1.7\n")
    with pikepdf.open(finished) as pdf:
        assert pdf.Root.Lang == "nl-BE"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        (intent,) = pdf.Root.OutputIntents
        assert intent.OutputConditionIdentifier == "sRGB"
        (link,) = pdf.pages[0].obj.Annots
        assert link.F == 4  # printed (ISO 32000-1, table 165)


def test_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    bare = DESCRIPTION._replace(subtitle="", author="", version="", keywords="concept")
    target = tmp_path / "klaar.pdf"
    finish(raw(tmp_path / "ruw.pdf"), target, bare)
    with pikepdf.open(target) as pdf:
        assert not {"/Author", "/Subject"} & set(pdf.docinfo.keys())
        xmp = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        for name in ("dc:creator", "dc:description", "xmpMM:VersionID"):
            assert name not in xmp


def saying(word: str) -> Callable[[pikepdf.Pdf], None]:
    """Put into a PDF what engines say of the moment and the machine that they ran on."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo[Name.CreationDate] = String(f"D:19990101000000 {word}")
        pdf.docinfo[Name("/Machine")] = String(word)
        pdf.docinfo[Name.Title] = String(word)
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            xmp["dc:source"] = word
        pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]))
        pdf.trailer.ID = Array([String(word * 2), String(word * 2)])

    return change


def test_nothing_is_left_of_what_the_engine_said(tmp_path: Path) -> None:
    finished = []
    for word in ("kanarie1", "kanarie2"):
        path = raw(tmp_path / f"{word}.pdf", saying(word))
        assert word.encode() in path.read_bytes()
        finish(path, target := tmp_path / f"{word}-klaar.pdf", DESCRIPTION)
        finished.append(target.read_bytes())
        with pikepdf.open(target) as pdf:
            assert Name.OpenAction not in pdf.Root
            assert Name("/Machine") not in pdf.docinfo
    assert b"kanarie" not in finished[0]
    assert finished[0] == finished[1]


def test_other_contents_another_identifier(tmp_path: Path, finished: Path) -> None:
    other = tmp_path / "ander.pdf"
    finish(raw(tmp_path / "ruw2.pdf", lambda pdf: pdf.add_blank_page()), other, DESCRIPTION)
    with pikepdf.open(finished) as one, pikepdf.open(other) as two:
        assert bytes(one.trailer.ID[0]) != bytes(two.trailer.ID[0])


def in_the_catalogue(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    pdf.Root.OpenAction = action


def after_a_link(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    pdf.pages[0].obj.Annots[0].A.Next = pdf.make_indirect(action)


def after_an_action_elsewhere(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    first = Dictionary(S=Name.URI, URI=String("https://example.org"), Next=action)
    pdf.pages[0].obj.Annots[0].A = pdf.make_indirect(first)


def after_two_links(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    first = Dictionary(S=Name.URI, URI=String("https://example.org"), Next=Array([action]))
    pdf.pages[0].obj.Annots[0].A.Next = Array([first])


def in_a_bookmark(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Kop", action=action))


def in_a_written_out_link(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    pdf.pages[0].obj.Annots.append(Dictionary(Subtype=Name.Link, Rect=Array([0] * 4), A=action))


PLACES = [
    in_the_catalogue, after_a_link, after_an_action_elsewhere, after_two_links, in_a_bookmark,
    in_a_written_out_link,
]  # fmt: skip
ACTIONS: dict[str, Callable[[], Dictionary]] = {
    "Launch": lambda: Dictionary(S=Name.Launch, F=String("x.sh")),
    "JavaScript": lambda: Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")),
    "GoToR": lambda: Dictionary(S=Name.GoToR, F=String("x.pdf"), D=Array([0, Name.Fit])),
    "SubmitForm": lambda: Dictionary(S=Name.SubmitForm, F=String("https://example.org")),
    "Named": lambda: Dictionary(S=Name.Named, N=Name.Print),
}


@pytest.mark.parametrize("kind", ACTIONS)
@pytest.mark.parametrize("place", PLACES)
def test_an_action_is_refused(
    place: Callable[[pikepdf.Pdf, Dictionary], None], kind: str, tmp_path: Path
) -> None:
    path = raw(tmp_path / "ruw.pdf", lambda pdf: place(pdf, ACTIONS[kind]()))
    with pytest.raises(FinishError, match=rf"\({kind}\)"):
        finish(path, tmp_path / "klaar.pdf", DESCRIPTION)
    assert list(tmp_path.iterdir()) == [path]


def test_what_happens_by_itself_is_refused(tmp_path: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.AA = Dictionary(O=ACTIONS["JavaScript"]())

    with pytest.raises(FinishError, match="AA"):
        finish(raw(tmp_path / "ruw.pdf", change), tmp_path / "klaar.pdf", DESCRIPTION)


def test_scripts_of_the_document_are_refused(tmp_path: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        names = Array([String("a"), ACTIONS["JavaScript"]()])
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=names))

    with pytest.raises(FinishError, match="JavaScript"):
        finish(raw(tmp_path / "ruw.pdf", change), tmp_path / "klaar.pdf", DESCRIPTION)


def test_an_action_may_be_written_in_another_way(tmp_path: Path) -> None:
    """A character of a name may be written as its number (ISO 32000-1, 7.3.5)."""
    path = raw(tmp_path / "ruw.pdf", lambda pdf: in_a_written_out_link(pdf, ACTIONS["Launch"]()))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    written = path.read_bytes()
    assert b"/A << /F" in written
    path.write_bytes(written.replace(b"/A << /F", b"/#41<</F"))  # as long: the rest stays in place
    with pytest.raises(FinishError, match="Launch"):
        finish(path, tmp_path / "klaar.pdf", DESCRIPTION)


def test_an_action_of_a_stream_is_refused(tmp_path: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Anders = pdf.make_stream(b"", AA=Dictionary(O=ACTIONS["JavaScript"]()))

    with pytest.raises(FinishError, match="AA"):
        finish(raw(tmp_path / "ruw.pdf", change), tmp_path / "klaar.pdf", DESCRIPTION)


def test_the_way_to_a_page_is_no_danger(tmp_path: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        go = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]))
        in_a_bookmark(pdf, go)

    finish(raw(tmp_path / "ruw.pdf", change), tmp_path / "klaar.pdf", DESCRIPTION)


def test_a_file_that_is_no_pdf_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "ruw.pdf"
    path.write_bytes(b"geen pdf")
    target = tmp_path / "klaar.pdf"
    target.write_bytes(b"de vorige")
    with pytest.raises(pikepdf.PdfError):
        finish(path, target, DESCRIPTION)
    assert path.read_bytes() == b"geen pdf"
    assert target.read_bytes() == b"de vorige"
    assert set(tmp_path.iterdir()) == {path, target}


def test_what_cannot_be_put_in_its_place_is_not_left_beside_it(tmp_path: Path) -> None:
    path, target = raw(tmp_path / "ruw.pdf"), tmp_path / "klaar.pdf"
    target.mkdir()
    with pytest.raises(OSError, match="directory"):
        finish(path, target, DESCRIPTION)
    assert set(tmp_path.iterdir()) == {path, target}


def test_contents_that_break_the_standard_are_told(tmp_path: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"0 0 0 1 k 0 0 9 9 re f")

    (violation,) = finish(raw(tmp_path / "ruw.pdf", change), tmp_path / "klaar.pdf", DESCRIPTION)
    assert "6.2.4.3" in violation


def in_dejavu(project: Project) -> Built:
    """Build a page in a TrueType typeface, with rinohtype."""
    theme = REPOSITORY / "theme" / "rinoh"
    style = (theme / "report.rts").read_text(encoding="utf-8")
    assert "TeX Gyre Pagella" in style
    project.write(
        {
            "index.rst": "Proef\n=====\n\nTekst.\n",
            "eigen/report.rts": style.replace("TeX Gyre Pagella", "DejaVu Serif"),
            "eigen/report.rtt": (theme / "report.rtt").read_text(encoding="utf-8"),
        }
    )
    template = str(project.folder / "eigen/report.rtt")
    return project.build("rinoh", bouwsteen_rinoh_template=template)


class TestFonts:
    """What is read of a font is kept for the next PDF; what is wrong with it is told of each."""

    @pytest.fixture
    def path(self, project: Project, tmp_path: Path) -> Path:
        """A raw PDF of rinohtype, with a TrueType typeface."""
        path = tmp_path / "ruw.pdf"

        def keep(raw: Path, *_: object, **__: object) -> list[str]:
            path.write_bytes(raw.read_bytes())
            return []

        with replaced(finishing.load(), finish=keep):
            in_dejavu(project).ok()
        return path

    def test_are_read_once(self, path: Path, tmp_path: Path) -> None:
        checking.program.cache_clear()
        for number in range(3):
            assert finish(path, tmp_path / f"{number}.pdf", DESCRIPTION, is_raw=False) == []
        found = checking.program.cache_info()
        assert found.misses == found.currsize > 0
        assert found.hits == 2 * found.misses

    def test_are_checked_each_time(self, path: Path, tmp_path: Path) -> None:
        for _ in range(2):
            assert finish(path, tmp_path / "goed.pdf", DESCRIPTION) == []
            with pikepdf.open(path) as pdf:
                for font in pdf.objects:
                    if isinstance(font, Dictionary) and "/W" in font:
                        assert len(font.W.unparse()) > 1000  # it is kept
                        font.W = Array([0, Array([1] * 2000)])  # that wide is no glyph of it
                pdf.save(tmp_path / "fout.pdf")
            (violation, *_) = finish(tmp_path / "fout.pdf", tmp_path / "x.pdf", DESCRIPTION)
            assert "6.2.11.5" in violation


class TestBuilders:
    """What the builders hand over, and what comes of it."""

    engines = pytest.mark.parametrize("engine", ["rinoh", "latexpdf"])

    @engines
    def test_only_the_finished_pdf_is_left(self, engine: str, project: Project) -> None:
        built = project.write({"index.rst": "Proef\n=====\n\nTekst.\n"}).build(engine).ok()
        assert [path.name for path in built.out.glob("*.pdf*")] == ["proef-nl.pdf"]

    @engines
    def test_printing_colours(self, engine: str, project: Project) -> None:
        picture = io.BytesIO()
        Image.new("CMYK", (40, 40)).save(picture, "JPEG")
        source = "Proef\n=====\n\n.. image:: beeld.jpg\n"
        built = project.write({"index.rst": source, "beeld.jpg": picture.getvalue()}).build(engine)
        assert "index.rst:4: WARNING: de afbeelding beeld.jpg heeft de kleuren" in built.warnings
        assert "WARNING: de PDF voldoet niet aan PDF/A" in built.warnings
        assert built.failed

    def test_a_script_in_tex(self, project: Project) -> None:
        order = r"\special{pdf:docview << /OpenAction << /S /JavaScript /JS (1) >> >>}"
        project.write({"index.rst": f"Proef\n=====\n\n.. raw:: latex\n\n   {order}\n\nTekst.\n"})
        with pytest.raises(FinishError, match="JavaScript"):
            project.build("latexpdf")
        assert not list(project.folder.rglob("*.pdf"))
        project.write({"index.rst": "Proef\n=====\n\nTekst.\n"}).build("latexpdf").ok()

    def test_lists_in_lists(self, project: Project) -> None:
        """Each container in another saves the graphics state once more (6.1.13)."""
        depth = 12
        items = "\n\n".join(f"{'  ' * level}- diepte {level}" for level in range(depth))
        built = project.write({"index.rst": f"Proef\n=====\n\n{items}\n\nSlot.\n"}).build("rinoh")
        assert "diepte 11" in text_of(built.ok().pdf)

    def test_a_truetype_typeface(self, project: Project) -> None:
        """rinohtype does not say how the glyphs of TrueType are numbered (6.2.11.3.2)."""
        built = in_dejavu(project).ok()
        with pikepdf.open(built.pdf) as pdf:
            fonts = [
                font for font in pdf.objects
                if isinstance(font, Dictionary) and font.get(Name.Subtype) == Name.CIDFontType2
            ]  # fmt: skip
            assert fonts
            assert all(font.CIDToGIDMap == Name.Identity for font in fonts)
