"""SQL of what people take home: where results were measured, and how."""

from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, select, true

from ..access import Viewer, visible, visible_one
from ..db.catalogue import Catalogue
from ..db.typing import AnySelect
from ..db.writes import columns
from ..processing.queries import sample_of_collection
from ..proposals.measured import of_collection
from ..tables import (
    BeamLineSetup,
    BLSample,
    BLSession,
    Crystal,
    DataCollection,
    DataCollectionGroup,
    Detector,
    Proposal,
    Protein,
)

_SESSION = (Proposal.proposalCode, Proposal.proposalNumber, BLSession.visit_number, BLSession.beamLineName)

_MEASURED = (
    DataCollection.startTime,
    DataCollection.endTime,
    DataCollection.runStatus,
    DataCollection.imagePrefix,
    DataCollection.dataCollectionNumber,
    DataCollection.numberOfImages,
    DataCollection.startImageNumber,
    DataCollection.exposureTime,
    DataCollection.axisStart,
    DataCollection.omegaStart,
    DataCollection.axisRange,
    DataCollection.rotationAxis,
    DataCollection.wavelength,
    DataCollection.resolution,
    DataCollection.detectorDistance,
    DataCollection.transmission,
    DataCollection.flux,
    DataCollection.beamSizeAtSampleX,
    DataCollection.beamSizeAtSampleY,
    DataCollection.totalAbsorbedDose,
    DataCollection.averageTemperature,
    DataCollection.synchrotronMode,
    DataCollection.xtalSnapshotFullPath1,
    DataCollectionGroup.experimentType,
    DataCollectionGroup.comments,
)

_BEAMLINE = (
    Detector.detectorType,
    Detector.detectorManufacturer,
    Detector.detectorModel,
    BeamLineSetup.synchrotronName,
    BeamLineSetup.monochromatorType,
    BeamLineSetup.focusingOptic,
)


def _joined(statement: AnySelect) -> AnySelect:
    sample = sample_of_collection()
    return (
        of_collection(statement)
        .outerjoin(BLSample, BLSample.blSampleId == sample)
        .outerjoin(Crystal, Crystal.crystalId == BLSample.crystalId)
        .outerjoin(Protein, Protein.proteinId == Crystal.proteinId)
    )


_SUBJECT = (
    DataCollection.dataCollectionId,
    DataCollection.dataCollectionGroupId,
    DataCollectionGroup.sessionId,
    BLSample.blSampleId,
    BLSample.name.label("sample"),
    Protein.acronym.label("protein"),
    *_SESSION,
)


@lru_cache(maxsize=256)
def places(viewer: Viewer) -> AnySelect:
    """Where the visible collections `ids` were measured, and whether the viewer may know in which session."""
    sees_session = visible(viewer, BLSession) if viewer.shares else true()
    statement = select(
        *_SUBJECT,
        DataCollection.imagePrefix,
        DataCollection.dataCollectionNumber,
        DataCollection.startTime,
        sees_session.label("sees_session"),
    )
    return _joined(statement).where(
        DataCollection.dataCollectionId.in_(bindparam("ids", expanding=True)), visible_one(viewer, DataCollection)
    )


def measured(catalogue: Catalogue, viewer: Viewer, *where: Any) -> AnySelect:
    """How visible collections were measured, in the order in which that was done."""
    statement = select(*_SUBJECT, *columns(catalogue, *_MEASURED, *_BEAMLINE))
    return (
        _joined(statement)
        .outerjoin(Detector, Detector.detectorId == DataCollection.detectorId)
        .outerjoin(BeamLineSetup, BeamLineSetup.beamLineSetupId == BLSession.beamLineSetupId)
        .where(visible(viewer, DataCollection), *where)
        .order_by(
            func.coalesce(DataCollection.startTime, DataCollectionGroup.startTime), DataCollection.dataCollectionId
        )
    )


def in_session(session_id: int) -> Any:
    """Collections of a session."""
    return DataCollectionGroup.sessionId == session_id


def named(ids: list[int]) -> Any:
    """Collections by their keys."""
    return DataCollection.dataCollectionId.in_(ids)
