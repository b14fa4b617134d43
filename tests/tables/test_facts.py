"""The table classes against the facts of both flavours: nothing missing, nothing invented."""

from datetime import date, datetime, time
from typing import Any

import pytest
from sqlalchemy import Column, Table

from pyispyb.db.types import EnumText, Text
from pyispyb.tables import Base
from pyispyb.tables.indexes import RECOMMENDED_INDEXES, leads_an_index
from pyispyb.tables.own import PREFIX
from tests.flavours import Facts, Flavour, all_tables, flavour_tables

FLAVOURS: tuple[Flavour, ...] = ("dls", "collab")
FACILITY_TABLES = {name: table for name, table in Base.metadata.tables.items() if not name.startswith(PREFIX)}

PYTHON_TYPES = {
    "varchar": str, "enum": str, "text": str, "tinytext": str, "mediumtext": str, "longtext": str,
    "int": int, "smallint": int, "mediumint": int, "tinyint": int, "bool": bool,
    "float": float, "double": float, "datetime": datetime, "timestamp": datetime, "date": date, "time": time,
    "binary": bytes, "blob": bytes,
}  # fmt: skip

# The other flavour's type is narrower, or text: what both can be read as is what the class says.
UNLIKE = {
    ("dls", "AutoProcProgram", "processingStatus"),
    ("collab", "DataCollection", "magnification"),
    ("collab", "DataCollection", "printableForReport"),
    ("collab", "Movie", "positionX"),
    ("collab", "Movie", "positionY"),
    *(
        ("collab", "MotionCorrection", column)
        for column in (
            "firstFrame", "lastFrame", "dosePerFrame", "doseWeight", "totalMotion", "averageMotionPerFrame",
        )
    ),
}  # fmt: skip

# Components in the wide sense are rows of Protein in one flavour and of Component in the other.
MISLEADING_KEYS = {
    ("ComponentLattice", "componentId"),
    ("Component_has_SubType", "componentId"),
    ("BLSampleType_has_Component", "blSampleTypeId"),
    ("BLSampleType_has_Component", "componentId"),
}
# Written by the million, and free of this key in one flavour.
UNGUARDED = {("ImageQualityIndicators", "autoProcProgramId")}


def mapped(table: str, column: str) -> Column[Any]:
    """The declared column of a name as any flavour spells it."""
    found = [declared for declared in FACILITY_TABLES[table].columns if declared.name.lower() == column.lower()]
    assert len(found) == 1, f"{table}.{column}"
    return found[0]


def facts_of(table: str, column: str) -> dict[str, Facts]:
    """What each flavour that has a column says about it."""
    return {
        flavour: facts
        for flavour in FLAVOURS
        for name, facts in flavour_tables(flavour).get(table, {}).items()
        if name.lower() == column.lower()
    }


def every_column() -> list[tuple[str, Column[Any], dict[str, Facts]]]:
    """Each declared column with what the flavours say about it."""
    return [
        (name, column, facts_of(name, column.name))
        for name, table in FACILITY_TABLES.items()
        for column in table.columns
    ]


def test_there_are_as_many_tables_as_the_flavours_have() -> None:
    assert [len(flavour_tables(flavour)) for flavour in FLAVOURS] == [205, 210]
    assert set(FACILITY_TABLES) == set(all_tables())
    assert len(FACILITY_TABLES) == 265


def test_every_column_of_the_facts_is_declared_once() -> None:
    for name, table in all_tables().items():
        declared = [column.name.lower() for column in FACILITY_TABLES[name].columns]
        assert sorted(declared) == sorted(column.lower() for column in table["columns"]), name


def test_marks_say_which_flavours_have_a_column() -> None:
    for name, column, facts in every_column():
        only_table = FACILITY_TABLES[name].info["only"]
        has = {only_table or column.info.get("only")} - {None} or set(FLAVOURS)
        assert set(facts) == has, f"{name}.{column.name}"


def test_no_name_shouts_that_one_flavour_spells_softly() -> None:
    for name, table in all_tables().items():
        for column, facts in table["columns"].items():
            softly = facts.get("collab", {}).get("name")
            if softly and column.isupper():
                assert mapped(name, column).name == softly


def test_attributes_are_named_as_their_columns() -> None:
    for mapper in Base.registry.mappers:
        unlike = {attribute.key for attribute in mapper.column_attrs if attribute.key != attribute.columns[0].name}
        assert unlike <= {"global_"}


def test_python_types_fit_both_flavours() -> None:
    for name, column, facts in every_column():
        for flavour, here in facts.items():
            if (flavour, name, column.name) not in UNLIKE:
                assert column.type.python_type is PYTHON_TYPES[here["type"].partition("(")[0]], f"{name}.{column.name}"


def test_text_has_room_for_both_flavours() -> None:
    for name, column, facts in every_column():
        for here in facts.values():
            if here["type"].startswith("varchar") and isinstance(column.type, Text):
                length = int(here["type"][8:-1])
                assert column.type.length is not None
                assert column.type.length >= length, f"{name}.{column.name}"


def test_enums_know_the_values_of_both_flavours() -> None:
    for name, column, facts in every_column():
        for here in facts.values():
            if here["type"] == "enum":
                assert isinstance(column.type, EnumText)
                assert set(here["values"]) <= set(column.type.values), f"{name}.{column.name}"
                assert column.info["values"] == column.type.values


def test_null_is_refused_only_where_every_flavour_refuses_it() -> None:
    for name, column, facts in every_column():
        if column.primary_key:
            assert not column.nullable
            continue
        zero_by_default = any("0000-00-00" in here.get("default", "") for here in facts.values())
        everywhere = len(facts) == len(all_tables()[name]["flavours"])
        required = everywhere and all(here.get("required") for here in facts.values()) and not zero_by_default
        assert column.nullable is not required, f"{name}.{column.name}"


def test_primary_keys_are_those_of_the_facts() -> None:
    for name, table in FACILITY_TABLES.items():
        declared = {column.name for column in table.primary_key.columns}
        if name == "ImageQualityIndicators":
            assert declared == {"dataCollectionId", "imageNumber"}
            continue
        assert declared == {
            mapped(name, column).name for column, facts in all_tables()[name]["columns"].items() if facts.get("pk")
        }


def test_foreign_keys_are_those_of_the_facts_but_for_the_misleading() -> None:
    for name, column, facts in every_column():
        wanted = {
            (table, mapped(table, key).name, here.get("ondelete"))
            for here in facts.values()
            if here.get("fk")
            for table, key in [here["fk"].split(".")]
        }
        declared = {(key.column.table.name, key.column.name, key.ondelete) for key in column.foreign_keys}
        if (name, column.name) in MISLEADING_KEYS | UNGUARDED:
            assert wanted
            assert not declared
        else:
            assert declared == wanted, f"{name}.{column.name}"


def test_foreign_keys_have_the_type_they_refer_to() -> None:
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            assert type(key.parent.type) is type(key.column.type), str(key)


def test_every_index_of_the_facts_is_served() -> None:
    for name, facts in all_tables().items():
        for kind, *columns in facts["indexes"]:
            table = FACILITY_TABLES[name]
            names = tuple(mapped(name, column).name for column in columns)
            assert serves(table, names), f"{name}{names}"
            if kind == "unique":
                assert any(index.unique and tuple(index.columns.keys()) == names for index in table.indexes)


def serves(table: Table, columns: tuple[str, ...]) -> bool:
    """True when an index finds rows by these columns, be it the primary key that already tells one row."""
    key = tuple(column.name for column in table.primary_key.columns)
    return columns[: len(key)] == key or leads_an_index(table, columns)


def test_every_foreign_key_and_recommended_list_has_an_index() -> None:
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            assert leads_an_index(table, (key.parent.name,)), str(key)
    for model, columns in RECOMMENDED_INDEXES:
        assert leads_an_index(Base.metadata.tables[model.__tablename__], columns)


def test_no_index_is_the_beginning_of_another() -> None:
    for table in Base.metadata.tables.values():
        plain = [tuple(index.columns.keys()) for index in table.indexes if not index.unique]
        every = [tuple(index.columns.keys()) for index in table.indexes]
        for columns in plain:
            longer = [other for other in every if other != columns and other[: len(columns)] == columns]
            assert not longer, f"{table.name}{columns} and {longer}"


def test_tables_need_no_circle_of_foreign_keys() -> None:
    assert len(Base.metadata.sorted_tables) == len(Base.metadata.tables)  # SQLAlchemy warns of circles


CLASSES = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)


@pytest.mark.parametrize("mapper", CLASSES, ids=lambda mapper: mapper.class_.__name__)
def test_every_class_says_what_a_row_is(mapper: Any) -> None:
    assert mapper.class_.__doc__.strip().endswith(".")
