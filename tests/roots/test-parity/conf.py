# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
extensions = ["bouwsteen"]
project = "Proef"
author = "A. Schrijver"
version = "1.0"
language = "nl"
nitpicky = True
numfig = True
html_copy_source = False
html_theme = "basic"
bouwsteen_name = "proef"
bouwsteen_subtitle = "Een proef"
bouwsteen_date = "2026-01-31"
