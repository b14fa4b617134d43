"""The documents that programs hand in, as JSON Schema: with the meaning and the unit of every number."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer
from pydantic import BaseModel

from .acquisition.schemas import EnergyScan, GridInfo, Indicators, RobotAction, Spectrum
from .mx.centring.schemas import Centring
from .mx.screening.schemas import Screening
from .mx.structures.schemas import Structure
from .mx.workflows.schemas import NewWorkflow
from .processing.schemas import NewProgram, Result
from .reprocessing.schemas import NewJob


class Document(StrEnum):
    """What may be handed in."""

    RESULT = "result"
    PROGRAM = "program"
    SCREENING = "screening"
    XRAY_CENTRING = "xray-centring"
    WORKFLOW = "workflow"
    STRUCTURE = "structure"
    JOB = "job"
    INDICATORS = "indicators"
    GRID = "grid"
    ENERGY_SCAN = "energy-scan"
    SPECTRUM = "spectrum"
    ROBOT_ACTION = "robot-action"


MODELS: Mapping[Document, type[BaseModel]] = {
    Document.RESULT: Result,
    Document.PROGRAM: NewProgram,
    Document.SCREENING: Screening,
    Document.XRAY_CENTRING: Centring,
    Document.WORKFLOW: NewWorkflow,
    Document.STRUCTURE: Structure,
    Document.JOB: NewJob,
    Document.INDICATORS: Indicators,
    Document.GRID: GridInfo,
    Document.ENERGY_SCAN: EnergyScan,
    Document.SPECTRUM: Spectrum,
    Document.ROBOT_ACTION: RobotAction,
}


def schema_of(document: Document) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a document."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return dialect | MODELS[document].model_json_schema()


def schema(document: Annotated[Document, typer.Argument(help="Which document")]) -> None:
    """Print the JSON Schema of a document that programs hand in."""
    typer.echo(orjson.dumps(schema_of(document), option=orjson.OPT_INDENT_2).decode())
