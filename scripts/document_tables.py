"""Writes the tables of the reference of documents from the code while the documentation is built.

A line `<!-- document: result -->` of a page becomes the tables of that document and of all its parts. A hook of mkdocs.
"""

import re
from collections.abc import Iterator
from typing import Any

from pyispyb.documents import Document, schema_of

_MARK = re.compile(r"^<!-- document: ([a-z-]+) -->$", re.MULTILINE)
_BOUNDS = (("minimum", "≥"), ("exclusiveMinimum", ">"), ("maximum", "≤"), ("exclusiveMaximum", "<"))


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put tables in the place of marks. Raises ValueError for a document that there is not."""
    return _MARK.sub(lambda found: tables_of(Document(found[1])), markdown)


def tables_of(document: Document) -> str:
    """A table for a document and for each of its parts, under headings."""
    schema = schema_of(document)
    parts = {schema["title"]: schema, **schema.get("$defs", {})}
    return "\n\n".join(_part(name, part, document) for name, part in parts.items() if "properties" in part)


def _part(name: str, part: dict[str, Any], document: Document) -> str:
    required = set(part.get("required", ()))
    lines = [f"### {name} {{ #{document}-{name.lower()} }}", part.get("description", "").replace("\n", " "), ""]
    lines += ["| Field | Is | Meaning |", "|---|---|---|"]
    for field, facts in part["properties"].items():
        mark = " **needed**" if field in required else ""
        lines.append(f"| `{field}`{mark} | {_kind(facts, document)} | {_cell(facts.get('description', ''))} |")
    return "\n".join(lines)


def _kind(facts: dict[str, Any], document: Document) -> str:
    return " or ".join(dict.fromkeys(_kinds(facts, document)))


def _kinds(facts: dict[str, Any], document: Document) -> Iterator[str]:
    """In words: type, bounds, and links to parts. That a field may be null is said by its not being needed."""
    if "$ref" in facts:
        name = facts["$ref"].rsplit("/", 1)[1]
        yield f"[{name}](#{document}-{name.lower()})"
    elif "enum" in facts:
        yield ", ".join(f"`{value}`" for value in facts["enum"])
    elif "const" in facts:
        yield f"`{facts['const']}`"
    elif "anyOf" in facts:
        for each in facts["anyOf"]:
            if each.get("type") != "null":
                yield from _kinds(each, document)
    elif facts.get("type") == "array":
        within = _kind(facts["items"], document) if "items" in facts else "values"
        if "prefixItems" in facts:
            within = f"{len(facts['prefixItems'])} of {_kind(facts['prefixItems'][0], document)}"
        yield f"list of {within}"
    elif facts.get("type") == "object":
        values = facts.get("additionalProperties")
        yield f"{_kind(values, document)} by name" if isinstance(values, dict) else "object"
    else:
        yield _plain(facts)


def _plain(facts: dict[str, Any]) -> str:
    words = {"integer": "whole number", "number": "number", "string": "text", "boolean": "true or false"}
    kind = "time" if facts.get("format") == "date-time" else words.get(facts.get("type", ""), "anything")
    bounds = [f"{sign} {facts[name]:,}" for name, sign in _BOUNDS if name in facts]
    if "maxLength" in facts:
        bounds.append(f"up to {facts['maxLength']} characters")
    return f"{kind} {', '.join(bounds)}".strip()


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
