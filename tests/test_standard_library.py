# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nothing of ours replaces a part of Python's standard library, not even for a while.

Each new Python asks other things of its parts than the one before: `importlib.metadata` with a
property of ours in it started on no Python but 3.11.
"""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = sorted(
    path for folder in ("bouwsteen", "benchmarks") for path in (REPOSITORY / folder).rglob("*.py")
)
# functions that put something into their first argument
_REPLACING = {"patch", "setattr", "delattr", "replaced", "object", "dict", "multiple"}


def replacements(code: str) -> Iterator[str]:
    """Yield each place in *code* that replaces a part of a module of the standard library."""
    tree = ast.parse(code)
    known = dict(_imported(tree))
    for node in ast.walk(tree):
        for target in _targets(node):
            if (place := _name(target, known)).partition(".")[0] in sys.stdlib_module_names:
                yield f"{target.lineno}: {place}"


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield each name that is imported from the standard library, and what it stands for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.name if alias.asname else alias.name.partition(".")[0]
                yield alias.asname or name, name
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _targets(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what *node* puts an attribute into, or takes one out of."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        if name in _REPLACING and node.args:
            yield node.args[0]
        return
    targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
    for target in targets:
        for part in ast.walk(target) if target else ():
            if isinstance(part, ast.Attribute) and not isinstance(part.ctx, ast.Load):
                yield part.value
            elif isinstance(part, ast.Subscript) and not isinstance(part.ctx, ast.Load):
                yield from _namespaces(part.value)


def _namespaces(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the object of which *node* is the namespace: ``vars(x)``, ``x.__dict__``."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "vars":
        yield from node.args
    elif isinstance(node, ast.Attribute) and node.attr == "__dict__":
        yield node.value


def _name(node: ast.expr, known: dict[str, str]) -> str:
    """Return the full name of *node*, with what its first name was imported as."""
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value, known)}.{node.attr}"
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value  # ``patch("module.name")``
    return known.get(node.id, f"<{node.id}>") if isinstance(node, ast.Name) else "<>"


def test_no_part_is_replaced() -> None:
    found = {path: list(replacements(path.read_text(encoding="utf-8"))) for path in FILES}
    assert {path: places for path, places in found.items() if places} == {}
    assert len(found) > 100


@pytest.mark.parametrize(
    "code",
    [
        "from importlib import metadata\nwith replaced(metadata.Distribution, entry_points=1): ...",
        "def f():\n    from importlib import metadata as m\n    setattr(m, 'distributions', 1)",
        "import logging\nlogging.root.level = 1",
        "import os\nos.path, x = 1, 2",
        "import sys\nfor sys.stdout in (): ...",
        "import json.decoder as d\nd.scanner += 1",
        "import re\ndel re.compile",
        "import re\nvars(re)['compile'] = 1",
        "import re\nre.__dict__['compile'] = 1",
        "from unittest import mock\nimport re\nmock.patch.object(re, 'compile')",
        "from unittest.mock import patch\nwith patch('re.compile'): ...",
        "import re\n[0 for re.compile in ()]",
    ],
)
def test_each_way_to_do_it_is_seen(code: str) -> None:
    assert len(list(replacements(code))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "import os\nos.environ['X'] = '1'",
        "from rinoh import resource\nwith replaced(resource, x=1): ...",
        "import types\nmodule = types.ModuleType('x')\nmodule.x = 1",
        "import re\nself.re = re.compile('x')",
        "from .re import compile\ncompile.x = 1",
    ],
)
def test_what_is_no_replacement_is_not_accused(code: str) -> None:
    assert list(replacements(code)) == []
