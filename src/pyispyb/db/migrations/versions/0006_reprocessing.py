"""What people asked to be processed once more; stand-ins for jobs, which one flavour has no tables for."""

from typing import Any

from alembic import op
from sqlalchemy import Column

from pyispyb.db.types import Flag, LocalTime, MediumInt, Text, UInt, UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STORAGE: dict[str, Any] = {
    "mysql_engine": "InnoDB",
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_general_ci",
    "sqlite_autoincrement": True,
}

JOB, SWEEP, PARAMETER, RUN, REQUEST = TABLES = (
    "pyispyb_processing_job",
    "pyispyb_processing_job_image_sweep",
    "pyispyb_processing_job_parameter",
    "pyispyb_processing_job_run",
    "pyispyb_reprocessing",
)
INDEXED = (
    (JOB, "dataCollectionId"),
    (SWEEP, "processingJobId"),
    (SWEEP, "dataCollectionId"),
    (PARAMETER, "processingJobId"),
    (RUN, "processingJobId"),
    (REQUEST, "requestedBy"),
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        JOB,
        Column("processingJobId", UInt, primary_key=True),
        Column("recordTimestamp", LocalTime, nullable=False),
        Column("dataCollectionId", UInt),
        Column("displayName", Text(80)),
        Column("comments", Text(255)),
        Column("recipe", Text(50)),
        Column("automatic", Flag),
        **STORAGE,
    )
    op.create_table(
        SWEEP,
        Column("processingJobImageSweepId", UInt, primary_key=True),
        Column("processingJobId", UInt, nullable=False),
        Column("dataCollectionId", UInt),
        Column("startImage", MediumInt),
        Column("endImage", MediumInt),
        **STORAGE,
    )
    op.create_table(
        PARAMETER,
        Column("processingJobParameterId", UInt, primary_key=True),
        Column("processingJobId", UInt, nullable=False),
        Column("parameterKey", Text(80)),
        Column("parameterValue", Text(1024)),
        **STORAGE,
    )
    op.create_table(
        RUN,
        Column("autoProcProgramId", UInt, primary_key=True),
        Column("processingJobId", UInt, nullable=False),
        **STORAGE,
    )
    op.create_table(
        REQUEST,
        Column("processingJobId", UInt, primary_key=True),
        Column("requestedBy", UInt),
        Column("requestedAt", UtcTime, nullable=False),
        Column("takenAt", UtcTime),
        Column("cancelledAt", UtcTime),
        **STORAGE,
    )
    for table, column in INDEXED:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    """Drop the tables and what they hold."""
    for table in reversed(TABLES):
        op.drop_table(table)
