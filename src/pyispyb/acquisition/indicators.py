"""Per-image quality indicators in bulk: columns in, one row an image."""

from typing import Any

from sqlalchemy import bindparam, update

from ..access import Viewer
from ..clock import local_now
from ..db.database import Database
from ..db.writes import insert_row, refusal
from ..errors import FieldError, Invalid
from ..tables import AutoProcProgram, ImageQualityIndicators
from . import queries, schemas
from .parents import writable_collection

PROGRAMME = "Per-image analysis"

_KEYS = {"dataCollectionId", "imageNumber"}


async def store_indicators(db: Database, viewer: Viewer, sent: schemas.Indicators) -> dict[str, Any]:
    """Add indicators of images, or change those that are there; columns not sent stay as they are.

    Raises NotFound, Forbidden, and Invalid for columns of unequal length or images named twice.
    """
    await writable_collection(db, viewer, sent.dataCollectionId)
    sent_columns = _columns(sent)
    _refuse_unfit(db, sent_columns)
    kept, not_kept = db.catalogue.present(ImageQualityIndicators, sent_columns)
    names = list(kept)
    rows = {values[0]: dict(zip(names, values, strict=True)) for values in zip(*kept.values(), strict=True)}
    known = await _known(db, sent.dataCollectionId, sent.imageNumber)
    new = [row for number, row in rows.items() if number not in known]
    old = [row for number, row in rows.items() if number in known]
    if new:
        await _add(db, sent.dataCollectionId, new)
    if old:
        await _change(db, sent.dataCollectionId, old, known)
    return {
        "dataCollectionId": sent.dataCollectionId,
        "added": len(new),
        "changed": len(old),
        "_metadata": {"notKept": list(not_kept)},
    }


def _columns(sent: schemas.Indicators) -> dict[str, list[Any]]:
    """The columns that were sent, `imageNumber` first."""
    numbers = sent.imageNumber
    columns: dict[str, list[Any]] = {"imageNumber": numbers}
    for name in schemas.Indicators.model_fields:
        values = getattr(sent, name)
        if name not in _KEYS and values is not None:
            columns[name] = values
    errors = [
        FieldError(name, f"has {len(values)} values for {len(numbers)} images")
        for name, values in columns.items()
        if len(values) != len(numbers)
    ]
    if len(set(numbers)) != len(numbers):
        errors.append(FieldError("imageNumber", "names an image more than once"))
    if errors:
        raise Invalid("; ".join(f"{error.path} {error.message}" for error in errors), *errors)
    return columns


def _refuse_unfit(db: Database, columns: dict[str, list[Any]]) -> None:
    """The extremes of a column tell whether the database can keep all of it."""
    errors = []
    for name, values in columns.items():
        column = getattr(ImageQualityIndicators, name)
        if not db.catalogue.has(column):
            continue
        numbers = [value for value in values if value is not None]
        extremes = (min(numbers), max(numbers)) if numbers else ()
        facts = db.catalogue.facts(column)
        reasons = {reason for value in extremes if (reason := refusal(facts, value))}
        errors += [FieldError(name, reason) for reason in reasons]
    if errors:
        raise Invalid("; ".join(f"{error.path} {error.message}" for error in errors), *errors)


async def _known(db: Database, collection_id: int, numbers: list[int]) -> dict[int, list[int]]:
    """Images that have indicators; for each the rows that have them, where this database numbers the rows."""
    known: dict[int, list[int]] = {}
    first, last = min(numbers), max(numbers)
    for found in await db.all(queries.indicated_images(db.catalogue, collection_id, first, last)):
        rows = known.setdefault(found.imageNumber, [])
        if found.row is not None:
            rows.append(found.row)
    return known


async def _add(db: Database, collection_id: int, rows: list[dict[str, Any]]) -> None:
    common: dict[str, Any] = {"dataCollectionId": collection_id}
    if not db.catalogue.facts(ImageQualityIndicators.autoProcProgramId).nullable:
        common["autoProcProgramId"] = await _programme(db, collection_id)
    await db.insert_many(ImageQualityIndicators, [{**common, **row} for row in rows])


async def _programme(db: Database, collection_id: int) -> int:
    """Where indicators must hang on a programme: the one the collection has, or a new one."""
    known = await db.scalar(queries.indicator_programme(collection_id))
    if known is not None:
        return int(known)
    now = local_now()
    values = {"processingPrograms": PROGRAMME, "processingStartTime": now, "recordTimeStamp": now}
    if db.catalogue.has(AutoProcProgram.dataCollectionId):
        values["dataCollectionId"] = collection_id
    return (await insert_row(db, AutoProcProgram, values)).key


async def _change(db: Database, collection_id: int, rows: list[dict[str, Any]], known: dict[int, list[int]]) -> None:
    """Each image by its key: a database that numbers the rows need have no index on collection and number."""
    names = [name for name in rows[0] if name != "imageNumber"]
    if not names:
        return
    table = ImageQualityIndicators
    of_image = (table.dataCollectionId == collection_id, table.imageNumber == bindparam("the_image"))
    of_row = (table.imageQualityIndicatorsId == bindparam("the_row"),)
    numbered = any(known.values())
    changes = []
    for row in rows:
        values = {f"new_{name}": row[name] for name in names}
        keys = [{"the_row": key} for key in known[row["imageNumber"]]] or [{"the_image": row["imageNumber"]}]
        changes += [{**key, **values} for key in keys]
    statement = update(table).where(*(of_row if numbered else of_image))
    await db.connection.execute(
        statement.values({name: bindparam(f"new_{name}") for name in names}).execution_options(
            synchronize_session=False
        ),
        changes,
    )
