"""The rows a fresh database starts with."""

from collections import Counter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from pyispyb.db.lookups import lookup_rows
from pyispyb.db.types import Text
from pyispyb.tables import ContainerType, Permission, SpaceGroup, UserGroup, UserGroup_has_Permission

ROWS: dict[str, list[dict[str, Any]]] = {table.name: rows for table, rows in lookup_rows()}


async def test_every_row_is_there(fresh: AsyncEngine) -> None:
    async with fresh.connect() as connection:
        for table, rows in lookup_rows():
            assert (await connection.execute(select(func.count()).select_from(table))).scalar_one() == len(rows)


def test_rows_fit_a_facilitys_columns() -> None:
    for table, rows in lookup_rows():
        for row in rows:
            for name, value in row.items():
                kind = table.c[name].type
                if isinstance(kind, Text) and kind.length and value is not None:
                    assert len(value) <= kind.length, f"{table.name}.{name}: {value}"


def test_names_are_unique_within_their_proposal_type() -> None:
    for table, rows in ROWS.items():
        name = next(
            (column for column in ("name", "type", "spaceGroupName", "workflowTypeName") if column in rows[0]), None
        )
        if name:
            seen = Counter((row[name].casefold(), row.get("proposalType"), row.get("discipline")) for row in rows)
            assert seen.most_common(1)[0][1] == 1, table


def test_there_are_230_space_groups() -> None:
    rows = ROWS["SpaceGroup"]
    assert [row["spaceGroupNumber"] for row in rows] == list(range(1, 231))
    assert [row["spaceGroupId"] for row in rows] == list(range(1, 231))
    assert all(row["spaceGroupName"].replace(" ", "") for row in rows)
    assert len({row["pointGroup"] for row in rows}) == 32
    assert len({row["bravaisLattice"] for row in rows}) == 14


def test_chiral_molecules_crystallise_in_65_of_them() -> None:
    usable = [row for row in ROWS["SpaceGroup"] if row["MX_used"]]
    assert len(usable) == 65
    # Mirrors, glides and inversions turn a molecule into its mirror image; their symbols are m, a, b, c, d, n and -.
    assert not any(set("mabcdn-") & set(row["spaceGroupName"][1:]) for row in usable)
    others = [row for row in ROWS["SpaceGroup"] if not row["MX_used"]]
    assert all(set("mabcdn-") & set(row["spaceGroupName"][1:]) for row in others)


async def test_names_of_space_groups(fresh: AsyncEngine) -> None:
    columns = (
        SpaceGroup.spaceGroupShortName,
        SpaceGroup.spaceGroupName,
        SpaceGroup.bravaisLattice,
        SpaceGroup.pointGroup,
    )
    async with fresh.connect() as connection:
        found = await connection.execute(select(*columns).where(SpaceGroup.spaceGroupNumber.in_([5, 19, 96, 146, 213])))
        assert sorted(tuple(row) for row in found) == [
            ("C2", "C 1 2 1", "mC", "2"),
            ("P212121", "P 21 21 21", "oP", "222"),
            ("P4132", "P 41 3 2", "cP", "432"),
            ("P43212", "P 43 21 2", "tP", "422"),
            ("R3", "R 3", "hR", "3"),
        ]


def test_plates_hold_as_many_samples_as_they_have_drops() -> None:
    wells = {"CrystalQuickX": 96, "MRC 3 Drop": 96, "MRC Maxi 48": 48, "Hanging drop 24": 24, "PCR strip 8+1": 9}
    rows = {row["name"]: row for row in ROWS["ContainerType"]}
    for name, count in wells.items():
        row = rows[name]
        drops = row["dropPerWellX"] * row["dropPerWellY"] - (row["wellDrop"] >= 0)
        assert row["capacity"] == count * drops, name
        assert count % row["wellPerRow"] == 0
    for row in ROWS["ContainerType"]:
        if row["wellPerRow"]:
            assert row["dropOffsetX"] + row["dropWidth"] <= 1
            assert row["dropOffsetY"] + row["dropHeight"] <= 1


async def test_pucks(fresh: AsyncEngine) -> None:
    puck = select(ContainerType.capacity).where(ContainerType.name == "spinepuck", ContainerType.proposalType == "mx")
    async with fresh.connect() as connection:
        assert (await connection.execute(puck)).scalar_one() == 10


async def test_administrators_may_administer(fresh: AsyncEngine) -> None:
    granted = (
        select(Permission.type)
        .join(UserGroup_has_Permission, UserGroup_has_Permission.permissionId == Permission.permissionId)
        .join(UserGroup, UserGroup.userGroupId == UserGroup_has_Permission.userGroupId)
        .where(UserGroup.name == "administrators")
    )
    async with fresh.connect() as connection:
        found = set((await connection.execute(granted)).scalars())
    assert {
        "all_proposals",
        "manage_groups",
        "manage_perms",
        "manage_options",
        "uportal_sync",
        "view_activity",
    } <= found
