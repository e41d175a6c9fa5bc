# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Prepare a doctree for rinohtype 0.5.6, so that it says what the other engines say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from rinoh.frontend.sphinx import RinohTreePreprocessor
from sphinx import addnodes
from sphinx.locale import admonitionlabels

if TYPE_CHECKING:
    from bouwsteen.rinoh.builder import RinohBuilder

SHORT_GUIDANCE = 1500  # characters, about half a page


def prepare(tree: nodes.document, builder: RinohBuilder) -> None:
    """Prepare *tree*, in place, for rinohtype."""
    for file in tree.findall(addnodes.start_of_file):
        for child in file:  # Sphinx leaves them in the document that they come from
            child.parent = file
    for admonition in list(tree.findall(nodes.admonition)):
        if {"guidance", "fill-in"} & set(admonition["classes"]):
            _unwrap(admonition)
    for kind, label in admonitionlabels.items():
        for admonition in tree.findall(getattr(nodes, kind, addnodes.seealso)):
            if not isinstance(admonition[:1], nodes.title):
                admonition.insert(0, nodes.title("", f"{label}:"))
    for enumeration in tree.findall(nodes.enumerated_list):
        _name_format(enumeration)
    for reference in list(tree.findall(addnodes.number_reference)):
        _take_words_of_sphinx(reference, builder)
    for mark in tree.findall(nodes.footnote_reference):
        _close_up(mark)
    for note in list(tree.findall(nodes.footnote)):
        _move_out_of_frames(note)
    for download in list(tree.findall(addnodes.download_reference)):
        download.replace_self(download.children)  # there is nothing beside the PDF to open
    for citation in list(tree.findall(nodes.citation)):
        _leave_in_place(citation)
    _anchor_documents(tree, builder)
    tree.walkabout(_TreePreprocessor(tree, builder))


def _unwrap(admonition: nodes.admonition) -> None:
    """Move what is in *admonition* to the container around it, with its title as a paragraph.

    A frame around an admonition of rinohtype is lost where it breaks over two pages; a frame around
    a container is not.
    """
    title, *content = admonition.children
    label = nodes.paragraph("", title.astext(), classes=["aside-label"])
    if "fill-in" in admonition["classes"]:
        label += nodes.Text("\t")  # the style sheet turns it into a dotted rule
    elif len(admonition.astext()) < SHORT_GUIDANCE:
        admonition.parent["classes"].append("short-guidance")  # kept on one page
    admonition.replace_self([label, *content])


def _name_format(enumeration: nodes.enumerated_list) -> None:
    """Tell the style sheet how the items are numbered: rinohtype numbers all with figures."""
    suffix = {")": "parentheses" if enumeration["prefix"] else "parenthesis"}
    names = [enumeration["enumtype"], suffix.get(enumeration["suffix"], "")]
    enumeration["classes"] += [name for name in names if name not in {"arabic", ""}]


def _take_words_of_sphinx(reference: nodes.Element, builder: RinohBuilder) -> None:
    """Let a ``:numref:`` say what its author wrote: rinohtype says what it would.

    Sphinx counts as rinohtype does where the chapters are numbered, and else by document.
    """
    docname = reference.get("refuri", "")[1:].partition("#")[0]
    if not docname:  # it refers to its own document
        docname = _document_of(reference) or builder.config.root_doc
    if docname in builder.env.toc_secnumbers:
        attributes = {k: v for k, v in reference.attributes.items() if k != "title"}
        reference.replace_self(nodes.reference("", "", *reference.children, **attributes))


def _close_up(mark: nodes.footnote_reference) -> None:
    """Set *mark* right behind its word; reStructuredText asks for a blank between them."""
    before = mark.previous_sibling()
    if isinstance(before, nodes.Text):
        before.parent.replace(before, nodes.Text(before.rstrip()))


def _move_out_of_frames(note: nodes.footnote) -> None:
    """Move *note* behind the frame it stands in: the room below a frame's last block is lost else."""
    frame, node = None, note
    while node.parent is not None:
        node = node.parent
        if isinstance(node, nodes.Admonition | nodes.topic | nodes.container):
            frame = node
    if frame is not None:
        note.parent.remove(note)
        frame.parent.insert(frame.parent.index(frame) + 1, note)


def _document_of(node: nodes.Node) -> str | None:
    while node.parent is not None:
        node = node.parent
        if isinstance(node, addnodes.start_of_file):
            return str(node["docname"])
    return None


def _leave_in_place(citation: nodes.citation) -> None:
    """Make *citation* a paragraph where it stands: rinohtype moves it to the foot of a page."""
    label, *content = citation.children
    if not content or not isinstance(content[0], nodes.paragraph):
        content.insert(0, nodes.paragraph())
    content[0].insert(0, nodes.Text(f"[{label.astext()}] "))
    content[0]["ids"] += citation["ids"]
    citation.replace_self(content)


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
