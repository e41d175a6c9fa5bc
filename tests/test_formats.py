# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Naming the formats of files."""

from __future__ import annotations

import os
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pikepdf
import pygfried
import pytest
from pikepdf import pdfa

from bouwsteen.archive import formats
from bouwsteen.archive.formats import Format, FormatError

if TYPE_CHECKING:
    from pathlib import Path

PDF_A_2B = Format("fmt/477", "Acrobat PDF/A - Portable Document Format", "2b")


@pytest.fixture(scope="module")
def pdf_a(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdfa.prepare(pdf, "2b")
        pdf.save(path, **pdfa.resolve_save_kwargs("2b", deterministic_id=True))
    return path.read_bytes()


@pytest.mark.parametrize(
    "name",
    ["x.pdf", "x.bin", "x", "x.txt", "x.xyz", "x.PDF", ".pdf", "een naam {met} één ü & <nog iets>.pdf", "a\nb.pdf", os.fsdecode(b"\xff.pdf")],
)  # fmt: skip
def test_pdf_a_under_any_name(tmp_path: Path, pdf_a: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(pdf_a)
    assert formats.identify(path) == PDF_A_2B


def test_paths_of_all_kinds(tmp_path: Path, pdf_a: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "map één").mkdir()
    path = tmp_path / "map één" / "x.pdf"
    path.write_bytes(pdf_a)
    (tmp_path / "link.txt").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    assert formats.identify(path.relative_to(tmp_path)) == PDF_A_2B
    assert formats.identify(tmp_path / "link.txt") == PDF_A_2B


@pytest.mark.parametrize("version", ["1.4", "1.7", "2.0"])
def test_other_pdf_is_told_apart(tmp_path: Path, version: str) -> None:
    path = tmp_path / "x.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, force_version=version)
    found = formats.identify(path)
    assert found.code == {"1.4": "fmt/18", "1.7": "fmt/276", "2.0": "fmt/1129"}[version]
    assert found.version == version
    assert found.label == found.name
    assert version in found.label


def test_labels() -> None:
    assert PDF_A_2B.label == "Acrobat PDF/A - Portable Document Format 2b"
    assert Format("fmt/276", "Acrobat PDF 1.7", "1.7").label == "Acrobat PDF 1.7"
    assert Format("x-fmt/111", "Plain Text File", "").label == "Plain Text File"
    assert Format("fmt/0", "Format 11", "1").label == "Format 11 1"


@pytest.mark.parametrize("name", ["x.pdf", "x.txt", "x", "x.rst", "x.xyz"])
def test_a_text_is_a_text_under_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Eén tekst, en geen PDF.\n", encoding="utf-8")
    assert formats.identify(path).code == "x-fmt/111"


def test_an_archive_is_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "b")
    assert formats.identify(path).code == "x-fmt/263"


def refusal(path: Path) -> str:
    with pytest.raises(FormatError) as caught:
        formats.identify(path, "en")
    text = str(caught.value)
    assert text.isprintable()
    return text.replace(f"{path.parent}/", "")


def test_no_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "x y é.pdf") == "x y é.pdf: there is no such file"
    assert refusal(tmp_path / "a\nb\udcff\0.pdf").endswith(".pdf: there is no such file")
    (tmp_path / "map.pdf").mkdir()
    assert refusal(tmp_path / "map.pdf") == "map.pdf: there is no such file"
    os.mkfifo(tmp_path / "pijp.pdf")  # to open it would wait for ever
    assert refusal(tmp_path / "pijp.pdf") == "pijp.pdf: there is no such file"
    (tmp_path / "kring.pdf").symlink_to("kring.pdf")
    assert "kring.pdf: " in refusal(tmp_path / "kring.pdf")
    assert refusal(tmp_path / ("x" * 1000)).endswith(": cannot be read: File name too long")


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "leeg.pdf").touch()
    assert refusal(tmp_path / "leeg.pdf") == "leeg.pdf: the file is empty"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.7\n%%EOF\n")

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    assert refusal(path) == "x.pdf: cannot be read: Permission denied"


def test_a_file_that_cannot_be_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "x.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))  # a container, all zeros
    assert re.match(r"x\.doc: cannot be read: .*sector size", refusal(path))


@pytest.mark.parametrize("name", ["x.xyz", "x.pdf", "x.bin", "x.png", "x"])
def test_an_extension_alone_is_no_format(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\0\1\2\3" * 20)
    assert refusal(path) == f"{name}: PRONOM knows no format with this content"


def test_more_than_one_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.7\n%%EOF\n")
    real = pygfried.identify

    # no file is known here for which siegfried itself does not choose
    def undecided(name: str, detailed: bool) -> Any:
        assert detailed
        found = real(name, detailed=True)
        (match,) = found["files"][0]["matches"]
        found["files"][0]["matches"].append({**match, "id": "fmt/20"})
        return found

    monkeypatch.setattr(pygfried, "identify", undecided)
    assert refusal(path) == "x.pdf: the content is of more than one format: fmt/276, fmt/20"


def test_nothing_is_left_behind(
    tmp_path: Path, pdf_a: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tijdelijk").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tijdelijk"))
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf_a)
    formats.identify(path)
    path.write_bytes(b"\0\1")
    refusal(path)
    assert list((tmp_path / "tijdelijk").iterdir()) == []
    assert path.read_bytes() == b"\0\1"


def test_signature() -> None:
    assert re.fullmatch(
        rf"siegfried {re.escape(pygfried.version())}; DROID_SignatureFile_V\d+\.xml; "
        r"container-signature-\d+\.xml",
        formats.signature(),
    )
