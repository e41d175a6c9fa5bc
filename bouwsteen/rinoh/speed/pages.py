# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages: set again only if they ask for page numbers, and let go of when they are drawn.

rinohtype sets a document again and again until the page numbers in it are right. Most pages say
the number of no other: they come out as in the pass before, if they begin at the same place.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

from rinoh.backend import pdf
from rinoh.document import Document, Page
from rinoh.flowable import FlowableState
from rinoh.layout import (
    BACKGROUND,
    CONTENT,
    HEADER_FOOTER,
    Container,
    PageBreakException,
    ReflowRequired,
)
from rinoh.paragraph import Word
from rinoh.reference import ReferenceType
from rinoh.style import StyleLog
from rinoh.template import DocumentPart, SidewaysBodyPage

from bouwsteen import frames
from bouwsteen.replacing import replaced
from bouwsteen.rinoh.speed.looks import look

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = (int, float, str, type(None))


class _Effects:
    """What setting a page does outside of it."""

    def __init__(self) -> None:
        self.fonts: dict[int, Any] = {}  # in the order in which they are numbered
        self.images = 0  # numbers taken
        self.elements: list[Any] = []  # that the page is the place of
        self.asks = False  # for the number of a page, or how many there are

    def repeat(self, page: Any) -> None:
        """Have them on *page* too."""
        backend = page.document.backend_document
        for font in self.fonts.values():
            backend.register_font(font)
        for _ in range(self.images):
            backend.get_unique_image_number()
        for element in self.elements:
            page.document.register_page_reference(page, element)


class _Drawing(NamedTuple):
    """What a box drew on its page."""

    content: bytes
    annotations: list[Any]
    fonts: list[Any]
    images: dict[int, Any]


class _Point(NamedTuple):
    """How far the document is."""

    state: Any
    fresh_state: Any  # where a page begins that has to be set again
    done: bool
    fonts: tuple[int, ...]
    image: int

    @classmethod
    def of(cls, page: Any) -> _Point:
        """Return the point that is reached at *page*."""
        chain, backend = page.document_part.chain, page.document.backend_document
        state, fresh = _of_chain(chain._state, None), _of_chain(chain._fresh_page_state, None)
        return cls(state, fresh, chain.done, tuple(map(id, backend.fonts)), backend._image_number)

    def resume(self, page: Any) -> None:
        """Have the next page begin here."""
        chain = page.document_part.chain
        chain._state = _of_chain(self.state, chain.flowables)
        chain._fresh_page_state = _of_chain(self.fresh_state, chain.flowables)
        chain.done = self.done
        chain._rerendering = False


@dataclasses.dataclass
class _Kept:
    """A page as it came out."""

    kind: tuple[type, str]
    begin: _Point
    end: _Point
    setting: _Effects
    ending: PageBreakException | None
    is_empty: bool
    placing: _Effects = dataclasses.field(default_factory=_Effects)
    notes: frozenset[Any] = frozenset()
    drawings: list[_Drawing | None] = dataclasses.field(default_factory=list)

    def fits(self, page: Any) -> bool:
        """Tell whether *page* comes out the same."""
        in_step: bool = page.document._in_step
        return in_step and self.kind == _kind(page) and _is_same(self.begin, _Point.of(page))


def _kind(page: Any) -> tuple[type, str]:
    return type(page), page.template.name


def _key(page: Any) -> tuple[str, int]:
    return page.document_part.template.name, page.number


def _of_chain(state: Any, flowables: Any) -> Any:
    """Copy *state* as that of a chain of *flowables*: each pass has chains of its own."""
    twin = _copy(state)
    if twin is not None:
        twin.flowable = flowables
    return twin


def _copy(state: Any) -> Any:
    """Copy *state* and the states in it; what it is a state of is the same."""
    if isinstance(state, FlowableState):
        twin = object.__new__(type(state))
        twin.__dict__.update({name: _copy(value) for name, value in vars(state).items()})
        return twin
    return list(state) if type(state) is list else state


def _is_same(one: Any, other: Any) -> bool:
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    match one:
        case _Point():
            return one[2:] == other[2:] and _is_same(one.state, other.state)
        case FlowableState():
            mine, others = vars(one), vars(other)
            return mine.keys() == others.keys() and all(_is_same(mine[k], others[k]) for k in mine)
        case Word():
            spans = zip(one, other, strict=False)
            return str(one) == str(other) and all(a.span is b.span for a, b in spans)
        case list():
            return len(one) == len(other) and all(map(_is_same, one, other))
        case _:
            return isinstance(one, _PLAIN) and bool(one == other)


@contextlib.contextmanager
def _effects_noted() -> Iterator[Any]:
    """Note what a page does outside of it: yields a context manager that yields the notes."""
    effects = _Effects()
    register_font = pdf.Document.register_font
    get_unique_image_number = pdf.Document.get_unique_image_number
    register_page_reference = Document.register_page_reference
    get_reference = Document.get_reference
    get_current_section = Page.get_current_section
    number_of_pages = vars(DocumentPart)["number_of_pages"].fget

    def font(self: Any, font: Any) -> Any:
        effects.fonts[id(font)] = font
        return register_font(self, font)

    def image_number(self: Any) -> Any:
        effects.images += 1
        return get_unique_image_number(self)

    def page_reference(self: Any, page: Any, element: Any) -> None:
        effects.elements.append(element)
        register_page_reference(self, page, element)

    def reference(self: Any, target: Any, kind: Any, *args: Any, **kwargs: Any) -> Any:
        effects.asks |= kind == ReferenceType.PAGE
        return get_reference(self, target, kind, *args, **kwargs)

    def section(self: Any, level: int) -> Any:
        effects.asks = True
        return get_current_section(self, level)

    def pages(self: Any) -> Any:
        effects.asks = True
        return number_of_pages(self)

    @contextlib.contextmanager
    def noted() -> Iterator[_Effects]:
        nonlocal effects
        effects = _Effects()
        try:
            yield effects
        finally:
            effects = _Effects()

    with (
        replaced(pdf.Document, register_font=font, get_unique_image_number=image_number),
        replaced(Document, register_page_reference=page_reference, get_reference=reference),
        replaced(DocumentPart, number_of_pages=property(pages)),
        replaced(Page, get_current_section=section),
    ):
        yield noted


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Take a page over from the pass before, if it says no page number and begins there.

    Its head and foot are set again. Replaces ``Page.render`` and ``Page.place``. A page begins
    at the same place if the state of the text is the same, the same notes were set before, and the
    same fonts and pictures numbered. Pages with floats, or fonts of Type 1, are always set again.
    """
    render_pages = Document._render_pages

    def begin_pass(self: Any) -> Any:
        self._kept_pages = vars(self).get("_kept_pages", {})
        self._notes_of_last_pass = vars(self).get("_notes", {})
        self._notes = {}
        self._in_step = True
        return render_pages(self)

    with _effects_noted() as noted:

        def render(self: Any) -> None:
            taken_over = self.document._kept_pages.get(_key(self))
            if taken_over and taken_over.fits(self):
                self._kept, self._is_new = taken_over, False
                taken_over.setting.repeat(self)
                taken_over.end.resume(self)
                self._empty = taken_over.is_empty
                Container.render(self, HEADER_FOOTER)
                if taken_over.ending:
                    raise taken_over.ending.with_traceback(None)
                return
            self._kept, self._is_new = None, True
            begin, ending = _Point.of(self), None
            try:
                with noted() as setting:
                    _set(self)
            except PageBreakException as exception:
                ending = type(exception)(exception.break_type, None, None)
                raise
            finally:
                end = _Point.of(self)
                Container.render(self, HEADER_FOOTER)
                if not (setting.asks or _has_floats(self)):
                    self._kept = _Kept(_kind(self), begin, end, setting, ending, self._empty)

        def place(self: Any) -> None:
            document = self.document
            if not self._is_new:
                _place_again(self, self._kept)
                document._notes[_key(self)] = self._kept.notes
                self._kept = None
                return
            before = len(document.placed_footnotes)
            with noted() as placing:
                self.before_placing()
            has_notes = len(document.placed_footnotes) > before
            notes = frozenset(self.footnote_space._placed_footnotes if has_notes else ())
            document._notes[_key(self)] = notes
            document._in_step &= document._notes_of_last_pass.get(_key(self)) == notes
            drawings = _place_and_note(self)
            document._kept_pages.pop(_key(self), None)
            if self._kept and not placing.asks and not _counts(self._kept.setting, placing):
                self._kept.placing, self._kept.notes = placing, notes
                self._kept.drawings = drawings
                document._kept_pages[_key(self)] = self._kept
            self._kept = None

        with (
            replaced(Document, _render_pages=begin_pass),
            replaced(Page, render=render, place=place),
        ):
            yield


def _counts(*effects: _Effects) -> bool:
    """Tell whether a font counts its glyphs as they are drawn (Type 1), to number them."""
    return any(font.encoding for effect in effects for font in effect.fonts.values())


def _set(page: Any) -> None:
    Container.render(page, BACKGROUND)
    for attempt in itertools.count():
        with contextlib.suppress(ReflowRequired):
            Container.render(page, CONTENT, rerender=attempt > 0)
            return


def _has_floats(page: Any) -> bool:
    document = page.document
    floats = bool(document.floats or document.registered_sideways_floats)
    return floats or isinstance(page, SidewaysBodyPage)


def _is_content(box: Any) -> bool:
    return bool(getattr(box, "type", CONTENT) != HEADER_FOOTER)


def _place_and_note(page: Any) -> list[_Drawing | None]:
    """Place the boxes of *page*; return what each drew, None for its head and foot."""
    canvas = page.canvas
    numbered = {number: font for font, (number, _) in page.document.backend_document.fonts.items()}
    drawings = []
    for box in page.children:
        begin, first = canvas.tell(), len(canvas.annotations)
        fonts, images = canvas.fonts, canvas.images
        canvas.fonts, canvas.images = {}, {}
        box.place()
        drawing = None
        if _is_content(box):
            drawing = _Drawing(
                canvas.getbuffer()[begin:].tobytes(),
                canvas.annotations[first:],
                [numbered[int(name.removeprefix("F"))] for name in canvas.fonts],
                canvas.images,
            )
        drawings.append(drawing)
        canvas.fonts = {**fonts, **canvas.fonts}
        canvas.images = {**images, **canvas.images}
    canvas.place_annotations()
    return drawings


def _place_again(page: Any, kept: _Kept) -> None:
    """Place the head and foot of *page*, and draw the rest as it was drawn before."""
    document, canvas = page.document, page.canvas
    for box, drawing in zip(page.children, kept.drawings, strict=True):
        if drawing is None:
            box.before_placing()
    kept.placing.repeat(page)
    document.placed_footnotes |= kept.notes
    for box, drawing in zip(page.children, kept.drawings, strict=True):
        if drawing is None:
            box.place()
            continue
        canvas.write(drawing.content)
        canvas.annotations += drawing.annotations
        for font in drawing.fonts:
            canvas.register_font(document, font)
        canvas.images.update(drawing.images)
    canvas.place_annotations()


@contextlib.contextmanager
def let_go() -> Iterator[None]:
    """Let go of what a page was built from when it is drawn, and of a pass when the next begins.

    rinohtype keeps all boxes of all pages to the end (``Page.place``), for the log of styles
    beside the PDF (``StyleLog``), which is not written.
    """
    upstream_place, render_pages = Page.place, Document._render_pages

    def let_go_of(box: Any) -> None:
        for child in box.children:
            let_go_of(child)
        vars(box).clear()

    def place(self: Any) -> None:
        upstream_place(self)
        for child in self.children:
            let_go_of(child)
        self.children.clear()

    def begin_pass(self: Any) -> Any:
        for page in self.page_elements.values():
            page.backend_page = page.canvas = None
        return render_pages(self)

    def find_matches(_self: Any, styled: Any, container: Any, *_args: Any) -> None:
        look(styled, container.document)  # rinohtype warns of styles that match alike

    with (
        replaced(Page, place=place),
        replaced(Document, _render_pages=begin_pass),
        replaced(StyleLog, log_styled=find_matches, write_log=lambda *_: None),
    ):
        yield


@contextlib.contextmanager
def set_with_room() -> Iterator[None]:
    """Keep the frames of a pass in one piece of memory (`bouwsteen.frames`).

    Replaces ``Document._render_pages``.
    """
    render_pages = Document._render_pages

    def with_room(self: Any) -> Any:
        return frames.with_room(lambda: render_pages(self))

    with replaced(Document, _render_pages=with_room):
        yield
