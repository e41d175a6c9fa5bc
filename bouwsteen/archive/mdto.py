# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Metadata for an archive: MDTO 1.0.1, "Metagegevens voor duurzaam toegankelijke
overheidsinformatie" of the Nationaal Archief.

A document is an *informatieobject*; each of its files is a *bestand* that represents it. What only
the organisation knows stands in conf.py, as ``bouwsteen_mdto``: a dict under MDTO's own names.
"""  # noqa: D205  # a name that takes a line

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from bouwsteen.archive import mdto_schema, mdto_values
from bouwsteen.archive.mdto_values import MdtoError, is_blank, items
from bouwsteen.messages import translations
from bouwsteen.showing import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bouwsteen.archive.formats import Format

__all__ = ["GIVEN", "MdtoError", "Reference", "bestand", "informatieobject", "missing"]

# what bouwsteen fills in itself; the rest of an informatieobject is the organisation's
_FILLED = {"naam", "aggregatieniveau", "taal", "event", "heeftRepresentatie"}
_PARTS = tuple(part for part in mdto_schema.types()[mdto_schema.OBJECT] if part.name not in _FILLED)
GIVEN = tuple(part.name for part in _PARTS)


class Reference(NamedTuple):
    """An object that another one refers to."""

    naam: str
    kenmerk: str
    bron: str  # where the kenmerk is from

    def values(self) -> dict[str, Any]:
        """Return it as a *verwijzingGegevens*."""
        return {
            "verwijzingNaam": self.naam,
            "verwijzingIdentificatie": _identification(self.kenmerk, self.bron),
        }


def missing(values: Mapping[str, Any]) -> list[str]:
    """Return what is required in ``bouwsteen_mdto`` and absent, or blank, as dotted names.

    They are in the order of MDTO: ``identificatie.identificatieKenmerk``, …. Parts of what is
    optional are named too, where that itself is there.
    """
    return list(_missing(_PARTS, values, ""))


def _missing(parts: Sequence[mdto_schema.Part], values: object, prefix: str) -> Iterator[str]:
    known = values if isinstance(values, Mapping) else {}
    for part in parts:
        if not part.required and part.name not in known:
            continue
        found = items(known.get(part.name)) or [None] * part.required
        for number, item in enumerate(found, 1):
            key = f"{prefix}{part.name}" + (f"[{number}]" if len(found) > 1 else "")
            inner = mdto_schema.types().get(part.type)
            is_name = part.type == mdto_schema.REFERENCE and not isinstance(item, Mapping)
            if inner is None or is_name:
                if is_blank(item):
                    yield key
            else:
                yield from _missing(inner, item, f"{key}.")


def informatieobject(  # noqa: PLR0913  # each is an element of its own
    values: Mapping[str, Any],
    *,
    naam: str,
    talen: Sequence[str],
    representaties: Sequence[Reference],
    moment: datetime.datetime,
    language: str = "nl",
) -> bytes:
    """Return the XML that describes the document.

    :param values: ``bouwsteen_mdto`` of conf.py.
    :param naam: the title.
    :param talen: codes as Sphinx takes them: ``nl``, ``de_AT``.
    :param representaties: the files that are the document.
    :param moment: when it was made, with a time zone.
    :param language: of the messages.
    :raises MdtoError: if a value is unknown, lacking, or not what MDTO has there.
    """
    _ = translations(language).gettext
    names = ", ".join(GIVEN)
    if not isinstance(values, Mapping):
        message = _("must be a dict with {names}, not {value}")
        message = message.format(names=names, value=shown(repr(values)))
        raise MdtoError(f"{mdto_values.CONF}: {message}")
    if unknown := [name for name in values if name not in GIVEN]:
        message = _("is not one of {names}").format(names=names)
        raise MdtoError(f"{mdto_values.CONF}: {shown(unknown[0])}: {message}")
    filled = {
        "naam": naam,
        "aggregatieniveau": _concept("Archiefstuk", "Begrippenlijst Aggregatieniveaus MDTO"),
        "taal": [code.replace("_", "-") for code in talen],
        "event": {
            "eventType": _concept("Creatie", "Begrippenlijst EventTypeLijst MDTO"),
            "eventTijd": _written(moment),
        },
        "heeftRepresentatie": [reference.values() for reference in representaties],
    }
    return mdto_values.document(mdto_schema.OBJECT, {**values, **filled}, GIVEN, language)


def bestand(  # noqa: PLR0913  # each is an element of its own
    file: Path,
    *,
    kenmerk: str,
    bron: str,
    represents: Reference,
    file_format: Format,
    moment: datetime.datetime,
    language: str = "nl",
) -> bytes:
    """Return the XML that describes *file*, which is read for its size and checksum.

    :param kenmerk: what the file is known by, in *bron*.
    :param represents: the document.
    :param moment: when the checksum was made, with a time zone.
    :param language: of the messages.
    :raises MdtoError: if a value is not what MDTO has there, as a name that XML cannot hold.
    :raises OSError: if the file cannot be read.
    """
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256")
        size = opened.tell()
    values = {
        "identificatie": _identification(kenmerk, bron),
        "naam": file.name,
        "omvang": str(size),
        "bestandsformaat": {
            **_concept(file_format.label, "PRONOM-register"),
            "begripCode": file_format.code,
        },
        "checksum": {
            "checksumAlgoritme": _concept("SHA-256", "Begrippenlijst ChecksumAlgoritme MDTO"),
            "checksumWaarde": digest.hexdigest(),
            "checksumDatum": _written(moment),
        },
        "isRepresentatieVan": represents.values(),
    }
    return mdto_values.document(mdto_schema.FILE, values, (), language)


def _identification(kenmerk: str, bron: str) -> dict[str, str]:
    return {"identificatieKenmerk": kenmerk, "identificatieBron": bron}


def _concept(label: str, concepts: str) -> dict[str, str]:
    return {"begripLabel": label, "begripBegrippenlijst": concepts}


def _written(moment: datetime.datetime) -> str:
    """Write *moment* in UTC, as an ``xs:dateTime``."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone depends on where it is read")
    text = moment.astimezone(datetime.UTC).isoformat(timespec="seconds")
    return text.replace("+00:00", "Z")
