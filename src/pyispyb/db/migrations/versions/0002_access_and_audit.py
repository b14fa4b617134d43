"""Refused log-ins, signing keys, the audit trail, shared proposals, shares and options."""

from typing import Any

from alembic import op
from sqlalchemy import Column

from pyispyb.db.types import LongText, Text, UInt, UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STORAGE: dict[str, Any] = {
    "mysql_engine": "InnoDB",
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_general_ci",
    "sqlite_autoincrement": True,
}

INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "login_attempt": (("accountHash", "triedAt"), ("address", "triedAt"), ("triedAt",)),
    "audit": (
        ("doneAt",),
        ("action", "doneAt"),
        ("subject", "doneAt"),
        ("login", "doneAt"),
        ("objectKind", "objectId", "doneAt"),
    ),
    "share": (("proposalId",), ("blSampleId",), ("proteinId",), ("personId",), ("laboratoryId",)),
}


def upgrade() -> None:
    """Make the tables, and the columns that older ones lack."""
    op.add_column("pyispyb_api_key", Column("createdBy", UInt))
    op.add_column("pyispyb_login", Column("address", Text(45)))
    op.create_table(
        "pyispyb_login_attempt",
        Column("loginAttemptId", UInt, primary_key=True),
        Column("accountHash", Text(64), nullable=False),
        Column("address", Text(45), nullable=False),
        Column("triedAt", UtcTime, nullable=False),
        **STORAGE,
    )
    op.create_table(
        "pyispyb_signing_key",
        Column("signingKeyId", UInt, primary_key=True),
        Column("secret", Text(100), nullable=False),
        Column("createdAt", UtcTime, nullable=False),
        Column("retiredAt", UtcTime),
        **STORAGE,
    )
    op.create_table(
        "pyispyb_audit",
        Column("auditId", UInt, primary_key=True),
        Column("doneAt", UtcTime, nullable=False),
        Column("subject", Text(60), nullable=False),
        Column("login", Text(80)),
        Column("address", Text(45)),
        Column("action", Text(60), nullable=False),
        Column("objectKind", Text(40)),
        Column("objectId", Text(80)),
        Column("detail", LongText),
        Column("request", Text(32)),
        **STORAGE,
    )
    op.create_table(
        "pyispyb_bag_proposal",
        Column("proposalId", UInt, primary_key=True),
        Column("markedBy", UInt),
        Column("markedAt", UtcTime, nullable=False),
        **STORAGE,
    )
    op.create_table(
        "pyispyb_share",
        Column("shareId", UInt, primary_key=True),
        Column("proposalId", UInt, nullable=False),
        Column("blSampleId", UInt),
        Column("proteinId", UInt),
        Column("personId", UInt),
        Column("laboratoryId", UInt),
        Column("createdBy", UInt, nullable=False),
        Column("createdAt", UtcTime, nullable=False),
        Column("revokedAt", UtcTime),
        **STORAGE,
    )
    op.create_table(
        "pyispyb_option",
        Column("name", Text(60), primary_key=True),
        Column("value", LongText, nullable=False),
        Column("changedBy", UInt),
        Column("changedAt", UtcTime, nullable=False),
        **STORAGE,
    )
    for table, indexes in INDEXES.items():
        for columns in indexes:
            op.create_index(f"ix_pyispyb_{table}_{'_'.join(columns)}", f"pyispyb_{table}", list(columns))


def downgrade() -> None:
    """Drop the tables and what they hold."""
    for table in ("option", "share", "bag_proposal", "audit", "signing_key", "login_attempt"):
        op.drop_table(f"pyispyb_{table}")
    op.drop_column("pyispyb_login", "address")
    op.drop_column("pyispyb_api_key", "createdBy")
