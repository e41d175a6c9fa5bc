# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words: shaped once for each font, size and set of features."""

from __future__ import annotations

import contextlib
import functools
import itertools
from typing import TYPE_CHECKING, Any

from rinoh import paragraph
from rinoh.inline import InlineFlowable, InlineFlowableException
from rinoh.paragraph import Glyph, GlyphsSpan, Line, ParagraphState, Word
from rinoh.text import (
    LANGUAGE_DEFAULT,
    MixedStyledText,
    SingleStyledText,
    Subscript,
    Superscript,
)

from bouwsteen.replacing import Once, replaced
from bouwsteen.rinoh.speed.looks import look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NEVER_DRAWN = frozenset("\n\t\N{ZERO WIDTH SPACE}\N{NO-BREAK SPACE}")


class _Metrics(dict[str, Any]):
    """The measures of characters."""

    def __init__(self, measure: Callable[[str], Any]) -> None:
        super().__init__()
        self._measure = measure

    def __missing__(self, character: str) -> Any:
        metrics = self[character] = self._measure(character)
        return metrics


class _Shaper:
    """Turns words into glyphs."""

    def __init__(self, measure: Callable[[str], Any], shape: Callable[..., list[Any]]) -> None:
        self.metrics = _Metrics(measure)
        self._shape = shape
        self._shaped: dict[str, list[Any]] = {}
        (self._space,) = shape(" ")

    def shape(self, word: str, metrics: object = None) -> list[Any]:
        """Return the glyphs of *word*: the same ones for the same word, but for a space.

        A justified line changes the width of its spaces.
        """
        if word == " ":
            return [Glyph(self._space.metrics, self._space.width, " ")]
        try:
            return self._shaped[word]
        except KeyError:
            glyphs = self._shaped[word] = self._shape(word, metrics)
            return glyphs


@functools.lru_cache(maxsize=2000)
def _pieces(text: str) -> list[tuple[Any, str]]:
    """Split *text* where rinohtype does, with what it takes each piece for."""
    pieces = itertools.groupby(text, paragraph.WHITESPACE.get)
    return [(special, "".join(characters)) for special, characters in pieces]


def _last(word: Any) -> str:
    words = str(word).rsplit(maxsplit=1)
    return words[-1].lower() if words else ""


_SHAPERS: dict[Any, tuple[Any, _Shaper]] = {}  # with the font of each, to keep its id taken


@contextlib.contextmanager
def shaped_once() -> Iterator[None]:
    """Form ligatures and kern a word the first time that it is met in a process.

    rinohtype does it each time (``create_lig_kern``), looks up each character before to see if
    the font has it (``handle_missing_glyphs``) and once more
    (``ParagraphState._spans_to_words``), and makes a space with each piece of a word, to be found
    when there is one in it (``GlyphsSpan``).
    """
    create_lig_kern = paragraph.create_lig_kern
    handle_missing_glyphs = paragraph.handle_missing_glyphs

    def shaper(span: Any, container: Any) -> _Shaper:
        kept = look(span, container.document)
        if "shaper" not in kept:
            font = span.font(container)  # first: what is not text says so
            features = ("font_variant", "kerning", "ligatures", "character_spacing")
            values = [span.get_style(feature, container) for feature in features]
            key = id(font), span.height(container), *values[:-1], float(values[-1])
            if key not in _SHAPERS:
                _SHAPERS[key] = font, _Shaper(*create_lig_kern(span, container))
            kept["shaper"] = _SHAPERS[key][1]
        found: _Shaper = kept["shaper"]
        return found

    def lig_kern(span: Any, container: Any) -> tuple[Callable[[str], Any], Callable[..., Any]]:
        found = shaper(span, container)
        return found.metrics.__getitem__, found.shape

    def missing_glyphs(span: Any, container: Any) -> Iterator[Any]:
        if isinstance(span, InlineFlowable):
            return iter((span,))
        known = shaper(span, container).metrics.keys()
        if known >= set(span.text(container)) - _NEVER_DRAWN:
            return iter((span,))
        glyphs: Iterator[Any] = handle_missing_glyphs(span, container)
        return glyphs

    @paragraph.consumer
    def spans_to_words(self: Any, spans: Iterator[Any]) -> Any:
        container = yield
        word = Word()
        self.span_index -= 1
        index = 0
        for span in spans:
            self.span_index += 1
            try:
                kept_with_next = span.get_style("no_break_after", container)
            except KeyError:  # what is not text
                kept_with_next = []
            if kept_with_next == LANGUAGE_DEFAULT:
                kept_with_next = self.language.no_break_after
            try:
                shape = lig_kern(span, container)[1]
                index = self.group_index
                for special, piece in _pieces(span.text(container))[index:]:
                    index += 1
                    if special is paragraph.ForwardSlash:
                        self.group_index = index - 1
                        if word:
                            container = yield word
                        word = Word()
                    elif special and not (
                        special is paragraph.Space
                        and kept_with_next
                        and _last(word) in kept_with_next
                    ):
                        self.group_index = index - 1
                        if word:
                            container = yield word
                        for _ in piece:
                            container = yield special(span, shape)
                        word = Word()
                        continue
                    text = piece.replace("\N{NO-BREAK SPACE}", " ")
                    if word and word[-1].span is span:
                        text = f"{word.pop()}{text}"
                    word.append(GlyphsSpan(span, shape, shape(text)))
                self.group_index = 0
            except InlineFlowableException:
                word.append(span.flow_inline(container, 0))
        self.group_index = index
        if word:
            yield word

    with (
        replaced(paragraph, create_lig_kern=lig_kern, handle_missing_glyphs=missing_glyphs),
        replaced(ParagraphState, _spans_to_words=spans_to_words),
        _pieces_of_words(),
    ):
        yield


_PLAIN = frozenset({MixedStyledText, SingleStyledText, Subscript, Superscript})


def _is_plain(text: Any, container: Any) -> bool:
    """Tell whether *text* is words, with their looks, and nothing that is worked out when set."""
    if type(text) not in _PLAIN:
        return False
    around = (text.get_style(place, container) for place in ("before", "after"))
    parts = [part for part in around if part is not None]
    if isinstance(text, MixedStyledText):
        parts.extend(text)  # not +=, which rinohtype has made its own
    return all(_is_plain(part, container) for part in parts)


def plain_spans(owner: Any, container: Any) -> tuple[Any, ...] | None:
    """Return the pieces of one look of a paragraph, if it is plain text."""
    document = container.document
    kept = owner.__dict__.get("_spans")
    if kept is None or kept[0] is not document:
        text = owner.text(container)
        found = None
        if _is_plain(text, container):
            found = tuple(
                fixed
                for span in text.wrapped_spans(container)
                for fixed in paragraph.handle_missing_glyphs(span, container)
            )
        kept = owner.__dict__["_spans"] = document, found
    result: tuple[Any, ...] | None = kept[1]
    return result


@contextlib.contextmanager
def read_once() -> Iterator[None]:
    """Take a paragraph apart into pieces of one look once, if it is plain text.

    rinohtype does it for each line, to go on with the word that did not fit, and for each trial:
    of how wide a cell is to be, or where the first line of an item stands
    (``ParagraphState.next_word``). It notes each time what is in it, for the log of styles, and to
    place what acts when it is placed: the marks of notes, which are not plain.
    """
    upstream = ParagraphState.next_word

    def next_word(self: Any, container: Any) -> Any:
        if not (self._first_word or self._words):
            found = plain_spans(self.paragraph, container)
            if found is not None:
                self._words = self._spans_to_words(iter(found[self.span_index :]))
        return upstream(self, container)

    with replaced(ParagraphState, next_word=next_word):
        yield


@contextlib.contextmanager
def _pieces_of_words() -> Iterator[None]:
    """Make a space when it is asked for, and ask each span of a line once."""

    def init(self: Any, span: Any, chars_to_glyphs: Any, glyphs: Any = ()) -> None:
        self.span = span
        self.filled_tabs = {}
        self.chars_to_glyphs = chars_to_glyphs
        list.__init__(self, glyphs)
        for index, glyph in enumerate(glyphs):
            if glyph.char == " ":
                self[index] = self.space

    def number_of_spaces(self: Any) -> int:
        return int(self.count(self.space)) if "space" in vars(self) else 0

    def ends_with_space(self: Any) -> bool:
        return "space" in vars(self) and self[-1] is self.space

    def width(self: Any) -> Any:
        return sum([piece.width for piece in self])

    def spans(line: Any) -> Any:
        return {id(piece.span): piece.span for piece in line}.values()

    with (
        replaced(
            GlyphsSpan,
            __init__=init,
            space=Once(lambda self: self.chars_to_glyphs(" ")[0]),
            number_of_spaces=property(number_of_spaces),
            ends_with_space=property(ends_with_space),
            width=property(width),
        ),
        replaced(Word, width=property(width)),
        replaced(
            Line,
            ascender=lambda self, container: max(s.ascender(container) for s in spans(self)),
            descender=lambda self, container: min(s.descender(container) for s in spans(self)),
        ),
    ):
        yield
