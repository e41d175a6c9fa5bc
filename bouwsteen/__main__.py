# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command ``bouwsteen``, and ``python -m bouwsteen``."""

from __future__ import annotations

import atexit
import gc

COLLECT_AFTER = (600_000, 20, 100)  # objects: most of what is loaded, read and rendered stays


def main() -> None:
    """Run the command, with little time spent on garbage."""
    gc.set_threshold(*COLLECT_AFTER)
    atexit.register(gc.freeze)  # nothing is gone through for garbage as the program ends

    from bouwsteen import cli  # noqa: PLC0415  # loaded after that

    cli.main(prog_name="bouwsteen")


if __name__ == "__main__":
    main()
