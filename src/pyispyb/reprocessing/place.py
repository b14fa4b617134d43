"""Where the connected database keeps processing jobs: in ISPyB's tables, or in those of ours that stand in for them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from ..db.catalogue import Catalogue
from ..tables import (
    AutoProcProgram,
    OwnProcessingJob,
    OwnProcessingJobImageSweep,
    OwnProcessingJobParameter,
    OwnProcessingJobRun,
    ProcessingJob,
    ProcessingJobImageSweep,
    ProcessingJobParameter,
)


@dataclass(frozen=True, slots=True)
class Place:
    """The tables, and the columns that say which run was made for which job."""

    job: type[ProcessingJob | OwnProcessingJob]
    sweep: type[ProcessingJobImageSweep | OwnProcessingJobImageSweep]
    parameter: type[ProcessingJobParameter | OwnProcessingJobParameter]
    run: InstrumentedAttribute[int]
    of_run: InstrumentedAttribute[Any]


ISPYB = Place(
    ProcessingJob,
    ProcessingJobImageSweep,
    ProcessingJobParameter,
    AutoProcProgram.autoProcProgramId,
    AutoProcProgram.processingJobId,
)
OURS = Place(
    OwnProcessingJob,
    OwnProcessingJobImageSweep,
    OwnProcessingJobParameter,
    OwnProcessingJobRun.autoProcProgramId,
    OwnProcessingJobRun.processingJobId,
)


@lru_cache(maxsize=8)
def place_of(catalogue: Catalogue) -> Place:
    """Where jobs are kept."""
    tables = (ProcessingJob, ProcessingJobImageSweep, ProcessingJobParameter)
    return ISPYB if all(map(catalogue.has_table, tables)) and catalogue.has(AutoProcProgram.processingJobId) else OURS
