# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Prepare a doctree for rinohtype 0.5.6, so that it says what the other engines say."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from rinoh.frontend.sphinx import RinohTreePreprocessor
from sphinx import addnodes
from sphinx.locale import admonitionlabels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bouwsteen.rinoh.builder import RinohBuilder

_FRAMES = (nodes.admonition, nodes.Admonition, nodes.topic, nodes.container)
SHORT_GUIDANCE = 1500  # characters, about half a page


def prepare(tree: nodes.document, builder: RinohBuilder) -> None:
    """Prepare *tree*, in place, for rinohtype."""
    for file in tree.findall(addnodes.start_of_file):
        for child in file:  # Sphinx leaves them in the document that they come from
            child.parent = file
    _unwrap_asides(tree)
    _entitle_admonitions(tree)
    _name_formats_of_enumerations(tree)
    _take_words_of_sphinx(tree, builder)
    _move_notes_out_of_frames(tree)
    _end_frames_in_what_is_seen(tree)
    _close_up_marks_of_notes(tree)
    _leave_sources_in_place(tree)
    _disarm_downloads(tree)
    _anchor_documents(tree, builder)
    tree.walkabout(_TreePreprocessor(tree, builder))


def _unwrap_asides(tree: nodes.document) -> None:
    """Move what is in an aside's admonition to the container around it, its title as a paragraph.

    A frame around an admonition of rinohtype is lost where it breaks over two pages; a frame around
    a container is not.
    """
    for admonition in list(tree.findall(nodes.admonition)):
        if not {"guidance", "fill-in"} & set(admonition["classes"]):
            continue
        title, *content = admonition.children
        label = nodes.paragraph("", title.astext(), classes=["aside-label"])
        if "fill-in" in admonition["classes"]:
            # the style sheet turns a tab into a dotted rule; rinohtype cannot measure one in a cell
            in_cell = any(isinstance(node, nodes.entry) for node in _ancestors(admonition))
            label += nodes.Text(" . . . . ." if in_cell else "\t")
        elif len(admonition.astext()) < SHORT_GUIDANCE:
            admonition.parent["classes"].append("short-guidance")  # kept on one page
        admonition.replace_self([label, *content])


def _entitle_admonitions(tree: nodes.document) -> None:
    """Give notes, warnings and the like the titles that Sphinx has for them."""
    for kind, label in admonitionlabels.items():
        for admonition in tree.findall(getattr(nodes, kind, addnodes.seealso)):
            if not isinstance(admonition[:1], nodes.title):
                admonition.insert(0, nodes.title("", f"{label}:"))


def _name_formats_of_enumerations(tree: nodes.document) -> None:
    """Tell the style sheet how items are numbered: rinohtype numbers all with figures."""
    for enumeration in tree.findall(nodes.enumerated_list):
        suffix = {")": "parentheses" if enumeration["prefix"] else "parenthesis"}
        names = [enumeration["enumtype"], suffix.get(enumeration["suffix"], "")]
        enumeration["classes"] += [name for name in names if name not in {"arabic", ""}]


def _take_words_of_sphinx(tree: nodes.document, builder: RinohBuilder) -> None:
    """Let a ``:numref:`` say what its author wrote: rinohtype says what it would.

    Sphinx counts as rinohtype does where the chapters are numbered, and else by document.
    """
    for reference in list(tree.findall(addnodes.number_reference)):
        docname = reference.get("refuri", "")[1:].partition("#")[0]
        if not docname:  # it refers to its own document
            docname = _document_of(reference) or builder.config.root_doc
        if docname in builder.env.toc_secnumbers:
            attributes = {k: v for k, v in reference.attributes.items() if k != "title"}
            reference.replace_self(nodes.reference("", "", *reference.children, **attributes))


def _document_of(node: nodes.Element) -> str | None:
    files = (file for file in _ancestors(node) if isinstance(file, addnodes.start_of_file))
    return next((str(file["docname"]) for file in files), None)


def _ancestors(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield the parent of *node*, the parent of that, and so on."""
    while node.parent is not None:
        node = node.parent
        yield node


def _move_notes_out_of_frames(tree: nodes.document) -> None:
    """Move each note behind the frame that it stands in.

    A note takes no room where it stands; rinohtype makes none for the foot of a frame below it.
    """
    for note in list(tree.findall(nodes.footnote)):
        frames = [node for node in _ancestors(note) if isinstance(node, _FRAMES)]
        if frames:
            outermost = frames[-1]
            note.parent.remove(note)
            outermost.parent.insert(outermost.parent.index(outermost) + 1, note)


def _end_frames_in_what_is_seen(tree: nodes.document) -> None:
    """Move what cannot be seen, an entry of the index say, before the last block of a frame.

    rinohtype makes room for the foot of a frame below its last child, whatever that is.
    """
    for frame in tree.findall(lambda node: isinstance(node, _FRAMES)):
        children = cast("nodes.Element", frame).children
        seen = [i for i, child in enumerate(children) if not isinstance(child, nodes.Invisible)]
        if seen:
            last = children.pop(seen[-1])
            children.append(last)


def _close_up_marks_of_notes(tree: nodes.document) -> None:
    """Set a mark right behind its word; reStructuredText asks for a blank between them."""
    for mark in tree.findall(nodes.footnote_reference):
        before = mark.previous_sibling()
        if isinstance(before, nodes.Text) and mark.parent is not None:
            mark.parent.replace(before, nodes.Text(before.rstrip()))


def _leave_sources_in_place(tree: nodes.document) -> None:
    """Make a citation a paragraph where it stands: rinohtype moves it to the foot of a page."""
    for citation in list(tree.findall(nodes.citation)):
        label, *content = citation.children
        if not content or not isinstance(content[0], nodes.paragraph):
            content.insert(0, nodes.paragraph())
        first = cast("nodes.paragraph", content[0])
        first.insert(0, nodes.Text(f"[{label.astext()}] "))
        first["ids"] += citation["ids"]
        citation.replace_self(content)


def _disarm_downloads(tree: nodes.document) -> None:
    """Leave the words of a download: there is nothing beside the PDF to open."""
    for download in list(tree.findall(addnodes.download_reference)):
        download.replace_self(download.children)


def _anchor_documents(tree: nodes.document, builder: RinohBuilder) -> None:
    """Give each document a place to link to: rinohtype links to places that it never set.

    The heading of the root document is on the title page: the page below takes its place.
    """
    for file in tree.findall(addnodes.start_of_file):
        name = "%" + file["docname"]
        section = next((child for child in file if isinstance(child, nodes.section)), None)
        if section is None:
            file.insert(0, nodes.target("", "", ids=[name]))
        else:
            section["ids"].append(name)
    root_doc = builder.config.root_doc
    sections = list(builder.env.get_doctree(root_doc).findall(nodes.section))
    ids = sections[0]["ids"] if sections else []
    tree.insert(0, nodes.target("", "", ids=["%" + root_doc, *ids]))


class _TreePreprocessor(RinohTreePreprocessor):
    """Knows at each node which document it comes from.

    rinohtype learns it at the start of a document, and forgets it at the end: footnotes and labels
    in the root document, or below a toctree, were looked for in another document.
    """

    def __init__(self, tree: nodes.document, builder: RinohBuilder) -> None:
        super().__init__(tree, builder)
        self.current_docname = builder.config.root_doc
        self._including: list[str] = []

    def visit_start_of_file(self, node: nodes.Element) -> None:
        self._including.append(self.current_docname)
        super().visit_start_of_file(node)

    def depart_start_of_file(self, node: nodes.Element) -> None:
        super().depart_start_of_file(node)
        self.current_docname = self._including.pop()
