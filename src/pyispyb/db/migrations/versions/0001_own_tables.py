"""Accounts, keys, log-ins, tokens and answers kept for repeated requests."""

from typing import Any

from alembic import op
from sqlalchemy import Column, ForeignKey

from pyispyb.db.types import LongText, SmallInt, Text, UInt, UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STORAGE: dict[str, Any] = {
    "mysql_engine": "InnoDB",
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_general_ci",
    "sqlite_autoincrement": True,
}


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "pyispyb_account",
        Column("accountId", UInt, primary_key=True),
        Column("login", Text(45), nullable=False),
        Column("personId", UInt, nullable=False),
        Column("passwordHash", Text(255), nullable=False),
        Column("createdAt", UtcTime, nullable=False),
        Column("disabledAt", UtcTime),
        **STORAGE,
    )
    op.create_index("ix_pyispyb_account_login", "pyispyb_account", ["login"], unique=True)
    op.create_index("ix_pyispyb_account_personId", "pyispyb_account", ["personId"])
    op.create_table(
        "pyispyb_api_key",
        Column("apiKeyId", UInt, primary_key=True),
        Column("name", Text(80), nullable=False),
        Column("secretHash", Text(64), nullable=False),
        Column("scopes", Text(255), nullable=False),
        Column("beamLines", Text(1024), nullable=False),
        Column("createdAt", UtcTime, nullable=False),
        Column("expiresAt", UtcTime),
        Column("revokedAt", UtcTime),
        Column("lastUsedAt", UtcTime),
        **STORAGE,
    )
    op.create_index("ix_pyispyb_api_key_name", "pyispyb_api_key", ["name"], unique=True)
    op.create_index("ix_pyispyb_api_key_secretHash", "pyispyb_api_key", ["secretHash"], unique=True)
    op.create_table(
        "pyispyb_login",
        Column("loginId", UInt, primary_key=True),
        Column("personId", UInt),
        Column("apiKeyId", UInt, ForeignKey("pyispyb_api_key.apiKeyId", ondelete="CASCADE")),
        Column("plugin", Text(40), nullable=False),
        Column("createdAt", UtcTime, nullable=False),
        Column("revokedAt", UtcTime),
        **STORAGE,
    )
    op.create_index("ix_pyispyb_login_personId", "pyispyb_login", ["personId"])
    op.create_index("ix_pyispyb_login_apiKeyId", "pyispyb_login", ["apiKeyId"])
    op.create_table(
        "pyispyb_token",
        Column("tokenHash", Text(64), primary_key=True),
        Column("loginId", UInt, ForeignKey("pyispyb_login.loginId", ondelete="CASCADE"), nullable=False),
        Column("kind", Text(10), nullable=False),
        Column("expiresAt", UtcTime, nullable=False),
        Column("usedAt", UtcTime),
        **STORAGE,
    )
    op.create_index("ix_pyispyb_token_loginId", "pyispyb_token", ["loginId"])
    op.create_index("ix_pyispyb_token_expiresAt", "pyispyb_token", ["expiresAt"])
    op.create_table(
        "pyispyb_idempotency",
        Column("subject", Text(60), primary_key=True),
        Column("idempotencyKey", Text(120), primary_key=True),
        Column("requestHash", Text(64), nullable=False),
        Column("status", SmallInt, nullable=False),
        Column("answer", LongText, nullable=False),
        Column("createdAt", UtcTime, nullable=False),
        **STORAGE,
    )
    op.create_index("ix_pyispyb_idempotency_createdAt", "pyispyb_idempotency", ["createdAt"])


def downgrade() -> None:
    """Drop the tables and what they hold."""
    for table in ("idempotency", "token", "login", "api_key", "account"):
        op.drop_table(f"pyispyb_{table}")
