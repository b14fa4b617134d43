"""What lists about crystals may be asked of."""

from pydantic import BaseModel, ConfigDict, Field

from ..keys import RowKey
from ..processing.reading import ResultFilter


class OfWhat(BaseModel):
    """Of what; by several at once, of what all of them name."""

    model_config = ConfigDict(extra="ignore")

    dataCollectionId: RowKey | None = Field(None, description="Of a collection, or of its group as a whole")
    dataCollectionGroupId: RowKey | None = Field(None, description="Of a group of collections")
    blSampleId: RowKey | None = Field(None, description="Of a sample")
    proteinId: RowKey | None = Field(None, description="Of the samples of a protein")
    sessionId: RowKey | None = Field(None, description="Of a session")
    session: str | None = Field(None, max_length=100, description="Of the session of that name, such as `mx415-12`")
    proposal: str | None = Field(None, max_length=90, description="Of the proposal of that name")

    def filter(self) -> ResultFilter:
        """As services take it."""
        return ResultFilter(**self.model_dump())
