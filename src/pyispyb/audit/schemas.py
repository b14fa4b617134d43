"""The audit trail over the wire."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from .service import ActivityFilter


class Activity(BaseModel):
    """Something that somebody did."""

    auditId: int = Field(description="Key; later entries have higher ones")
    doneAt: datetime = Field(description="When, facility-local")
    doneAtUtc: str = Field(description="The same moment in UTC, such as `2026-11-22T09:30:00Z`")
    subject: str = Field(description="Who: `person:12`, `key:3`, `nobody` or `command`")
    login: str | None = Field(description="The name they had then; of a refused log-in, the name that was tried")
    address: str | None = Field(description="Network address it came from; null for the command line")
    action: str = Field(description="What, such as `group.person.add`")
    objectKind: str | None = Field(description="What it was done to, such as `group`")
    objectId: str | None = Field(description="Its key or name")
    detail: dict[str, Any] | None = Field(description="What changed; never a secret")
    request: str | None = Field(description="Identifier of the request in the service's log")


def _on_a_calendar(value: datetime) -> datetime:
    if not 1970 <= value.year <= 9998:
        raise ValueError("lies outside the years 1970 to 9998")
    return value.replace(tzinfo=None, microsecond=0)


Moment = Annotated[datetime, AfterValidator(_on_a_calendar)]


class ActivityQuery(BaseModel):
    """Which entries of the audit trail; a value that nothing matches gives none."""

    model_config = ConfigDict(extra="ignore")

    action: str | None = Field(None, max_length=60, description="What was done, such as `login.refused`")
    subject: str | None = Field(None, max_length=60, description="Who: `person:12`, `key:3`, `nobody` or `command`")
    login: str | None = Field(None, max_length=80, description="The name they had then, in any case")
    objectKind: str | None = Field(None, max_length=40, description="What it was done to, such as `group`")
    objectId: str | None = Field(None, max_length=80, description="Its key or name")
    since: Moment | None = Field(None, description="From this moment on, facility-local")
    until: Moment | None = Field(None, description="Up to this moment, facility-local")

    def filter(self) -> ActivityFilter:
        """As the service takes it."""
        return ActivityFilter(**self.model_dump(include=set(asdict(ActivityFilter()))))
