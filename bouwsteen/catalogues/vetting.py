# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tell whether a translation is the same kind of text as its source, with the same markup.

Sphinx parses a translation as a whole reStructuredText document, with every directive and role
there is. So what is not in the source is not let through, whatever it is called: no directive can
be in a translation, and no role, link, reference, substitution or literal that its source does
not have too. Both texts are read by docutils' own parser with nothing in it running (`inert`).
"""

from __future__ import annotations

import enum
import functools
import re
from collections import Counter
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils import unescape
from sphinx import addnodes
from sphinx.util.nodes import split_explicit_title

from bouwsteen import inert
from bouwsteen.catalogues.problems import N_, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Roles whose content is text for the reader and nothing else.
PROSE = frozenset({
    "guidance", "toelichting", "fill-in", "invullen",
    "emphasis", "strong", "sub", "subscript", "sup", "superscript", "title", "title-reference", "t",
    "abbr", "dfn", "guilabel", "menuselection",
})  # fmt: skip
_BLOCKS = {nodes.paragraph, nodes.bullet_list, nodes.enumerated_list, nodes.list_item}
_UNSEEN = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\x9f\ufffe\uffff]")  # but for the space itself
_SPACES = str.maketrans(dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\u2009", " "))
_LINES = str.maketrans(dict.fromkeys("\n\t", " "))
_FIELDS = re.compile(r"%\(\w+\)[sdif]|%[sdif]\b|\{[^{}]*\}")
_BLANKS = re.compile(r"\[[^\]\[]+\](?!_)")


class Kind(enum.Enum):
    """What Sphinx does with a translation."""

    TEXT = "text"  # parses it, and takes the paragraph it finds
    PLAIN = "plain"  # takes it as it is, as one line
    LITERAL = "literal"  # takes it as it is, as lines
    FIXED = "fixed"  # hands it to a program: TeX, HTML, a path

    @classmethod
    def of(cls, node: nodes.Node, message: str) -> Kind:
        """Return what kind of *message* comes from *node*."""
        match node:
            case nodes.raw() | nodes.math_block():
                return cls.FIXED
            case nodes.literal_block() | nodes.doctest_block():
                return cls.LITERAL
            case nodes.image():
                return cls.PLAIN if message == node.get("alt") else cls.FIXED
            case nodes.meta() | addnodes.translatable() | addnodes.index():
                return cls.PLAIN
            case _:
                return cls.TEXT


def never(_role: str) -> bool:
    """Tell that no role refers to anything."""
    return False


def refusals(
    source: str,
    translation: str,
    kind: Kind,
    is_reference: Callable[[str], bool] = never,
    *,
    character_level: bool = False,
) -> list[Problem]:
    """Return the reasons why *translation* must not be used for *source*.

    :param is_reference: tells whether the role of a name refers to something, so that in
        ``:role:`text <target>``` the text may be translated.
    :param character_level: as in `inert.parse`.
    """
    if translation == source:
        return []
    if kind is Kind.FIXED:
        return [problem(N_("must stay as it is: it is not text but code"))]
    found = list(_of_characters(translation, kind))
    if not found and kind is Kind.TEXT:
        ours, theirs = (_parse(text, character_level) for text in (source, translation))
        found += _of_ending(source, translation)
        found += _of_markup(ours, theirs, is_reference)
    return found


def _of_characters(translation: str, kind: Kind) -> Iterator[Problem]:
    """Look for what no reader sees, the ends of lines included where text has none."""
    allowed = _SPACES | (_LINES if kind is Kind.LITERAL else {})
    if found := _UNSEEN.search(translation.translate(allowed)):
        code = f"U+{ord(found[0]):04X}"
        yield problem(N_("holds a character that is no text ({code})"), code=code)


@functools.lru_cache(maxsize=2048)  # other editions have the same texts, in the same process
def _parse(text: str, character_level: bool) -> nodes.document:
    """Parse *text*, but for the second of two colons at its end: they begin a block of code."""
    return inert.parse(re.sub("::$", ":", text), character_level=character_level)


def _of_ending(source: str, translation: str) -> Iterator[Problem]:
    if re.search(r"#\s*noqa\s*$", translation):
        yield problem(N_('ends in "# noqa", which switches checks off'))
    if translation.endswith("::") != source.endswith("::"):
        yield problem(N_('ends in "::" where its source does not, or the other way round'))


def _of_markup(
    ours: nodes.document, theirs: nodes.document, is_reference: Callable[[str], bool]
) -> Iterator[Problem]:
    blocks = _blocks(theirs)
    if blocks != _blocks(ours) or not _BLOCKS.issuperset(blocks):
        yield problem(N_("is not one piece of running text, as its source is"))
        return
    had, has = (Counter(_markup(text, is_reference)) for text in (ours, theirs))
    differences = {N_("lacks {markup}"): had - has, N_("adds {markup}"): has - had}
    for message, difference in differences.items():
        if difference:
            yield problem(message, markup=", ".join(sorted(difference.elements())))


def blemishes(source: str, translation: str) -> list[Problem]:
    """Return what is wrong with *translation* but does no harm."""
    found = []
    if translation.strip() != translation and source.strip() == source:
        found.append(problem(N_("begins or ends with a blank")))
    had, has = (Counter(_FIELDS.findall(text)) for text in (source, translation))
    counts = [len(_BLANKS.findall(text)) for text in (source, translation)]
    if had != has or counts[0] != counts[1]:
        found.append(problem(N_("has other placeholders than its source")))
    return found


def format_problems(source: str, translation: str) -> list[Problem]:
    """Return what is wrong with *translation* if a program fills it in, with ``%`` or ``format``.

    A field like ``{name.__class__}`` would reach into the program, a stray sign would stop it.
    """
    signs = [Counter(c for c in text if c in "{}%") for text in (source, translation)]
    found = blemishes(source, translation)
    if not found and signs[0] != signs[1]:
        found.append(problem(N_("has other placeholders than its source")))
    return found


def _blocks(document: nodes.document) -> list[type[nodes.Node]]:
    """Return the types of what *document* is built of, down to its paragraphs."""
    return [
        type(node) for node in document.findall(nodes.Element)
        if node is not document
        and (not isinstance(node, nodes.Inline | nodes.reference | nodes.target)
             or isinstance(node, nodes.problematic))
    ]  # fmt: skip


def _markup(document: nodes.document, is_reference: Callable[[str], bool]) -> Iterator[str]:
    """Yield what must be the same in both texts, as it is written in the source.

    Emphasis is the translator's: a foreign word takes it in one language and not in the other.
    """
    for node in document.findall(nodes.Element):
        match node:
            case inert.Role():
                yield _role(node, is_reference)
            case nodes.literal():
                yield f"``{node.astext()}``"
            case nodes.reference():
                yield node.get("refuri") or f"`{node.get('refname', '')}`_"
            case nodes.target() if "refuri" not in node and "refname" not in node:
                yield f"_`{node.astext()}`"
            case nodes.footnote_reference():
                mark = {1: "#", "*": "*"}.get(node.get("auto"), "")
                yield f"[{mark}{node.get('refname', '')}]_"
            case nodes.citation_reference():
                yield f"[{node['refname']}]_"
            case nodes.substitution_reference():
                yield f"|{node['refname']}|"


def _role(node: inert.Role, is_reference: Callable[[str], bool]) -> str:
    name, text = node["role"], node.astext()
    if name.lower() in PROSE:
        return f":{name}:"
    if is_reference(name):
        return f":{name}:`{split_explicit_title(unescape(text))[2]}`"
    return f":{name}:`{text}`" if name else f"`{text}`"
