"""Indexes beyond those that ISPyB's schemas declare."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Index, MetaData, Table

from .acquisition import DataCollection, DataCollectionGroup
from .base import Base
from .proposals import BLSession
from .robot import RobotAction
from .spectra import EnergyScan, XFEFluorescenceSpectrum

RECOMMENDED_INDEXES: tuple[tuple[type[Base], tuple[str, ...]], ...] = (
    (BLSession, ("startDate",)),
    (BLSession, ("proposalId", "startDate")),
    (BLSession, ("beamLineName", "startDate")),
    (DataCollectionGroup, ("sessionId", "startTime")),
    (DataCollectionGroup, ("blSampleId", "startTime")),
    (DataCollection, ("dataCollectionGroupId", "startTime")),
    (EnergyScan, ("sessionId", "startTime")),
    (RobotAction, ("blsessionId", "startTimestamp")),
    (XFEFluorescenceSpectrum, ("sessionId", "startTime")),
)
"""What the lists of sessions and of a session's events are read by; a facility's database may lack them."""


def add_indexes(metadata: MetaData) -> None:
    """Declare the recommended indexes and one for every foreign key, where no other index begins with its columns.

    Single-column indexes that a recommended one begins with are left out: they would only cost time on every write.
    """
    for model, columns in RECOMMENDED_INDEXES:
        table = metadata.tables[model.__tablename__]
        for index in [index for index in table.indexes if _is_beginning(index, columns)]:
            table.indexes.remove(index)
        if not leads_an_index(table, columns):
            Index(None, *(table.c[name] for name in columns))
    for table in metadata.tables.values():
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            if not leads_an_index(table, (key.parent.name,)):
                Index(None, key.parent)


def leads_an_index(table: Table, columns: tuple[str, ...]) -> bool:
    """True when the primary key or an index of the table begins with these columns."""
    indexed = [_names(table.primary_key.columns), *(_names(index.columns) for index in table.indexes)]
    return any(names[: len(columns)] == columns for names in indexed)


def _is_beginning(index: Index, columns: tuple[str, ...]) -> bool:
    names = _names(index.columns)
    return not index.unique and len(names) < len(columns) and columns[: len(names)] == names


def _names(columns: Iterable[Column[Any]]) -> tuple[str, ...]:
    return tuple(column.name for column in columns)
