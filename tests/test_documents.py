"""The documents that programs hand in: every field told, and told in the reference."""

import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from scripts.document_tables import on_page_markdown
from typer.testing import CliRunner

from pyispyb.cli import app
from pyispyb.documents import Document, schema_of

PAGE = (Path(__file__).parents[1] / "docs" / "reference" / "documents.md").read_text()


def parts(document: Document) -> dict[str, dict[str, Any]]:
    schema = schema_of(document)
    found = {schema["title"]: schema, **schema.get("$defs", {})}
    return {name: part for name, part in found.items() if "properties" in part}


@pytest.mark.parametrize("document", Document)
def test_the_reference_has_every_field(document: Document) -> None:
    assert f"<!-- document: {document} -->" in PAGE
    written = on_page_markdown(f"<!-- document: {document} -->")
    for name, part in parts(document).items():
        assert f"### {name} " in written
        for field in part["properties"]:
            assert f"| `{field}`" in written


@pytest.mark.parametrize("document", Document)
def test_every_field_says_what_it_means(document: Document) -> None:
    silent = [
        f"{name}.{field}"
        for name, part in parts(document).items()
        for field, facts in part["properties"].items()
        if not facts.get("description")
    ]
    assert silent == []


def test_links_of_the_reference_lead_to_headings() -> None:
    written = on_page_markdown(PAGE)
    assert set(re.findall(r"\]\(#([a-z-]+)\)", written)) <= set(re.findall(r"\{ #([a-z-]+) \}", written))


def test_a_document_that_there_is_not_fails_the_build() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        on_page_markdown("<!-- document: nonsense -->")


def test_the_command_prints_a_schema() -> None:
    printed = CliRunner().invoke(app, ["schema", "result"])
    assert orjson.loads(printed.output) == schema_of(Document.RESULT)
