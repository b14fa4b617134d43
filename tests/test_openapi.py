"""The description of the API says what everything means."""

from typing import Any

import pytest

from pyispyb.app import CHAPTERS, create_app
from pyispyb.settings import Settings


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    found: dict[str, Any] = create_app(Settings(_env_file=None)).openapi()
    return found


def test_every_field_says_what_it_means(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"].items()
    fields = [(name, field, facts) for name, schema in schemas for field, facts in schema.get("properties", {}).items()]
    assert fields
    assert [f"{name}.{field}" for name, field, facts in fields if not facts.get("description")] == []


def test_every_parameter_says_what_it_means(description: dict[str, Any]) -> None:
    operations = [
        (path, method, facts) for path, methods in description["paths"].items() for method, facts in methods.items()
    ]
    silent = [
        f"{method} {path} {parameter['name']}"
        for path, method, facts in operations
        for parameter in facts.get("parameters", ())
        if not parameter.get("description")
    ]
    assert silent == []


def test_operations_have_names_of_their_own(description: dict[str, Any]) -> None:
    names = [facts["operationId"] for methods in description["paths"].values() for facts in methods.values()]
    assert len(names) == len(set(names))


def test_every_operation_stands_in_a_chapter(description: dict[str, Any]) -> None:
    used = {tag for methods in description["paths"].values() for facts in methods.values() for tag in facts["tags"]}
    assert used == set(CHAPTERS)
    assert [tag["name"] for tag in description["tags"]] == list(CHAPTERS)


@pytest.mark.parametrize(
    ("sent", "told", "field"),
    [("Statistics", "StatisticsOut", "completeness"), ("Structure", "StructureOut", "rFreeValueEnd")],
)
def test_what_is_sent_has_bounds_and_what_old_databases_tell_has_none(
    description: dict[str, Any], sent: str, told: str, field: str
) -> None:
    of_sent, of_told = (description["components"]["schemas"][name]["properties"][field] for name in (sent, told))
    assert "maximum" in of_sent["anyOf"][0]
    assert of_told["anyOf"] == [{"type": "number"}, {"type": "null"}]
