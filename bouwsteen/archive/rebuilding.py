# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Build the PDFs of a bag again from the source in it, and compare them byte by byte.

That runs the ``conf.py`` of the bag: it is for bags that one trusts, once they have been verified.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bouwsteen import build
from bouwsteen.archive import bag, provenance, tools
from bouwsteen.archive.contents import Check
from bouwsteen.archive.plan import SOURCE
from bouwsteen.messages import translations
from bouwsteen.profile import Profile
from bouwsteen.running import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bouwsteen.archive.provenance import Provenance


def rebuild(folder: Path, language: str) -> Iterator[Check]:
    """Build each PDF of the bag *folder* again, elsewhere, and compare it.

    :param language: of the messages.
    """
    _ = translations(language).gettext
    origin = provenance.read(folder)
    top = folder / bag.PAYLOAD
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch).resolve() / SOURCE
        for name in bag.files_of(top / SOURCE):  # without the modes: the bag may be read-only
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(top / SOURCE / name, root / name)
        for pdf in origin.pdfs:
            faults = []
            try:
                edition = build.Edition(origin.engine, Profile(pdf.profile), pdf.language)
                built = build.build(edition, root, origin.moment).pdf
                if built.read_bytes() != (top / origin.identifier / pdf.file).read_bytes():
                    faults = list(_reasons(origin, language))
            except BuildError as error:
                faults = [*str(error).splitlines(), *_reasons(origin, language)]
            yield Check(_("{file}: built again, the same bytes").format(file=pdf.file), faults)


def _reasons(origin: Provenance, language: str) -> Iterator[str]:
    """Say what may be the reason that it comes out otherwise."""
    _ = translations(language).gettext
    here = tools.versions(origin.engine)
    others = [
        f"{name} {version} ({here.get(name, '—')})"
        for name, version in origin.tools.items() if here.get(name) != version
    ]  # fmt: skip
    if others:
        yield _("built otherwise; made with other tools (here in brackets): {tools}").format(
            tools=", ".join(others)
        )
    else:
        yield _("built otherwise, with the same tools")
