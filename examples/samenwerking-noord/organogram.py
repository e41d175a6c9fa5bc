# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Draw the organisation chart of the example: run this, and ``source/organogram.png`` is new.

Typst sets it, as wide as the text of the document and in its typeface, so that it is printed at
its own size. The same chart has the same pixels each time.
"""

from __future__ import annotations

import io
from importlib import resources
from pathlib import Path

import typst
from PIL import Image

PICTURE = Path(__file__).parent / "source" / "organogram.png"
PIXELS_PER_INCH = 300

# Lines are told apart by how they are drawn, not by colour: solid leads, dashed advises.
CHART = """
#set page(width: 132mm, height: auto, margin: 1mm, fill: white)
#set text(font: "TeX Gyre Heros", size: 9pt, lang: "nl", hyphenate: false)
#set par(leading: 0.45em)

#let ink = rgb("#1d3557")
#let tint = rgb("#f1f4f8")
#let solid = 0.8pt + ink
#let dashed = (paint: ink, thickness: 0.8pt, dash: "dashed")

#let box-at(x, y, width, height, title, below: none, fill: white, stroke: solid) = place(
  top + left, dx: x * 1mm, dy: y * 1mm,
  rect(
    width: width * 1mm, height: height * 1mm, inset: 1mm, fill: fill, stroke: stroke,
    align(center + horizon)[#strong(title)#if below != none { linebreak(); below }],
  ),
)
#let line-at(from, to, stroke: solid) = place(
  top + left,
  line(start: from.map(v => v * 1mm), end: to.map(v => v * 1mm), stroke: stroke),
)

#block(width: 130mm, height: 95mm)[
  // the three municipalities
  #for x in (15, 65, 115) { line-at((x, 14), (x, 19)) }
  #line-at((15, 19), (115, 19))
  #line-at((65, 19), (65, 24))
  #box-at(0, 0, 30, 14, [Elzendam], below: [college])
  #box-at(50, 0, 30, 14, [Vaartwolde], below: [college])
  #box-at(100, 0, 30, 14, [Zuiderhorst], below: [college])

  // who steers and who commissions
  #line-at((65, 37), (65, 43))
  #line-at((65, 56), (65, 62))
  #box-at(40, 24, 50, 13, [Bestuurlijk overleg], below: [drie portefeuillehouders])
  #box-at(40, 43, 50, 13, [Opdrachtgeversoverleg], below: [drie gemeentesecretarissen])

  // who advises
  #line-at((97, 49.5), (90, 49.5), stroke: dashed)
  #box-at(97, 43, 33, 13, [Gebruikersoverleg], below: [adviseert], stroke: dashed)

  // the organisation itself
  #box-at(0, 62, 130, 33, [], fill: tint)
  #box-at(25, 63.5, 80, 10, [Manager ICT-samenwerking Noord],
    below: [in dienst van Elzendam], fill: tint, stroke: none)
  #line-at((65, 73.5), (65, 77))
  #line-at((17, 77), (113, 77))
  #for x in (17, 49, 81, 113) { line-at((x, 77), (x, 80)) }
  #box-at(3, 80, 28, 12, [Servicedesk], below: [en werkplek])
  #box-at(35, 80, 28, 12, [Infrastructuur], below: [en beveiliging])
  #box-at(67, 80, 28, 12, [Applicaties], below: [en gegevens])
  #box-at(99, 80, 28, 12, [Projecten], below: [en opleiding])
]
"""


def draw() -> bytes:
    """Return the chart as PNG, in RGB: what is seen through is more than PDF/A always allows."""
    folder = resources.files("rinoh_typeface_texgyreheros")
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])
    drawn = typst.compile(
        CHART.encode(),
        format="png",
        ppi=PIXELS_PER_INCH,
        font_paths=fonts,
    )
    png = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as picture:
        resolution = (PIXELS_PER_INCH, PIXELS_PER_INCH)
        picture.convert("RGB").save(png, "PNG", optimize=True, dpi=resolution)
    return png.getvalue()


def main() -> None:
    """Write the picture that the chapter on organisation shows."""
    PICTURE.write_bytes(draw())


if __name__ == "__main__":
    main()
