# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2

# ── Uw document ───────────────────────────────────────────────────────────────────────────────────
# Hier vult u in wat op de titelpagina komt. Verander alleen de tekst tussen de aanhalingstekens.

project = "Bestuursopdracht ICT-samenwerking Noord"  # de titel
bouwsteen_subtitle = "Voorbeeld met verzonnen gemeenten"  # de ondertitel
author = "Hanneke Oldersma"
version = "1.0"
bouwsteen_date = "2026-10-13"  # jaar-maand-dag

# De gemeenten die meedoen, elk tussen aanhalingstekens, met een komma ertussen:
# bouwsteen_municipalities = ['Aadorp', 'Beekdal', 'Cederveen']
bouwsteen_municipalities = ["Elzendam", "Vaartwolde", "Zuiderhorst"]

# ── Voor het archief ──────────────────────────────────────────────────────────────────────────────
# Wat `make archive` bij het document bewaart; de namen zijn die van MDTO 1.0.1 (Nationaal Archief).

bouwsteen_mdto = {
    "identificatie": {
        "identificatieKenmerk": "Z-2026-04517",
        "identificatieBron": "Zaaksysteem gemeente Elzendam",
    },
    "archiefvormer": "Gemeente Elzendam (verzonnen)",
    "waardering": {
        "begripLabel": "Blijvend te bewaren",
        "begripCode": "B",
        "begripBegrippenlijst": "Begrippenlijst Waarderingen MDTO",
    },
    "beperkingGebruik": {
        "beperkingGebruikType": {
            "begripLabel": "Geen beperking",
            "begripBegrippenlijst": "Begrippenlijst BeperkingGebruikTypeLijst MDTO",
        },
        "beperkingGebruikNadereBeschrijving": "Openbaar, onder CC0-1.0.",
    },
}

# ── Hieronder hoeft u niets te veranderen ─────────────────────────────────────────────────────────
# From here on: settings of Sphinx, for maintainers.

extensions = ["bouwsteen"]
bouwsteen_name = "bestuursopdracht"  # the file name of the PDFs; the Makefile names it too
bouwsteen_kind = "document"
bouwsteen_template = {  # what the template has above: a document that has it too is not filled in
    "author": "Tom Strating",
    "bouwsteen_subtitle": "Een bouwsteen voor de gemeente",
    "bouwsteen_date": "2006-05-17",
    "bouwsteen_mdto": {
        "identificatie": {
            "identificatieKenmerk": "bestuursopdracht",
            "identificatieBron": "Bouwsteen",
        },
        "archiefvormer": "Bouwsteen",
    },
}
root_doc = "index"
language = "nl"
locale_dirs = ["../locale"]  # relative to source/; Sphinx gets what passes bouwsteen's checks
bouwsteen_complete_languages = []
gettext_compact = False  # one catalogue a chapter
gettext_uuid = False
gettext_location = True

nitpicky = True
numfig = True
smartquotes = True
copyright = "CC0-1.0"  # noqa: A001  # Sphinx's name

# rinohtype
bouwsteen_rinoh_template = "theme/rinoh/report.rtt"

# LaTeX
bouwsteen_latex_style = "theme/latex/report.sty"

# HTML, a preview
html_theme = "bouwsteen"
html_theme_path = ["theme/html"]
html_title = project
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
html_permalinks = False
html_use_index = False
