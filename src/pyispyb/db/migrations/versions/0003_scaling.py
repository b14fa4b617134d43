"""What AutoProcScaling has no column for."""

from typing import Any

from alembic import op
from sqlalchemy import Column

from pyispyb.db.types import LongText, Text, UInt

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STORAGE: dict[str, Any] = {
    "mysql_engine": "InnoDB",
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_general_ci",
    "sqlite_autoincrement": True,
}


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "pyispyb_scaling",
        Column("autoProcScalingId", UInt, primary_key=True),
        Column("kind", Text(20)),
        Column("ellipsoid", LongText),
        Column("shells", LongText),
        Column("further", LongText),
        **STORAGE,
    )


def downgrade() -> None:
    """Drop the table and what it holds."""
    op.drop_table("pyispyb_scaling")
