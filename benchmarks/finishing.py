# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What finishing adds to a build, seen from within it.

Two builds, with it and without, would differ by less than what disturbs them.
"""

from __future__ import annotations

import gc
import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import measure
from benchmarks.documents import REPOSITORY
from benchmarks.figures import Finishing
from bouwsteen.__main__ import COLLECT_AFTER

if TYPE_CHECKING:
    from collections.abc import Callable


def measured(root: Path) -> Finishing:
    """Build the draft in *root* in a process of its own; return what its parts took.

    :raises CommandError: if it fails.
    """
    command = [sys.executable, "-m", "benchmarks.finishing", str(root)]
    usage, said = measure.run(command, root, {"PYTHONPATH": str(REPOSITORY)})
    within = json.loads(said.splitlines()[-1])
    rest = usage.seconds - within["loading"] - within["finishing"]
    return Finishing(rest, within["loading"], within["finishing"])


def main(root: Path) -> None:
    """Build the draft in *root*; print what finishing took, and the loading of what it needs."""
    gc.set_threshold(*COLLECT_AFTER)
    # what a build needs anyhow
    for name in ("sphinx.application", "rinoh.frontend.sphinx", "bouwsteen.cli"):
        importlib.import_module(name)
    with measure.clock() as loading:
        finish: Any = importlib.import_module("bouwsteen.finishing").load()
    upstream: Callable[..., Any] = finish.finish
    took = []

    def timed(*arguments: Any, **options: Any) -> Any:
        with measure.clock() as clock:
            result = upstream(*arguments, **options)
        took.append(clock.seconds)
        return result

    finish.finish = timed
    building = importlib.import_module("bouwsteen.build")
    profile = importlib.import_module("bouwsteen.profile").Profile.DRAFT
    building.build(building.Edition("rinoh", profile, "nl"), root)
    print(json.dumps({"loading": loading.seconds, "finishing": sum(took)}))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
