# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Speed and memory, side by side with others: `make bench`, or ``python -m benchmarks``."""
