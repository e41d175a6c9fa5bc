# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The archive bag: what an archive wants to know of the document, and how it is told."""
