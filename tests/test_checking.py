# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""pikepdf checks what PDFs have in common once; what is wrong with a PDF is told of each."""

from __future__ import annotations

import functools
import io
import re
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String, pdfa
from pikepdf.pdfa import _limits

from bouwsteen import checking
from bouwsteen.finish import finish
from tests.test_finish import DESCRIPTION, raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LONG = [0, *[500] * 400]
BRANCHED = [*LONG, Array([1])]
DEEPEST = _limits.MAX_NESTING - 4  # in the lists and dictionaries around it


def nested(values: list[object], depth: int) -> Array:
    for _ in range(depth):
        values = [Array(values)]
    return Array(values)


def referring(pdf: pikepdf.Pdf, number: int) -> Array:
    """Return a long list with an object for its last number, which pikepdf would not make."""
    return Array([*LONG, pdf.make_indirect(Name(f"/N{number}"))])


def long(number: int, _pdf: pikepdf.Pdf) -> Array:
    return Array([*LONG, number])


def hide(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].F = 2


def holding(value: Callable[[pikepdf.Pdf], object]) -> Callable[[pikepdf.Pdf], None]:
    """Return what puts a value in a PDF, where a schema of PDF/A has nothing against it."""

    def put(pdf: pikepdf.Pdf) -> None:
        pdf.Root.PieceInfo = Dictionary(
            X=Dictionary(LastModified=String("D:20240101"), Private=value(pdf))
        )

    return put


# Each is like the one before but for a part
DAMAGE: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "nothing": lambda _pdf: None,
    "a hidden link": hide,
    "a long list": holding(lambda _: Array(LONG)),
    "a long list with a number too large": holding(lambda _: Array([*LONG, 2**31])),
    "a long list with a string too long": holding(lambda _: Array([*LONG, String("x" * 40000)])),
    "a long list with a file": holding(
        lambda _: Array([*LONG, Dictionary(Type=Name.Filespec, EF=Dictionary())])
    ),
    "a long list that refers": holding(lambda pdf: referring(pdf, 2**30)),
    "a long list that refers to what is too large": holding(lambda pdf: referring(pdf, 2**31)),
    "a long list deep down": holding(lambda _: nested(BRANCHED, DEEPEST)),
    "a long list too deep down": holding(lambda _: nested(BRANCHED, DEEPEST + 1)),
}


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """PDFs that are finished, and then damaged."""
    folder = tmp_path_factory.mktemp("pdf")
    finish(raw(folder / "raw.pdf"), folder / "good.pdf", DESCRIPTION)
    made = {}
    for name, change in DAMAGE.items():
        with pikepdf.open(folder / "good.pdf") as pdf:
            change(pdf)
            written = io.BytesIO()
            pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        made[name] = re.sub(rb"/N(\d{10})", rb"\1  ", written.getvalue())
    return made


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    checking.good.clear()
    checking.lists.clear()
    yield
    checking.good.clear()
    checking.lists.clear()


def found(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        report = pdfa.check(pdf, "2b")
    return [str(finding) for finding in (*report.violations, *report.unsupported)]


def test_what_is_found_is_what_was(damaged: dict[str, bytes]) -> None:
    plain = {name: found(data) for name, data in damaged.items()}
    assert plain["nothing"] == []
    told = {name: set(lines) - set(plain["a long list"]) for name, lines in plain.items()}
    assert {name for name, lines in told.items() if lines} == {
        "a hidden link", *(name for name in DAMAGE if "too" in name or "file" in name)
    }  # fmt: skip
    with checking.done_once():
        for names in (damaged, reversed(damaged), damaged):
            assert {name: found(damaged[name]) for name in names} == plain


def test_what_is_alike_is_checked_once(damaged: dict[str, bytes]) -> None:
    with checking.done_once():
        found(damaged["a long list"])
        good, lists = dict(checking.good), {key: dict(kept) for key, kept in checking.lists.items()}
        assert good
        assert sum(map(bool, lists.values())) == 2  # it has no font
        found(damaged["a long list"])
    assert checking.good == good
    assert checking.lists == lists


def test_what_is_kept_is_bounded(
    damaged: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(checking, "MANY", 5)
    with checking.done_once():
        found(damaged["nothing"])
        for number in range(checking.FEW + 2):
            path = raw(tmp_path / "x.pdf", holding(functools.partial(long, number)))
            found(path.read_bytes())
    assert len(checking.good) == checking.MANY
    assert all(len(kept) <= checking.FEW for kept in checking.lists.values())
    assert found(damaged["a hidden link"])
