"""What is asked and told when results are looked for by their cell."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ...processing.answer_schemas import Cell, ResultOut
from .lattice import Centring

Edge = Annotated[float, Field(gt=1, lt=5000, allow_inf_nan=False)]
Angle = Annotated[float, Field(gt=10, lt=170, allow_inf_nan=False)]


class CellQuery(BaseModel):
    """A cell, a space group, or both."""

    model_config = ConfigDict(extra="ignore")

    a: Edge | None = Field(None, description="Edge a [Å]; with it, b and c")
    b: Edge | None = Field(None, description="Edge b [Å]")
    c: Edge | None = Field(None, description="Edge c [Å]")
    alpha: Angle = Field(90, description="Angle α [degrees]")
    beta: Angle = Field(90, description="Angle β [degrees]")
    gamma: Angle = Field(90, description="Angle γ [degrees]")
    tolerance: float = Field(2, gt=0, le=20, description="By how much an edge may differ [%]")
    toleranceAngstrom: float | None = Field(
        None, gt=0, le=50, description="By how much an edge may differ [Å], in place of a share"
    )
    toleranceAngle: float = Field(2, gt=0, le=20, description="By how much an angle may differ [degrees]")
    anySetting: bool = Field(
        False, description="Also cells that describe the same lattice in another setting, found by reduced cells"
    )
    centring: Centring = Field("P", description="Centring of the cell, for `anySetting`; R in hexagonal axes")
    spaceGroup: str | None = Field(
        None, max_length=45, description="Space group in any spelling or setting, or its number: `P 43 21 2`, `96`"
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        edges = (self.a, self.b, self.c)
        if None in edges and edges != (None, None, None):
            raise ValueError("a cell has three edges: a, b and c")
        if self.a is None and not self.spaceGroup:
            raise ValueError("name a cell (a, b, c) or a space group")
        return self


class CellMatch(ResultOut):
    """A result whose cell is like the one asked for. Its rank is among those of its sample that are told too."""

    inAskedAxes: Cell | None = Field(
        description="Its cell in the axes of the one asked for; null where only a space group was"
    )
    deviation: Cell | None = Field(
        description="By how much that differs from what was asked for: edges [%], angles [degrees]"
    )
