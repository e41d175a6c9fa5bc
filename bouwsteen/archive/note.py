# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The note in a bag for the archivist, who has the bag and nothing else."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from bouwsteen.archive.bag import MANIFEST, TAG_MANIFEST
from bouwsteen.archive.provenance import NAME, REPORTS
from bouwsteen.messages import translations

if TYPE_CHECKING:
    from bouwsteen.archive.plan import Plan

FILE = "LEESMIJ.txt"
_WIDTH = 78


def written(plan: Plan) -> bytes:
    """Return the note for the bag of *plan*, in the language of the source."""
    _ = translations(plan.config.language).gettext
    identifier = plan.identifier
    parts = [
        f"{plan.config.project}, {_('version {version}').format(version=plan.config.version)}",
        _("This folder is a bag (BagIt, RFC 8493): a document and all that is needed to keep it."),
        _(
            "To check it you need no software of ours. In this folder, give the commands below; "
            "each line must end in OK. Files that are in no manifest do not belong here."
        ),
        f"  sha256sum -c {MANIFEST}\n  sha256sum -c {TAG_MANIFEST}",
        _(
            "The manifests guard the files, and nothing guards the last manifest. So compare its "
            "own checksum with the one that you noted when you received the bag:"
        ),
        f"  sha256sum {TAG_MANIFEST}",
        _("What is in it:"),
        _list(
            {
                f"data/{identifier}/*.pdf": _("the document, as PDF/A-2b (ISO 19005-2)"),
                f"data/{identifier}/*.pdf.mdto.xml": _("metadata of each file (MDTO 1.0.1)"),
                f"data/{identifier}/{identifier}.mdto.xml": _("metadata of the document"),
                "data/bron/": _("its source: chapters, translations, settings, look"),
                f"{REPORTS}/*.pdf.json": _("what the validator veraPDF said of each PDF"),
                f"{REPORTS}/{NAME}": _("the commit and the versions of the tools it was made with"),
            }
        ),
        _(
            "Bouwsteen checks more (metadata against files, PDF/A), and can build the PDFs again "
            "from the source and compare them, byte by byte:"
        ),
        "  make verify BAG=…\n  make verify BAG=… REBUILD=1",
    ]
    return (
        "\n\n".join(
            part if part.startswith("  ") else textwrap.fill(part, _WIDTH, break_long_words=False)
            for part in parts
        ).encode()
        + b"\n"
    )


def _list(meanings: dict[str, str]) -> str:
    return "\n".join(f"  {name}\n      {meaning}" for name, meaning in meanings.items())
