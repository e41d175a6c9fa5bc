# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The versions of the tools that have a part in the bytes of a bag."""

from __future__ import annotations

import importlib.metadata
import platform

import pikepdf
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bouwsteen.archive import formats
from bouwsteen.latex import tex


def versions(engine: str) -> dict[str, str]:
    """Return the versions of what a bag of PDFs by *engine* is made with, by name.

    What else is installed beside it, such as what runs the tests, is left out: it has no part.
    """
    found = {
        "Python": platform.python_version(),
        "qpdf": pikepdf.__libqpdf_version__,
        "PRONOM": formats.signature(),
        **{name: importlib.metadata.version(name) for name in _packages("bouwsteen", "archive")},
    }
    if engine == "latex":
        found |= tex.versions()
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))


def _packages(name: str, extra: str) -> set[str]:
    """Return the package *name* with its *extra*, and all that they need on this system."""
    found: set[tuple[str, str]] = set()
    waiting = [(name, ""), (name, extra)]
    while waiting:
        package, asked = waiting.pop()
        if (package, asked) in found:
            continue
        found.add((package, asked))
        for line in importlib.metadata.requires(package) or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": asked}):
                needed = canonicalize_name(requirement.name)
                waiting += [(needed, each) for each in ("", *requirement.extras)]
    return {package for package, _asked in found}
