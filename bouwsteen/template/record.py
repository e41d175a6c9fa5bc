# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the template said to the author: ``template.json``, beside the ``conf.py`` of a document.

It is written with each render of the template, so that a document can be held against its template
without the template being there.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from bouwsteen.template.asides import FILL_IN, GUIDANCE, Aside, read_asides

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "FILL_IN",
    "GUIDANCE",
    "Aside",
    "Record",
    "Said",
    "asides",
    "load",
    "read_asides",
    "write",
]

NAME = "template.json"


class Said(NamedTuple):
    """A block or a phrase that the template has."""

    kind: str  # GUIDANCE or FILL_IN
    text: str  # as in `Aside`


class Record(NamedTuple):
    """What a release of the template said."""

    release: str
    asides: dict[str, list[Said]]  # by path below the document's folder, with slashes


def asides(root: Path) -> dict[str, list[Aside]]:
    """Return the blocks and phrases in the chapters of the document in the folder *root*.

    :returns: an entry for each chapter, by its path below *root*, in the order of the file.
    :raises OSError: if a chapter cannot be read.
    """
    return {
        path.relative_to(root).as_posix(): read_asides(path)
        for path in sorted((root / "source").rglob("*.rst"))
    }


def write(root: Path, release: str) -> None:
    """Record what the chapters in *root*, a fresh render of *release*, say to the author.

    :raises OSError: if a chapter cannot be read, or the record not written.
    """
    content = {
        "release": release,
        "asides": {
            name: [{"kind": aside.kind, "text": aside.text} for aside in found]
            for name, found in asides(root).items()
        },
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    (root / NAME).write_text(f"{text}\n", encoding="utf-8")


def load(root: Path) -> Record | None:
    """Return the record of the document in *root*; None if there is none, or none of this form."""
    try:
        content = json.loads((root / NAME).read_text(encoding="utf-8"))
        return Record(
            str(content["release"]),
            {
                str(name): [Said(str(each["kind"]), str(each["text"])) for each in found]
                for name, found in content["asides"].items()
            },
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
