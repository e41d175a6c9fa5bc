# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sphinx extensions that let a peer render the document, each as it comes.

They take the place of ``bouwsteen`` in ``extensions``, so that no peer pays for the loading of
what it does not use.
"""
