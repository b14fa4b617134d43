"""What lists of results may be asked."""

from pydantic import BaseModel, ConfigDict, Field

from ..keys import RowKey
from .reading import ResultFilter


class ResultQuery(BaseModel):
    """Results of what."""

    model_config = ConfigDict(extra="ignore")

    dataCollectionId: RowKey | None = Field(None, description="Of a collection")
    dataCollectionGroupId: RowKey | None = Field(None, description="Of the collections of a group")
    blSampleId: RowKey | None = Field(None, description="Of a sample")
    proteinId: RowKey | None = Field(None, description="Of the samples of a protein")
    sessionId: RowKey | None = Field(None, description="Of a session")
    session: str | None = Field(None, max_length=100, description="Of the session of that name, such as `mx415-12`")
    proposal: str | None = Field(None, max_length=90, description="Of the proposal of that name")
    rank: list[str] = Field(
        default_factory=list,
        max_length=10,
        description="What decides which result is better, in order: a metric and a shell, as `ccHalf:outerShell`",
    )

    def filter(self) -> ResultFilter:
        """As the service takes it."""
        return ResultFilter(**self.model_dump(exclude={"rank"}))
