"""SQL of images: which files, and what the database says of how they were measured."""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select

from ..access import Viewer, visible_one
from ..db.typing import AnySelect
from ..proposals.measured import OWNER, of_collection
from ..tables import DataCollection, Detector, Image


@lru_cache(maxsize=256)
def image_files(viewer: Viewer) -> AnySelect:
    """The visible collection `collection_id`: its files, its geometry, and the file recorded of image `number`.

    Without a number, the first image.
    """
    number: ColumnElement[Any] = func.coalesce(bindparam("number"), DataCollection.startImageNumber, 1)
    of_image = and_(Image.dataCollectionId == DataCollection.dataCollectionId, Image.imageNumber == number)
    statement = select(
        DataCollection.imageDirectory,
        DataCollection.fileTemplate,
        DataCollection.startImageNumber,
        DataCollection.numberOfImages,
        DataCollection.wavelength,
        DataCollection.detectorDistance,
        DataCollection.xBeam,
        DataCollection.yBeam,
        DataCollection.exposureTime,
        DataCollection.axisRange,
        DataCollection.axisStart,
        DataCollection.resolution,
        DataCollection.totalAbsorbedDose,
        Detector.detectorManufacturer,
        Detector.detectorModel,
        Detector.detectorPixelSizeHorizontal,
        Detector.detectorPixelSizeVertical,
        Detector.overload,
        Image.fileLocation,
        Image.fileName,
        *OWNER,
    )
    return (
        of_collection(statement)
        .outerjoin(Detector, Detector.detectorId == DataCollection.detectorId)
        .outerjoin(Image, of_image)
        .where(DataCollection.dataCollectionId == bindparam("collection_id"), visible_one(viewer, DataCollection))
        .order_by(Image.imageId)
        .limit(1)
    )
