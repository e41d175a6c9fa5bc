# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checking a bag: whatever is done to it is found, and named."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import bagit
import pikepdf
import pytest

from bouwsteen.archive import bag, rebuilding, verifying
from tests.archiving import CONF, IDENTIFIER, SOURCE, archive, bouwsteen, document

if TYPE_CHECKING:
    from collections.abc import Callable

TOP = f"data/{IDENTIFIER}"
NL, DE = (f"{TOP}/{IDENTIFIER}-final-{language}.pdf" for language in ("nl", "de"))
DOCUMENT = f"{TOP}/{IDENTIFIER}.mdto.xml"
GERMAN = {
    "Proef": "Probe",
    "Een proef": "Eine Probe",
    "Waarom": "Warum",
    "De gemeenten werken samen.": "Die Gemeinden arbeiten zusammen.",
    "Beschrijf hier uitvoerig waarom de gemeenten samen willen werken.": "Beschreiben Sie es.",
}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bag of a template in two languages: four PDFs."""
    head = (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: Proef\\n"\n"PO-Revision-Date: 2026-01-31 12:00+0000\\n"\n'
        '"Last-Translator: A. Vertaler <a@example.org>\\n"\n"Language-Team: de\\n"\n"Language: de\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    )
    entries = "".join(f'\nmsgid "{source}"\nmsgstr "{text}"\n' for source, text in GERMAN.items())
    conf = CONF.replace('kind = "document"', 'kind = "template"')
    folder = document(
        tmp_path_factory.mktemp("archief") / "document",
        {"locale/de/LC_MESSAGES/index.po": head + entries},
        conf=f'{conf}bouwsteen_complete_languages = ["de"]\n',
    )
    return archive(folder).bag


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    """A copy, under another name, that a test can spoil."""
    return shutil.copytree(original, tmp_path / "binnengekomen")


def faults(folder: Path) -> list[str]:
    """Return all that is found against a bag."""
    return [fault for check in verifying.verify(folder, "nl") for fault in check.faults]


def closed_again(folder: Path) -> Path:
    """Renew the manifests of a bag, as somebody would who wants his changes not to be seen."""
    payload = [name for name in bag.files_of(folder) if name.startswith("data/")]
    lines = "".join(f"{bag.checksum(folder / name)}  {name}\n" for name in payload)
    (folder / bag.MANIFEST).write_text(lines, encoding="utf-8")
    oxum = f"{sum((folder / name).stat().st_size for name in payload)}.{len(payload)}"
    info = folder / "bag-info.txt"
    info.write_text(re.sub(r"Oxum: .*", f"Oxum: {oxum}", info.read_text(encoding="utf-8")))
    (folder / bag.TAG_MANIFEST).write_bytes(bag.tag_manifest(folder))
    return folder


def test_a_bag_in_order(original: Path) -> None:
    checks = list(verifying.verify(original, "nl"))
    assert [check.faults for check in checks] == [[]] * len(checks)
    titles = [check.title for check in checks]
    for name in (NL, DE):
        file = Path(name).name
        assert f"{file}.mdto.xml: volgt MDTO 1.0.1" in titles
        assert f"{file}: is wat zijn metagegevens zeggen" in titles
        assert f"{file}: is PDF/A-2b" in titles
        assert f"{file}: zegt hetzelfde in Info, XMP en metagegevens" in titles
    assert len(checks) == 6 + 5 + 1 + 4 + 8


def test_the_command(original: Path, tmp_path: Path) -> None:
    """In a folder where there is nothing else."""
    moved = shutil.copytree(original, tmp_path / "een bag, verplaatst")
    result = bouwsteen(tmp_path, "verify", moved.name)
    assert result.returncode == 0, result.stderr
    *checks, fingerprint, verdict = result.stdout.splitlines()
    assert all(check.startswith("goed  ") for check in checks)
    assert fingerprint.endswith(bag.fingerprint(original))
    assert verdict == "Deze bag is in orde: een bag, verplaatst"
    assert not result.stderr
    (moved / NL).write_bytes((moved / NL).read_bytes()[:-100])
    result = bouwsteen(tmp_path, "verify", moved.name)
    assert result.returncode == 1
    assert f"      {NL}: is veranderd" in result.stdout
    assert result.stdout.splitlines()[-1] == "Deze bag is NIET in orde: een bag, verplaatst"


def test_nothing_in_the_bag_is_run(copy: Path, tmp_path: Path) -> None:
    trace = tmp_path / "gedraaid"
    conf = copy / "data/bron/conf.py"
    text = conf.read_text(encoding="utf-8")
    conf.write_text(f"open({str(trace)!r}, 'w')\n{text}", encoding="utf-8")
    assert faults(closed_again(copy)) == []
    assert not trace.exists()
    list(rebuilding.rebuild(copy, "nl"))
    assert trace.exists()


class TestOneByte:
    """Every file of the bag, and every place in what no checksum guards."""

    def test_in_every_file(self, copy: Path) -> None:
        for name in bag.files_of(copy):
            path = copy / name
            data = path.read_bytes()
            for position in {0, len(data) // 2, len(data) - 1}:
                path.write_bytes(flipped(data, position, 1))
                found = faults(copy)
                assert found, (name, position)
                if name != bag.TAG_MANIFEST:
                    assert any(fault.startswith(f"{name}: is veranderd") for fault in found), found
            path.write_bytes(data)
        assert not [fault for check in first_checks(copy) for fault in check]

    @pytest.mark.parametrize("bit", range(8))
    def test_anywhere_in_the_last_manifest(self, bit: int, copy: Path) -> None:
        path = copy / bag.TAG_MANIFEST
        data = path.read_bytes()
        names = [bag.TAG_MANIFEST, *(line.split("  ")[1] for line in data.decode().splitlines())]
        for position in range(len(data)):
            path.write_bytes(flipped(data, position, 1 << bit))
            found = list(verifying._tags(copy, "nl"))
            assert any(name in fault for fault in found for name in names), position

    @pytest.mark.parametrize(
        "change",
        [
            lambda data: data.upper(),
            lambda data: data.replace(b"  ", b" "),
            lambda data: data.replace(b"\n", b"\r\n"),
            lambda data: data.rstrip(b"\n"),
            lambda data: data + b"\n",
            lambda data: b"\n".join(reversed(data.splitlines())) + b"\n",
            lambda _data: b"",
        ],
    )
    def test_another_form_of_it(self, change: Callable[[bytes], bytes], copy: Path) -> None:
        path = copy / bag.TAG_MANIFEST
        path.write_bytes(change(path.read_bytes()))
        assert faults(copy)


def flipped(data: bytes, position: int, bits: int) -> bytes:
    return data[:position] + bytes([data[position] ^ bits]) + data[position + 1 :]


def first_checks(folder: Path) -> list[list[str]]:
    return [list(look(folder, "nl")) for look in (verifying._form, verifying._tags,
            verifying._payload, verifying._checksums)]  # fmt: skip


@pytest.mark.parametrize("name", [NL, DOCUMENT, "data/bron/conf.py", "LEESMIJ.txt", "bagit.txt",
                                  "rapporten/herkomst.json", bag.MANIFEST, bag.TAG_MANIFEST])  # fmt: skip
class TestFiles:
    def test_missing(self, name: str, copy: Path) -> None:
        (copy / name).unlink()
        assert f"{name}: ontbreekt" in faults(copy)

    def test_renamed(self, name: str, copy: Path) -> None:
        other = f"{name}.oud"
        (copy / name).rename(copy / other)
        found = faults(copy)
        if name in {bag.MANIFEST, bag.TAG_MANIFEST, "bagit.txt"}:
            assert f"{name}: ontbreekt" in found
        else:
            assert found == [f"{name}: heet nu {other}"]

    def test_a_link_instead(self, name: str, copy: Path, tmp_path: Path) -> None:
        """To the very same bytes, outside of the bag."""
        (copy / name).rename(tmp_path / "elders")
        (copy / name).symlink_to(tmp_path / "elders")
        assert faults(copy) == [f"{name}: is een koppeling naar iets anders"]

    def test_a_folder_instead(self, name: str, copy: Path) -> None:
        (copy / name).unlink()
        (copy / name).mkdir()
        assert f"{name}: ontbreekt" in faults(copy) or faults(copy) == [f"{name}: is geen bestand"]


@pytest.mark.parametrize(
    "name",
    ["extra.txt", "data/extra.txt", f"{TOP}/extra.pdf", "data/bron/.verborgen", "rapporten/x.json",
     "manifest-md5.txt", "tagmanifest-md5.txt", "fetch.txt", "nieuw/map/x", ".DS_Store",
     "regel\nregel.txt", "\x1b[31mrood"],
)  # fmt: skip
def test_an_extra_file(name: str, copy: Path) -> None:
    path = copy / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Iets dat er niet hoort.\n", encoding="utf-8")
    (fault,) = faults(copy)
    assert fault.endswith(": hoort niet in de bag")
    assert fault.isprintable()
    if name.isprintable():
        assert fault.startswith(name)


@pytest.mark.parametrize("folder", ["", "data", "rapporten"])
def test_a_name_in_another_encoding(folder: str, copy: Path) -> None:
    Path(os.fsdecode(os.fsencode(copy / folder) + b"/caf\xe9.txt")).write_text("Tekst.\n")
    (fault,) = faults(copy)
    assert fault.endswith("caf\ufffd.txt: hoort niet in de bag")


def test_a_link_to_a_folder(copy: Path, tmp_path: Path) -> None:
    (copy / "data/elders").symlink_to(tmp_path, target_is_directory=True)
    assert faults(copy) == ["data/elders: is een koppeling naar iets anders"]


def test_a_pipe(copy: Path) -> None:
    """Reading it would never end."""
    os.mkfifo(copy / "data/pijp")
    assert faults(copy) == ["data/pijp: is geen bestand"]


def test_a_file_renamed_and_another_missing(copy: Path) -> None:
    (copy / NL).rename(copy / f"{TOP}/ander.pdf")
    (copy / DE).unlink()
    assert sorted(faults(copy)) == [f"{DE}: ontbreekt", f"{NL}: heet nu {TOP}/ander.pdf"]


def test_two_sidecars_swapped(copy: Path) -> None:
    one, other = (copy / f"{name}.mdto.xml" for name in (NL, DE))
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)
    assert len(faults(copy)) == 2
    found = faults(closed_again(copy))
    for name in (NL, DE):
        file, wrong = Path(name).name, Path(DE if name == NL else NL).name
        assert f"naam is {wrong}, en moet {file} zijn" in found
    assert sum(fault.startswith("checksum is ") for fault in found) == 2


def test_a_cut_off_pdf(copy: Path) -> None:
    data = (copy / NL).read_bytes()
    (copy / NL).write_bytes(data[: len(data) // 2])
    (fault,) = faults(copy)
    assert fault.startswith(f"{NL}: is veranderd")


def test_no_such_folder(tmp_path: Path) -> None:
    assert faults(tmp_path / "nergens") == [f"{tmp_path}/nergens: die map is er niet"]
    assert "bagit.txt: ontbreekt" in faults(tmp_path)


class TestClosedAgain:
    """Changes by somebody who renewed the manifests: what the files say gives them away."""

    def test_the_fingerprint_tells(self, original: Path, copy: Path) -> None:
        (copy / "data/bron/source/index.rst").write_text("Anders.\n", encoding="utf-8")
        assert faults(closed_again(copy)) == []
        assert bag.fingerprint(copy) != bag.fingerprint(original)

    def test_the_library_sees_nothing(self, copy: Path) -> None:
        spoil(copy / NL, lambda pdf: pdf.docinfo.__delitem__("/Title"))
        bagit.Bag(str(closed_again(copy))).validate()

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            (lambda pdf: pdf.docinfo.__setitem__("/Title", "Ander"), 'Title is "Ander"'),
            (lambda pdf: pdf.Root.__delattr__("OutputIntents"), "6.2.4.3"),
            (lambda pdf: pdf.Root.__setattr__("Lang", pikepdf.String("de")), "Lang is de"),
            (lambda pdf: say(pdf, "dc:title", "Ander"), "dc:title is Ander, en moet Proef zijn"),
            (lambda pdf: say(pdf, "dc:language", ["de"]), "dc:language is de, en moet nl zijn"),
            (lambda pdf: say(pdf, "dc:type", ["draft"]), "dc:type is draft, en moet final zijn"),
            (lambda pdf: say(pdf, "xmpMM:VersionID", "2"), "xmpMM:VersionID is 2, en moet 1.0"),
            (lambda pdf: say(pdf, "xmp:CreateDate", "2026-01-01T00:00:00Z"), "xmp:CreateDate is"),
        ],
    )
    def test_a_pdf(
        self, change: Callable[[pikepdf.Pdf], object], expected: str, copy: Path
    ) -> None:
        spoil(copy / NL, change)
        amend(copy / f"{NL}.mdto.xml", {
            r"<omvang>\d+": f"<omvang>{(copy / NL).stat().st_size}",
            r"Waarde>[0-9a-f]+": f"Waarde>{bag.checksum(copy / NL)}",
        })  # fmt: skip
        found = faults(closed_again(copy))
        assert any(expected in fault for fault in found), found

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({r"<omvang>\d+": "<omvang>1"}, "omvang is 1, en moet"),
            ({r"Waarde>[0-9a-f]{2}": "Waarde>zz"}, "checksum is zz"),
            ({r"fmt/477": "fmt/276"}, "bestandsformaat is fmt/276, en moet fmt/477 zijn"),
            ({r"Z-2026-17<": "Z-2026-18<"}, "isRepresentatieVan is"),
            ({r"<naam>.*?</naam>": "<naam>x.pdf</naam>"}, "naam is x.pdf"),
            ({r"<omvang>\d+</omvang>": ""}, "regel"),
            ({r"final-nl\.pdf</identificatieKenmerk>": "x</identificatieKenmerk>"},
             "heeftRepresentatie noemt niet"),
        ],
    )  # fmt: skip
    def test_a_sidecar(self, changes: dict[str, str], expected: str, copy: Path) -> None:
        amend(copy / f"{NL}.mdto.xml", changes)
        found = faults(closed_again(copy))
        assert any(expected in fault for fault in found), found

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"<taal>de</taal>": ""}, "taal is"),
            ({"<naam>Proef": "<naam>Ander"}, "en moet Ander zijn"),
            ({"eventTijd>2025": "eventTijd>2024"}, "eventTijd is"),
            ({"final-de.pdf</id": "final-fr.pdf</id"}, "heeftRepresentatie noemt niet"),
            ({"<waardering>.*</waardering>": ""}, "regel"),
        ],
    )
    def test_the_sidecar_of_the_document(
        self, changes: dict[str, str], expected: str, copy: Path
    ) -> None:
        amend(copy / DOCUMENT, changes)
        found = faults(closed_again(copy))
        assert any(expected in fault for fault in found), found

    def test_a_file_described_as_the_document(self, copy: Path) -> None:
        shutil.copy(copy / f"{NL}.mdto.xml", copy / DOCUMENT)
        assert "het beschrijft een bestand, niet het document" in faults(closed_again(copy))

    def test_the_document_described_as_a_file(self, copy: Path) -> None:
        shutil.copy(copy / DOCUMENT, copy / f"{NL}.mdto.xml")
        assert "het beschrijft het document, niet een bestand" in faults(closed_again(copy))

    def test_a_pdf_that_is_none(self, copy: Path) -> None:
        (copy / NL).write_text("Ik ben een tekst.\n", encoding="utf-8")
        found = faults(closed_again(copy))
        assert any("fmt/" in fault for fault in found)

    def test_a_pdf_without_its_sidecar(self, copy: Path) -> None:
        (copy / f"{NL}.mdto.xml").unlink()
        assert faults(closed_again(copy)) == [f"{NL}.mdto.xml: ontbreekt"]

    def test_a_pdf_that_nobody_knows_of(self, copy: Path) -> None:
        shutil.copy(copy / NL, copy / TOP / "nog een.pdf")
        assert faults(closed_again(copy)) == [f"{TOP}/nog een.pdf: hoort niet in de bag"]

    @pytest.mark.parametrize(
        "text",
        ["geen JSON", "[]", "{}", "null", '{"pdfs": 1}', '{"pdfs": [[]]}', "[" * 100_000],
    )
    def test_no_word_on_where_it_comes_from(self, text: str, copy: Path) -> None:
        (copy / "rapporten/herkomst.json").write_text(text, encoding="utf-8")
        (fault,) = faults(closed_again(copy))
        assert fault.startswith("rapporten/herkomst.json: ")

    @pytest.mark.parametrize(
        ("key", "value"),
        [("pdfs", []), ("moment", 10**20), ("moment", -(10**20)), ("engine", "word"), ("engine", {}),
         ("pdfs", [{"file": "x", "profile": "concept", "language": "nl"}])],
    )  # fmt: skip
    def test_a_word_that_cannot_be(self, key: str, value: object, copy: Path) -> None:
        path = copy / "rapporten/herkomst.json"
        values = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**values, key: value}), encoding="utf-8")
        (fault,) = faults(closed_again(copy))
        assert fault.startswith("rapporten/herkomst.json: ")

    @pytest.mark.parametrize("name", ["data/los.txt", "data/ander/los.txt", f"{TOP}/los.txt"])
    def test_a_file_in_the_manifest_that_is_of_nothing(self, name: str, copy: Path) -> None:
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_text("Los.\n", encoding="utf-8")
        assert faults(closed_again(copy)) == [f"{name}: hoort niet in de bag"]

    @pytest.mark.parametrize(
        "key", ["identifier", "language", "moment", "engine", "tools", "commit"]
    )
    def test_a_word_of_another_kind(self, key: str, copy: Path) -> None:
        path = copy / "rapporten/herkomst.json"
        values = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**values, key: ["x"]}), encoding="utf-8")
        (fault,) = faults(closed_again(copy))
        assert fault.startswith("rapporten/herkomst.json: ")

    def test_a_way_out_of_the_bag(self, copy: Path) -> None:
        path = copy / "rapporten/herkomst.json"
        values = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**values, "identifier": "../../.."}), encoding="utf-8")
        found = faults(closed_again(copy))
        assert "data/../../../../../...mdto.xml: ontbreekt" in found


def spoil(path: Path, change: Callable[[pikepdf.Pdf], object]) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path, fix_metadata_version=False, preserve_pdfa=False)


def say(pdf: pikepdf.Pdf, name: str, value: str | list[str]) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as xmp:
        xmp[name] = value


def amend(path: Path, changes: dict[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for pattern, replacement in changes.items():
        text, count = re.subn(pattern, replacement, text, count=1, flags=re.DOTALL)
        assert count, pattern
    path.write_text(text, encoding="utf-8")


class TestRebuild:
    def test_the_same_bytes(self, original: Path) -> None:
        checks = list(rebuilding.rebuild(original, "nl"))
        assert len(checks) == 4
        assert all(not check.faults for check in checks)

    def test_the_command(self, original: Path, copy: Path) -> None:
        result = bouwsteen(original.parent, "verify", "--rebuild", original.name)
        assert result.returncode == 0, result.stdout
        assert result.stdout.count("opnieuw gebouwd, dezelfde bytes") == 4
        (copy / "data/bron/source/index.rst").write_text(SOURCE + "\nMeer.\n", encoding="utf-8")
        closed_again(copy)
        result = bouwsteen(copy.parent, "verify", "--rebuild", copy.name)
        assert result.returncode == 1
        assert result.stdout.count("het resultaat is anders, met dezelfde programma's") == 4

    def test_other_tools(self, copy: Path) -> None:
        (copy / "data/bron/source/index.rst").write_text(SOURCE + "\nMeer.\n", encoding="utf-8")
        path = copy / "rapporten/herkomst.json"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"rinohtype": "', '"rinohtype": "9.'), encoding="utf-8")
        check = next(rebuilding.rebuild(copy, "nl"))
        (fault,) = check.faults
        assert re.search(r"andere programma's .*: rinohtype 9\.\S+ \(\d", fault)

    def test_a_source_that_cannot_be_built(self, copy: Path) -> None:
        (copy / "data/bron/source/index.rst").write_text("Zie :ref:`x`.\n", encoding="utf-8")
        check = next(rebuilding.rebuild(copy, "nl"))
        assert any("index.rst:1" in fault for fault in check.faults)

    def test_the_bag_stays_as_it_is(self, original: Path, copy: Path) -> None:
        list(rebuilding.rebuild(copy, "nl"))
        assert bag.differences(original, copy) == []
