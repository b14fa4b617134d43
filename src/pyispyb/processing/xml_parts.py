"""XML read so that nothing in it is lost without a word.

A part of a document knows where it is and which of its children were asked for: whatever nobody asked for is told in
the end, and what may be there once and comes again is a mistake.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ..errors import FieldError, Invalid

LONGEST_NAME = 80
"""Characters of a name of somebody else's that are told."""
MOST_ELEMENTS, MOST_ALIKE = 200_000, 1000
"""Elements of a document, and of one name within another: no program writes as many."""

Element = Any
"""An element of lxml, which has no types."""


class Part:
    """An element with its path below the root, such as `AutoProc[1].spaceGroup`, counted where there are several."""

    def __init__(self, element: Element, path: str, mistakes: list[FieldError]) -> None:
        self._element, self.path, self.mistakes = element, path, mistakes
        self._children: dict[str, list[Element]] = defaultdict(list)
        for child in element:
            self._children[child.tag].append(child)
        self._read: dict[str, list[Part]] = {}

    @property
    def said(self) -> str | None:
        """Its text; None for a blank one."""
        return (self._element.text or "").strip() or None

    def says(self, name: str) -> bool:
        """True where a child of that name has text. That does not count as read."""
        return any((child.text or "").strip() for child in self._children.get(name, ()))

    def all(self, name: str) -> list["Part"]:
        """Its children of that name. Raises Invalid for more than there can be."""
        children = self._children.get(name, ())
        if len(children) > MOST_ALIKE:
            raise Invalid.field(self._at(name), f"comes {len(children):,} times, at most {MOST_ALIKE:,} can be")
        places = [f"{name}[{number}]" if len(children) > 1 else name for number in range(len(children))]
        self._read[name] = [
            Part(child, self._at(place), self.mistakes) for child, place in zip(children, places, strict=True)
        ]
        return self._read[name]

    def one(self, name: str) -> "Part":
        """Its child of that name, without any text or children where it has none; more than one are a mistake."""
        parts = self.all(name)
        self._only_one(parts)
        return parts[0] if parts else Part(etree.Element(name), self._at(name), self.mistakes)

    def text(self, *names: str) -> str | None:
        """What its child of that name, or of another name for the same, says; more than one are a mistake."""
        saying = [part for name in names for part in self.all(name) if part.said]
        self._only_one(saying)
        return saying[0].said if saying else None

    def _only_one(self, parts: list["Part"]) -> None:
        for part in parts[1:]:
            self.mistakes.append(FieldError(part.path, f"comes once more, after {parts[0].path}"))

    def refuse(self, name: str, reason: str) -> None:
        """Note a mistake in a child."""
        self.mistakes.append(FieldError(self._at(name), reason))

    def passed_over(self) -> Iterator[str]:
        """Paths, uncounted, of children and attributes that nobody asked for, here and within what was."""
        others = [name for name in self._children if name not in self._read]
        for name in (*others, *(f"@{name}" for name in self._element.attrib)):
            yield re.sub(r"\[\d+\]", "", self._at(name[:LONGEST_NAME]))
        for parts in self._read.values():
            for part in parts:
                yield from part.passed_over()

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}".removeprefix(".")


def read_root(content: bytes, name: str) -> Part:
    """The root of a document, which has that name. Entities and document types, with what they do, are refused.

    Raises Invalid.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = " ".join(str(getattr(error, "msg", error)).split())
        raise Invalid(f"The body is no XML that can be read: {reason}", FieldError("body", reason)) from error
    if root.getroottree().docinfo.doctype:
        raise Invalid(f"The body declares a document type, which an {name} has not.")
    if root.tag != name:
        raise Invalid.field(str(root.tag)[:LONGEST_NAME], f"is not {name}")
    if (elements := int(root.xpath("count(//*)"))) > MOST_ELEMENTS:
        raise Invalid.field(name, f"has {elements:,} elements, at most {MOST_ELEMENTS:,} can be")
    return Part(root, "", [])
