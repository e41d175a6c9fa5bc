# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What git left for the author to choose from, after an upgrade: it would be printed as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bouwsteen.completeness.findings import Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# of "=======" git writes one too, but that is a line under a heading just as well
_MARKER = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |\Z)")


def findings(paths: Iterable[Path]) -> Iterator[Finding]:
    """Yield the lines of git in the source files *paths*."""
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            if _MARKER.match(line):
                yield Finding(Kind.CONFLICT, path, number, line)
