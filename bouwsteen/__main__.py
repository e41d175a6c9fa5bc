# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command ``bouwsteen``, as ``python -m bouwsteen``."""

from bouwsteen.cli import main

main(prog_name="bouwsteen")
