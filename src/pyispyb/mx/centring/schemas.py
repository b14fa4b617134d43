"""What X-ray centring sends, and what readers get.

Positions are in boxes of the grid: x from its left edge, y from its top edge, z along the beam, from the top edge of
the second view of a 3-D centring. The middle of the first box is at 0.5. Where the grid is named, and has a size, x and
y of the centre and of the strongest box lie on it.
"""

from typing import Literal, Self

from pydantic import BaseModel, Field, model_validator

from ...incoming import Incoming, Number
from ...keys import RowKey
from ...processing.schemas import Kept

MOST_CRYSTALS = 200
Box = int | None


class FoundFields(BaseModel):
    """One crystal that was found."""

    gridInfoId: RowKey | None = Field(None, description="The grid that x and y are counted on")
    blSampleId: RowKey | None = Field(None, description="The sample")
    centreOfMassX: Number = Field(None, description="Centre of mass of diffraction, x [boxes]")
    centreOfMassY: Number = Field(None, description="Centre of mass, y [boxes]")
    centreOfMassZ: Number = Field(None, description="Centre of mass, z [boxes]; null in 2-D")
    maxVoxelX: Box = Field(None, ge=0, lt=2**31, description="The strongest box, counted across from 0")
    maxVoxelY: Box = Field(None, ge=0, lt=2**31, description="The strongest box, counted down from 0")
    maxVoxelZ: Box = Field(None, ge=0, lt=2**31, description="The strongest box, counted along the beam from 0")
    numberOfVoxels: Box = Field(None, ge=0, lt=2**31, description="Boxes that belong to the crystal")
    totalCount: Number = Field(None, ge=0, description="What the boxes count together, such as spots or Dozor score")
    boundingBoxMinX: Number = Field(None, description="Left edge of the crystal [boxes]")
    boundingBoxMaxX: Number = Field(None, description="Right edge [boxes]")
    boundingBoxMinY: Number = Field(None, description="Top edge [boxes]")
    boundingBoxMaxY: Number = Field(None, description="Bottom edge [boxes]")
    boundingBoxMinZ: Number = Field(None, description="Edge along the beam, first [boxes]")
    boundingBoxMaxZ: Number = Field(None, description="Edge along the beam, last [boxes]")


class Found(Incoming, FoundFields):
    """One crystal that was found, as it is sent."""

    status: Literal["success", "failure", "pending"] = Field("success", description="Whether it counts as found")

    @model_validator(mode="after")
    def _edges_in_order(self) -> Self:
        for axis in "XYZ":
            low, high = getattr(self, f"boundingBoxMin{axis}"), getattr(self, f"boundingBoxMax{axis}")
            if low is not None and high is not None and high < low:
                raise ValueError(f"boundingBoxMax{axis} is less than boundingBoxMin{axis}")
        return self


class Centring(Incoming):
    """One attempt to find crystals with X-rays, and what it found, the best one first."""

    dataCollectionGroupId: RowKey | None = Field(None, description="The group of the grid scans")
    dataCollectionId: RowKey | None = Field(None, description="Or a grid scan of it")
    status: Literal["success", "failed", "pending"] = Field("success", description="How it went")
    xrayCentringType: Literal["2d", "3d"] = Field(description="`2d` of one view, `3d` of two views at right angles")
    results: list[Found] = Field(default_factory=list, max_length=MOST_CRYSTALS, description="Crystals that were found")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.dataCollectionId is None and self.dataCollectionGroupId is None:
            raise ValueError("names neither dataCollectionGroupId nor dataCollectionId")
        if self.xrayCentringType == "2d" and any(found.centreOfMassZ is not None for found in self.results):
            raise ValueError("a 2d centring has no centreOfMassZ")
        return self


class CentringStored(BaseModel):
    """A centring, written."""

    xrayCentringId: int = Field(description="Key")
    dataCollectionGroupId: int = Field(description="The group of the grid scans")
    xrayCentringResultIds: list[int] = Field(description="Keys of what was found, as it was sent")
    metadata: Kept = Field(alias="_metadata", description="About the write")


class FoundOut(FoundFields):
    """One crystal that was found."""

    xrayCentringResultId: int = Field(description="Key")
    status: str | None = Field(description="Whether it counts as found: `success`, `failure` or `pending`")


class CentringOut(BaseModel):
    """One attempt to find crystals with X-rays."""

    xrayCentringId: int = Field(description="Key")
    dataCollectionGroupId: int = Field(description="The group of the grid scans")
    sessionId: int = Field(description="The session")
    status: str | None = Field(description="How it went: `success`, `failed` or `pending`")
    xrayCentringType: str | None = Field(description="`2d` of one view, `3d` of two views at right angles")
    XrayCentringResult: list[FoundOut] = Field(description="Crystals that were found, the best one first")
