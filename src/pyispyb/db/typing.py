"""Short names for statements whose columns the type checker need not follow."""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.sql.selectable import CompoundSelect

AnySelect = Select[*tuple[Any, ...]]
AnyUnion = CompoundSelect[*tuple[Any, ...]]
