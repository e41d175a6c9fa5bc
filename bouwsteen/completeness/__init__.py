# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is still open in a document.

`examining` looks at what Sphinx read, chapter by chapter, with one module for each thing that can
be open; `findings` is what it gives; `builder` is the Sphinx builder ``completeness``.
"""
