"""Runs that make a structure of merged data."""

from typing import Any

from alembic import op
from sqlalchemy import Column

from pyispyb.db.types import LongText, Text, UInt

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STORAGE: dict[str, Any] = {
    "mysql_engine": "InnoDB",
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_general_ci",
    "sqlite_autoincrement": True,
}

INDEXED = ("autoProcScalingId", "dataProgramId", "mxMRRunId", "phasingStepId")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "pyispyb_structure",
        Column("autoProcProgramId", UInt, primary_key=True),
        Column("autoProcScalingId", UInt, nullable=False),
        Column("dataProgramId", UInt, nullable=False),
        Column("kind", Text(30), nullable=False),
        Column("mxMRRunId", UInt),
        Column("phasingStepId", UInt),
        Column("further", LongText),
        Column("blobs", LongText),
        **STORAGE,
    )
    for column in INDEXED:
        op.create_index(f"ix_pyispyb_structure_{column}", "pyispyb_structure", [column])


def downgrade() -> None:
    """Drop the table and what it holds."""
    op.drop_table("pyispyb_structure")
