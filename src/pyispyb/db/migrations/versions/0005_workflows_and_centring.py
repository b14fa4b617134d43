"""Stand-ins for workflows and X-ray centring, which one flavour each has no tables for."""

from typing import Any

from alembic import op
from sqlalchemy import Column

from pyispyb.db.types import Float, Int, LocalTime, Text, UInt

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STORAGE: dict[str, Any] = {
    "mysql_engine": "InnoDB",
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_general_ci",
    "sqlite_autoincrement": True,
}

TABLES = (
    "pyispyb_workflow",
    "pyispyb_workflow_step",
    "pyispyb_group_workflow",
    "pyispyb_xray_centring",
    "pyispyb_xray_centring_result",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "pyispyb_workflow",
        Column("workflowId", UInt, primary_key=True),
        Column("workflowTitle", Text(255)),
        Column("workflowType", Text(45)),
        Column("comments", Text(1024)),
        Column("status", Text(255)),
        Column("resultFilePath", Text(255)),
        Column("logFilePath", Text(255)),
        Column("recordTimeStamp", LocalTime),
        **STORAGE,
    )
    op.create_table(
        "pyispyb_workflow_step",
        Column("workflowStepId", UInt, primary_key=True),
        Column("workflowId", UInt, nullable=False),
        Column("workflowStepType", Text(45)),
        Column("status", Text(45)),
        *(
            Column(name, Text(1024))
            for name in ("folderPath", "imageResultFilePath", "htmlResultFilePath", "resultFilePath")
        ),
        Column("comments", Text(2048)),
        *(Column(name, Text(45)) for name in ("crystalSizeX", "crystalSizeY", "crystalSizeZ", "maxDozorScore")),
        Column("recordTimeStamp", LocalTime),
        **STORAGE,
    )
    op.create_index("ix_pyispyb_workflow_step_workflowId", "pyispyb_workflow_step", ["workflowId"])
    op.create_table(
        "pyispyb_group_workflow",
        Column("dataCollectionGroupId", UInt, primary_key=True),
        Column("workflowId", UInt, nullable=False),
        **STORAGE,
    )
    op.create_index("ix_pyispyb_group_workflow_workflowId", "pyispyb_group_workflow", ["workflowId"])
    op.create_table(
        "pyispyb_xray_centring",
        Column("xrayCentringId", UInt, primary_key=True),
        Column("dataCollectionGroupId", UInt, nullable=False),
        Column("status", Text(10)),
        Column("xrayCentringType", Text(2)),
        **STORAGE,
    )
    op.create_index(
        "ix_pyispyb_xray_centring_dataCollectionGroupId", "pyispyb_xray_centring", ["dataCollectionGroupId"]
    )
    op.create_table(
        "pyispyb_xray_centring_result",
        Column("xrayCentringResultId", UInt, primary_key=True),
        Column("xrayCentringId", UInt, nullable=False),
        *(Column(f"centreOfMass{axis}", Float) for axis in "XYZ"),
        *(Column(f"maxVoxel{axis}", Int) for axis in "XYZ"),
        Column("numberOfVoxels", Int),
        Column("totalCount", Float),
        *(Column(f"boundingBox{end}{axis}", Float) for axis in "XYZ" for end in ("Min", "Max")),
        Column("status", Text(10)),
        Column("gridInfoId", Int),
        Column("blSampleId", UInt),
        **STORAGE,
    )
    op.create_index(
        "ix_pyispyb_xray_centring_result_xrayCentringId", "pyispyb_xray_centring_result", ["xrayCentringId"]
    )


def downgrade() -> None:
    """Drop the tables and what they hold."""
    for table in reversed(TABLES):
        op.drop_table(table)
