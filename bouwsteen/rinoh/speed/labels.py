# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Labels of items, and the first lines beside them: those that look alike are tried once."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, NamedTuple

from rinoh import flowable as flowables
from rinoh.annotation import AnnotatedSpan
from rinoh.flowable import LabeledFlowable, StaticGroupedFlowables
from rinoh.paragraph import ParagraphBase

from bouwsteen.replacing import replaced
from bouwsteen.rinoh.speed.looks import Look, look
from bouwsteen.rinoh.speed.words import plain_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class _Words(NamedTuple):
    """The words of a paragraph, all of one look."""

    look: Look  # tells that of what they stand in, too
    text: str
    paragraph: Any
    span: Any

    def once(self, key: tuple[Any, ...], find_out: Callable[[], Any], container: Any) -> Any:
        """Find something out with a trial, if not done for words that look the same."""
        found = self.look.trials
        if key not in found:
            found[key] = find_out()
        else:  # what else a trial does
            font = self.span.font(container)
            container.document.backend_document.register_font(font)
            self.paragraph.mark_page_nonempty(container)
        return found[key]


def _words(flowable: Any, container: Any) -> _Words | None:
    """Return the words of *flowable*, or the first paragraph in it, if nothing else is to it."""
    paragraph = flowable
    if isinstance(flowable, StaticGroupedFlowables) and flowable.children:
        paragraph = flowable.children[0]
    if not isinstance(paragraph, ParagraphBase) or not _is_bare(paragraph, container):
        return None
    if paragraph is not flowable and (
        not _is_bare(flowable, container)
        or flowable.get_style("title", container)
        or paragraph.get_style("keep_with_next", container)
    ):
        return None
    spans = plain_spans(paragraph, container)
    if not spans or any(isinstance(span, AnnotatedSpan) for span in spans):
        return None
    looks = {id(found): found for found in (look(span, container.document) for span in spans)}
    text = "".join(span.text(container) for span in spans)
    if len(looks) > 1 or not text.strip():
        return None
    return _Words(looks.popitem()[1], text, paragraph, spans[0])


def _is_bare(flowable: Any, container: Any) -> bool:
    return not (
        flowable.get_id(container.document, create=False)
        or flowable.get_annotation(container)
        or flowable.get_style("hide", container)
        or flowable.get_style("page_break", container)
    )


@contextlib.contextmanager
def tried_once() -> Iterator[None]:
    """Try once how wide a label is, and where the first line of an item stands.

    rinohtype sets each label three times (``LabeledFlowable.label_width``, ``find_baseline``), and
    the first line of each item once, to throw away what it set, before it sets them. What it finds
    depends on nothing but how the words look, and on the words if they are a label.
    """
    find_baseline, label_width = flowables.find_baseline, LabeledFlowable.label_width

    def baseline(
        flowable: Any, container: Any, last_descender: Any, state: Any = None, **place: Any
    ) -> Any:
        def find_out() -> Any:
            return find_baseline(flowable, container, last_descender, state=state, **place)

        words = _words(flowable, container)
        if words is None:
            return find_out()
        key = "baseline", type(flowable), last_descender, float(container.width)
        return words.once(key, find_out, container)

    def width(self: Any, container: Any) -> Any:
        words = _words(self.label, container)
        if words is None:
            return label_width(self, container)
        key = "width", words.text, float(container.width)
        return words.once(key, lambda: label_width(self, container), container)

    with (
        replaced(flowables, find_baseline=baseline),
        replaced(LabeledFlowable, label_width=width),
    ):
        yield
