"""What every table class stands on: names, marks and the short words that its lines are written in.

A class is named as its table. `only="dls"` (or `"collab"`) on a class or on a column says which of the two schema
flavours has it; without the mark both have. Attributes carry ISPyB's column names unchanged, but for `global_`.
"""

from typing import Any, ClassVar, Literal

from sqlalchemy import ColumnElement, Computed, ForeignKey, Index, MetaData, Table, literal_column, text
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column
from sqlalchemy.types import TypeEngine

from ..db.types import database_account, local_now

Flavour = Literal["dls", "collab"]
OnDelete = Literal["CASCADE", "SET NULL"]
ColumnType = TypeEngine[Any] | type[TypeEngine[Any]]

NOW = local_now()
ACCOUNT = database_account()

NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


STORAGE: dict[str, Any] = {
    "mysql_engine": "InnoDB",
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_general_ci",
    "sqlite_autoincrement": True,
}
"""How our tables are stored; on SQLite too the number of a deleted row is never given to another."""


class Base(DeclarativeBase):
    """A row of one table. Queries name the columns they read and write; no entity is ever loaded whole."""

    metadata = MetaData(naming_convention=NAMES)
    __only__: ClassVar[Flavour | None] = None

    def __init_subclass__(cls, *, only: Flavour | None = None, table: str | None = None) -> None:
        cls.__only__ = only
        cls.__tablename__ = table or cls.__name__
        super().__init_subclass__()

    @classmethod
    def __table_cls__(cls, *arguments: Any, **options: Any) -> Table:
        options.setdefault("info", {})["only"] = cls.__only__
        return Table(*arguments, **{**STORAGE, **options})


def key(type_: ColumnType, fk: str | None = None, *, ondelete: OnDelete | None = None) -> MappedColumn[Any]:
    """A column of the primary key."""
    return mapped_column(type_, *_references(fk, ondelete), primary_key=True)


def column(
    type_: ColumnType,
    fk: str | None = None,
    *,
    ondelete: OnDelete | None = None,
    default: str | int | float | ColumnElement[Any] | None = None,
    only: Flavour | None = None,
    unit: str | None = None,
    doc: str | None = None,
    name: str | None = None,
    onupdate: ColumnElement[Any] | None = None,
    computed: str | None = None,
    use_alter: bool = False,
) -> MappedColumn[Any]:
    """A column; it may be NULL when its annotation says so.

    `fk` names the referenced column as `Table.column`, `unit` what its numbers count, `computed` the expression of a
    column that the database fills, `onupdate` what a row's change puts into it when the change does not name it;
    `use_alter` marks a foreign key that closes a circle of tables.
    """
    return mapped_column(
        type_,
        *_references(fk, ondelete, use_alter),
        *([Computed(computed)] if computed else []),
        server_default=_server_default(default),
        name=name,
        onupdate=onupdate,
        info={"only": only, "unit": unit, "values": getattr(type_, "values", None)},
        doc=doc,
    )


def itself(name: str) -> ColumnElement[Any]:
    """A column's own value, as `onupdate`: MariaDB would move the time of a start whenever its row changes."""
    return literal_column(name)


def index(*columns: str, prefixes: dict[str, int] | None = None) -> Index:
    """An index; `prefixes` says how many characters of a long text MariaDB indexes."""
    return Index(None, *columns, mysql_length=prefixes)


def unique(*columns: str) -> Index:
    """An index without two equal rows."""
    return Index(None, *columns, unique=True)


def _references(fk: str | None, ondelete: OnDelete | None, use_alter: bool = False) -> list[ForeignKey]:
    return [ForeignKey(fk, ondelete=ondelete, use_alter=use_alter)] if fk else []


def _server_default(default: str | int | float | ColumnElement[Any] | None) -> Any:
    return text(str(default)) if isinstance(default, int | float) else default
