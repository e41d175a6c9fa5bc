# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the files of a bag come from: the commit, the editions, and the tools that made them."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from bouwsteen.archive import tools
from bouwsteen.build import ENGINES
from bouwsteen.profile import Profile

if TYPE_CHECKING:
    from pathlib import Path

    from bouwsteen.archive.plan import Plan

REPORTS = "rapporten"  # the tag folder of a bag that holds this and the reports of the validator
NAME = "herkomst.json"


class Pdf(NamedTuple):
    """A PDF of the bag, and how to build it."""

    file: str
    profile: str
    language: str


class Provenance(NamedTuple):
    """What a bag says of itself."""

    identifier: str
    version: str
    kind: str
    language: str  # of the source
    commit: str
    moment: int  # seconds since 1970, UTC
    engine: str
    pdfs: tuple[Pdf, ...]
    tools: dict[str, str]  # versions by name

    def written(self) -> bytes:
        """Return it as JSON."""
        values = {**self._asdict(), "pdfs": [pdf._asdict() for pdf in self.pdfs]}
        return f"{json.dumps(values, indent=2, ensure_ascii=False)}\n".encode()


def of(plan: Plan) -> Provenance:
    """Return the provenance of what *plan* makes."""
    engine = plan.editions[0].engine
    return Provenance(
        identifier=plan.identifier,
        version=plan.config.version,
        kind=plan.kind,
        language=plan.config.language,
        commit=plan.commit.id,
        moment=plan.commit.time,
        engine=engine,
        pdfs=tuple(
            Pdf(plan.name(edition), edition.profile, edition.language) for edition in plan.editions
        ),
        tools=tools.versions(engine),
    )


def read(bag: Path) -> Provenance:
    """Read the provenance of *bag*.

    :raises ValueError: if it is not what `Provenance.written` writes.
    :raises OSError: if it cannot be read.
    """
    text = (bag / REPORTS / NAME).read_text(encoding="utf-8")
    try:
        values: Any = json.loads(text)
        pdfs = tuple(Pdf(**pdf) for pdf in values["pdfs"])
        found = Provenance(**{**values, "pdfs": pdfs})
        texts = [*found[:5], *found.tools.values(), *(text for pdf in pdfs for text in pdf)]
        editions = [(ENGINES[found.engine], Profile(pdf.profile)) for pdf in pdfs]
        datetime.datetime.fromtimestamp(found.moment, datetime.UTC)
    except (AttributeError, KeyError, OverflowError, RecursionError, TypeError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
    if not all(isinstance(text, str) for text in texts) or not editions:
        raise ValueError("not the values that Bouwsteen writes")
    return found


def commit_of(bag: Path) -> str | None:
    """Return the commit that *bag* was made from, if it says so."""
    try:
        return read(bag).commit
    except (OSError, ValueError):
        return None
