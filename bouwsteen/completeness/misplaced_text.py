# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Text that the author wrote in a place that is not printed, and prompts that were left behind.

Both are told by what the template said in the release that the document is of, where that is known
(``template.json``).
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from bouwsteen import letters
from bouwsteen.completeness.findings import Finding, Kind
from bouwsteen.template.record import Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from bouwsteen.completeness.prose import Block
    from bouwsteen.template.record import Aside

_CHANGED = {"guidance": Kind.GUIDANCE_CHANGED, "fill-in": Kind.FILL_IN_CHANGED}


def changed(path: Path, ours: Sequence[Aside], theirs: Sequence[Said]) -> Iterator[Finding]:
    """Yield the asides of the chapter in *path* that took the place of the template's.

    :param ours: those of the chapter, in its order.
    :param theirs: those that the template had there.

    What the author added is the author's; what stands elsewhere only moved.
    """
    texts = [Said(aside.kind, aside.text) for aside in ours]
    matcher = difflib.SequenceMatcher(None, theirs, texts, autojunk=False)
    for _operation, first, last, start, end in matcher.get_opcodes():
        replaced = [aside.kind for aside in theirs[first:last]]
        for aside, said in zip(ours[start:end], texts[start:end], strict=True):
            if said not in theirs and aside.kind in replaced:
                replaced.remove(aside.kind)
                yield Finding(_CHANGED[aside.kind], path, aside.line, aside.text)


def left_behind(block: Block, prompts: Iterable[str]) -> Iterator[Finding]:
    """Yield those of *prompts* that *block*, which is text of the document, holds."""
    written = letters.of(block.text)
    for prompt in prompts:
        if any(part in written for part in letters.parts(prompt)):
            yield Finding(Kind.PROMPT_LEFT, block.path, block.line, prompt)
