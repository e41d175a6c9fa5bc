# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Links of the document that lead nowhere, found by Sphinx's own ``linkcheck``."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from bouwsteen.messages import translations
from bouwsteen.profile import Profile
from bouwsteen.running import Folders, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DEAD = {"broken", "timeout"}


def findings(root: Path, language: str) -> Iterator[str]:
    """Yield a line in *language* for each link, of the document or its guidance, that is dead.

    :raises BuildError: if the document cannot be read.
    """
    _ = translations(language).gettext
    folders = Folders.of(root, "linkcheck")
    run(folders, "linkcheck", Profile.DRAFT, language)
    for line in (folders.out / "output.json").read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        if found["status"] in _DEAD:
            where = f"{os.path.relpath(root / 'source' / found['filename'])}:{found['lineno']}"
            yield _("{where}: this link does not work: {link} ({reason})").format(
                where=where, link=found["uri"], reason=found["info"]
            )
