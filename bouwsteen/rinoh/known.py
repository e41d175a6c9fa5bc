# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one rinohtype that is known well enough to be made faster."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
from pathlib import Path

# Of the modules of rinohtype 0.5.6 that are changed, or that a change relies on
_MODULES = (
    "annotation", "attribute", "dimension", "document", "element", "flowable", "inline", "layout",
    "paragraph", "reference", "resource", "structure", "style", "table", "template", "text", "util",
    "backend/pdf/__init__", "backend/pdf/cos", "backend/pdf/filter", "font/__init__",
    "font/opentype/__init__", "font/opentype/gpos", "font/opentype/layout", "font/opentype/parse",
    "font/opentype/required", "font/type1", "fonts/adobe14", "frontend/sphinx/nodes",
)  # fmt: skip
_DIGEST = "b039a225a24dd8beeaecdbbd06186301939c514bbc6f290a70635a6f3ad6ed4c"


@functools.cache
def is_known() -> bool:
    """Tell whether the rinohtype that is installed is the one that the changes are written for."""
    return _digest() == _DIGEST


def _digest() -> str:
    digest = hashlib.sha256()
    spec = importlib.util.find_spec("rinoh")  # which does not load it
    for folder in (spec and spec.submodule_search_locations) or ():
        for module in _MODULES:
            path = Path(folder, f"{module}.py")
            digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()
