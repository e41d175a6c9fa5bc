# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Translations of a document: gettext catalogues in ``locale/``, one a chapter.

The way of a message: `extraction` finds it in the source, `merging` puts it into the catalogues,
`vetting` looks at its translation, and `translating` hands that to Sphinx if it may be used.
`checking` reports what is wrong with the catalogues, `counting` how far they are, `structure`
whether the translated document is built like its source.
"""
