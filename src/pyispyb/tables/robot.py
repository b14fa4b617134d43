"""What sample changers did."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import EnumText, Int, LocalTime, SmallInt, Text, UInt
from .base import NOW, Base, column, index, itself, key


class RobotAction(Base):
    """Something a sample changer did with a sample. MariaDB moves `startTimestamp` with every change of its row."""

    robotActionId: Mapped[int] = key(Int)
    blsessionId: Mapped[int] = column(UInt, "BLSession.sessionId")
    startTimestamp: Mapped[datetime] = column(LocalTime, default=NOW, onupdate=itself("startTimestamp"))
    endTimestamp: Mapped[datetime | None] = column(LocalTime)
    blsampleId: Mapped[int | None] = column(UInt, "BLSample.blSampleId")
    actionType: Mapped[str | None] = column(
        EnumText("LOAD", "UNLOAD", "DISPOSE", "STORE", "WASH", "ANNEAL", "MOSAIC", "LASER")
    )
    status: Mapped[str | None] = column(
        EnumText("SUCCESS", "ERROR", "CRITICAL", "WARNING", "EPICSFAIL", "COMMANDNOTSENT")
    )
    message: Mapped[str | None] = column(Text(255))
    containerLocation: Mapped[int | None] = column(SmallInt)
    dewarLocation: Mapped[int | None] = column(SmallInt)
    sampleBarcode: Mapped[str | None] = column(Text(45))
    xtalSnapshotBefore: Mapped[str | None] = column(Text(255))
    xtalSnapshotAfter: Mapped[str | None] = column(Text(255))


class DatamatrixInSampleChanger(Base, only="collab"):
    """Which sample a sample changer read in which place."""

    __table_args__ = (index("proposalId"),)

    datamatrixInSampleChangerId: Mapped[int] = key(UInt)
    proposalId: Mapped[int] = column(UInt, default=0)
    beamLineName: Mapped[str | None] = column(Text(45))
    datamatrixCode: Mapped[str | None] = column(Text(45))
    locationInContainer: Mapped[int | None] = column(Int)
    containerLocationInSC: Mapped[int | None] = column(Int)
    containerDatamatrixCode: Mapped[str | None] = column(Text(45))
    bltimeStamp: Mapped[datetime | None] = column(LocalTime)
