# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What elements look like: looked up once for all that are alike, and stand alike."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, NamedTuple

from rinoh.annotation import AnnotatedSpan
from rinoh.attribute import DefaultValueException, Var
from rinoh.document import Document
from rinoh.flowable import Flowable
from rinoh.style import (
    ContextSelector,
    Match,
    NextMatchException,
    ParentStyleException,
    SelectorWithPriority,
    Style,
    Styled,
    StyleSheet,
)
from rinoh.text import SingleStyledTextBase, StyledText

from bouwsteen.replacing import replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

_NOTHING = object()
_FRAME = (
    "border", "border_left", "border_right", "border_top", "border_bottom", "background_color",
)  # fmt: skip


class Look(dict[str, Any]):
    """What elements of one kind look like within elements of another, an attribute at a time.

    Nothing else decides what an element looks like: its class, the style that it was given, the
    styles that match it, and the look of the element around it.
    """

    def __init__(self, styled: Any, names: tuple[str, ...], around: Look | None) -> None:
        super().__init__()
        self._styled = styled  # one of the elements
        self._names = names  # of the styles that match it, the most specific first
        self._around = around
        self.within: dict[Any, Look] = {}
        self.trials: dict[Any, Any] = {}  # what was found out by setting such an element
        self.acts_when_placed: bool = type(styled).before_placing is not Styled.before_placing or (
            around is not None and around.acts_when_placed
        )

    def find(self, attribute: str, sheet: Any) -> Any:
        """Find, in the style sheet, an attribute that was not asked for yet."""
        value = self._value(attribute, sheet)
        if isinstance(value, Var):
            value = sheet.get_variable(self._styled.configuration_class, attribute, value)
        self[attribute] = value
        return value

    def _value(self, attribute: str, sheet: Any) -> Any:
        look: Any = self
        while True:
            own = look._styled.style
            if isinstance(own, Style) and attribute in own:
                return own[attribute]
            found = _first(sheet, look._names, attribute)
            if found is DefaultValueException:
                if not look._styled.fallback_to_parent(attribute):
                    return self._styled.configuration_class._get_default(attribute)
            elif found is not ParentStyleException:
                return found
            look = look._around


def _first(sheet: Any, names: tuple[str, ...], attribute: str) -> Any:
    """Return what the first of the styles of *names* says, or the exception that says where to."""
    kept = vars(sheet).setdefault("_first", {})
    try:
        return kept[names, attribute]
    except KeyError:
        found = kept[names, attribute] = _find_first(sheet, names, attribute)
        return found


def _find_first(sheet: Any, names: tuple[str, ...], attribute: str) -> Any:
    for name in names:
        with contextlib.suppress(NextMatchException):
            try:
                return sheet.get_value(name, attribute)
            except (ParentStyleException, DefaultValueException) as exception:
                return type(exception)
    return DefaultValueException


def look(styled: Any, document: Any) -> Look:
    """Return the look of *styled*, where it stands now."""
    around = styled.parent
    kept = styled.__dict__.get("_look")
    if kept is not None and kept[0] is around and kept[2] is document:
        found: Look = kept[1]
        return found
    above = look(around, document) if isinstance(around, Styled) else None
    found = _look(styled, above, document)
    # a template and its style sheet, and what stands in them, are there for the next document too
    styled.__dict__["_look"] = around, found, document
    return found


def _look(styled: Any, above: Look | None, document: Any) -> Look:
    if isinstance(styled.style, Style):  # made for this one element, as a rule
        return Look(styled, _names(document.get_matches(styled)), above)
    looks = vars(document).setdefault("_looks", {}) if above is None else above.within
    kind = _kind(styled), styled.style
    selectors = _selectors_of(styled, document)
    within = tuple([_has(styled, *pair, document) for pair in selectors.asked_within])
    alike: tuple[Any, ...] | None = None
    if above is not None:
        own = [_has(styled, *pair, document) for pair in selectors.asked]
        alike = *kind, isinstance(styled, AnnotatedSpan), *own, within
        if alike in looks:
            return looks[alike]
    matches = document.get_matches(styled)
    names = _names(matches)
    if (*kind, names, within) not in looks:
        looks[*kind, names, within] = Look(styled, names, above)
    found = looks[*kind, names, within]
    ranks = {match.specificity for match in matches}
    if alike and len(ranks) == len(matches):  # else rinohtype warns, of each element
        looks[alike] = found
    return found


def _has(styled: Any, name: str, value: Any, document: Any) -> bool:
    """Tell whether an attribute of *styled* is what a selector asks for (``ClassSelectorBase``)."""
    found = getattr(styled, name, _NOTHING)
    if callable(found):
        found = found(document)
    return found is not _NOTHING and not found != value  # noqa: SIM202  # as rinohtype compares


def _names(matches: Any) -> tuple[str, ...]:
    return tuple(match.style_name for match in matches if match.stylesheet)


def _kind(styled: Any) -> type:
    """Return the class of *styled*; rinohtype makes another one for each piece of a link."""
    return type(styled._decoratee if isinstance(styled, AnnotatedSpan) else styled)


class _Selectors(NamedTuple):
    """What may match elements of one kind and style."""

    all: list[tuple[str, Any, Any]]  # with the name of each, and its style sheet
    asked: list[tuple[str, Any]]  # attributes that any of them ask of the element itself
    asked_within: list[tuple[str, Any]]  # and that those of elements within it ask of it

    @classmethod
    def of(cls, kind: type, style: str | None, sheet: Any) -> _Selectors:
        """Collect them from a style *sheet*."""
        found = list(_selectors(sheet, kind, style))
        asked = [pair for _, selector, _ in found for pair in _asked(list(_parts(selector))[-1])]
        within = [pair for other, pair in _asked_around(sheet) if issubclass(kind, other)]
        return cls(found, list(_distinct(asked)), list(_distinct(within)))


def _asked_around(sheet: Any) -> list[tuple[type, tuple[str, Any]]]:
    """Return the attributes that selectors ask of elements around those that they match."""
    kept: dict[str, list[tuple[type, tuple[str, Any]]]] = vars(sheet)
    if "_asked_around" not in kept:
        kept["_asked_around"] = [
            (part.cls, pair)
            for selector in _all_selectors(sheet)
            for part in list(_parts(selector))[:-1]
            for pair in _asked(part)
        ]
    return kept["_asked_around"]


def _parts(selector: Any) -> Iterator[Any]:
    """Yield what *selector* asks of an element and those around it; the element comes last."""
    if isinstance(selector, SelectorWithPriority):
        yield from _parts(selector.selector)
    elif isinstance(selector, ContextSelector):
        for part in selector.selectors:
            yield from _parts(part)
    else:
        yield selector


def _asked(part: Any) -> Iterable[tuple[str, Any]]:
    return getattr(part, "attributes", {}).items()


def _distinct(pairs: list[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    for index, pair in enumerate(pairs):
        if pair not in pairs[:index]:  # values need not have a hash
            yield pair


def _selectors_of(styled: Any, document: Any) -> _Selectors:
    """Return what may match *styled*."""
    sheet = document.stylesheet
    kept: dict[Any, _Selectors] = vars(sheet).setdefault("_selectors", {})
    kind = _kind(styled), styled.style if isinstance(styled.style, str) else None
    if kind not in kept:
        kept[kind] = _Selectors.of(*kind, sheet)
    return kept[kind]


def _selectors(sheet: Any, kind: type, name: str | None) -> Iterator[tuple[str, Any, Any]]:
    """Yield what may match elements of *kind* with the style *name*, in rinohtype's order."""
    while sheet is not None:
        for base in kind.__mro__:
            selectors = sheet.matcher.get(base, {})
            for style_name in {name, None}:
                for match_name, selector in selectors.get(style_name, {}).items():
                    yield match_name, selector.flatten(sheet), sheet
        sheet = sheet.base


def _all_selectors(sheet: Any) -> Iterator[Any]:
    """Yield the selectors of a style *sheet*, and of those that it is based on."""
    while sheet is not None:
        for selector in sheet.matcher.by_name.values():
            yield selector.flatten(sheet)
        sheet = sheet.base


def _once(owner: type, *names: str) -> AbstractContextManager[None]:
    """Keep with the look what methods make of it."""
    return replaced(owner, **{name: _kept_with_look(vars(owner)[name], name) for name in names})


def _kept_with_look(upstream: Any, name: str) -> Any:
    key = f"{name}()"

    def method(self: Any, container: Any) -> Any:
        kept = self.__dict__.get("_look")
        document = container.document
        if kept is not None and kept[0] is self.parent and kept[2] is document:
            own = kept[1]
        else:
            own = look(self, document)
        try:
            return own[key]
        except KeyError:
            value = own[key] = upstream(self, container)
            return value

    return method


@contextlib.contextmanager
def looked_up_once() -> Iterator[None]:
    """Look up what elements look like once for all that are alike.

    rinohtype does it for each element in each container (``Styled.get_style``), raising up to
    three exceptions (``StyleSheet._get_value_lookup``); it finds the styles that match with all
    selectors flattened again (``StyledMatcher.match``), climbs to the root for each word that it
    places (``Styled.before_placing``), and makes the parts of frames that nobody sees
    (``Flowable.render_frame``).
    """
    get_matches, before_placing = Document.get_matches, Styled.before_placing
    render_frame = Flowable.render_frame

    def get_style(self: Any, attribute: str, container: Any) -> Any:
        kept = self.__dict__.get("_look")
        document = container.document
        if kept is not None and kept[0] is self.parent and kept[2] is document:
            own = kept[1]
        else:
            own = look(self, document)
        try:
            return own[attribute]
        except KeyError:
            return own.find(attribute, document.stylesheet)

    def find_matches(_self: Any, styled: Any, document: Any) -> Iterator[Any]:
        for name, selector, sheet in _selectors_of(styled, document).all:
            if specificity := selector.match(styled, sheet, document):
                yield Match(name, specificity)

    def get_matches_if_any(self: Any, styled: Any) -> Any:
        return get_matches(self, styled) if _selectors_of(styled, self).all else ()

    def act_before_placing(self: Any, container: Any, preallocate: bool = False) -> None:
        if look(self, container.document).acts_when_placed:
            before_placing(self, container, preallocate)

    def render_seen_frame(self: Any, container: Any, *args: Any, **kwargs: Any) -> None:
        if any(self.get_style(part, container) for part in _FRAME):
            render_frame(self, container, *args, **kwargs)

    with (
        replaced(Styled, get_style=get_style, before_placing=act_before_placing),
        replaced(StyleSheet, find_matches=find_matches),
        replaced(Document, get_matches=get_matches_if_any),
        replaced(Flowable, render_frame=render_seen_frame),
        _once(SingleStyledTextBase, "font", "ascender", "descender", "line_gap"),
        _once(StyledText, "height", "is_script", "script_level", "y_offset"),
    ):
        yield
