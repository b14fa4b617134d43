"""Proposals, sessions and their people over the wire."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from ..keys import RowKey

FIRST_YEAR, LAST_YEAR = 1900, 2199
_NUMBER = re.compile(r"\s*[-+]?\.?\d[\d.]*\s*")


def _without_zone(value: datetime) -> datetime:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return value.replace(tzinfo=None, microsecond=0)


def _no_number(value: Any) -> Any:
    """A number would be read as seconds since 1970, and a mistake as a time of that year."""
    if isinstance(value, int | float) or (isinstance(value, str) and _NUMBER.fullmatch(value)):
        raise ValueError("is a number, where a time stands, such as 2026-11-20T10:00:00")
    return value


LocalTimeIn = Annotated[
    datetime,
    BeforeValidator(_no_number),
    AfterValidator(_without_zone),
    Field(description="Facility-local time; a zone that a client appends is passed over, as it means no other time"),
]


class ProposalMetadata(BaseModel):
    """Counted among what the viewer sees."""

    persons: int = Field(description="People on the proposal")
    sessions: int = Field(description="Sessions")
    beamLines: list[str] = Field(description="Beamlines with a session")
    uiGroups: list[str] = Field(description="Kinds of pages that fit these beamlines")
    lastSession: datetime | None = Field(description="Start of the latest session")
    bag: bool = Field(description="Several laboratories share it without seeing each other's samples")


class ProposalOut(BaseModel):
    """A proposal: who may measure, under which name."""

    model_config = ConfigDict(populate_by_name=True)

    proposalId: int = Field(description="Key")
    proposal: str = Field(description="Name: code and number")
    proposalCode: str | None = Field(description="Code, such as `mx`")
    proposalNumber: str | None = Field(description="Number, as text")
    title: str | None = Field(description="Title")
    type: str | None = Field(description="Kind of proposal: the column proposalType")
    state: str | None = Field(description="Open, Closed or Cancelled; any other text this database holds")
    metadata: ProposalMetadata = Field(alias="_metadata", description="Counts")


class SessionMetadata(BaseModel):
    """Counted among what the viewer sees."""

    datacollections: int = Field(description="Groups of data collections")
    persons: int = Field(description="People on the session")
    active: bool = Field(description="Running now")
    active_soon: bool = Field(description="Starts within the next 20 minutes, or is running")
    sessionTypes: list[str] = Field(description="Types such as `Remote`")
    uiGroups: list[str] = Field(description="Kinds of pages that fit the beamline")


class SessionOut(BaseModel):
    """One visit of a proposal to a beamline."""

    model_config = ConfigDict(populate_by_name=True)

    sessionId: int = Field(description="Key")
    session: str | None = Field(description="Name: proposal and visit number")
    proposalId: int = Field(description="Its proposal")
    proposal: str = Field(description="Name of its proposal")
    title: str | None = Field(description="Title of its proposal")
    visit_number: int | None = Field(description="Which visit of the proposal")
    beamLineName: str | None = Field(description="Beamline")
    startDate: datetime | None = Field(description="Begin, facility-local")
    endDate: datetime | None = Field(description="End, facility-local")
    scheduled: bool | None = Field(description="Given by the user office, not made on the spot")
    nbShifts: int | None = Field(description="Length [shifts]")
    comments: str | None = Field(description="Remarks")
    beamLineOperator: str | None = Field(description="Local contact as text")
    nbReimbDewars: int | None = Field(description="Dewars whose transport is reimbursed")
    lastUpdate: datetime | None = Field(description="When the user office changed it last")
    BeamLineSetup: dict[str, Any] | None = Field(description="Main columns of its set-up; null when it has none")
    metadata: SessionMetadata = Field(alias="_metadata", description="Counts and state")


class NewSession(BaseModel):
    """A session made on the spot by control software."""

    proposalId: RowKey = Field(description="Proposal; a number in a string is accepted")
    beamLineName: str = Field(min_length=1, max_length=45, description="Beamline; one that the key covers")
    startDate: LocalTimeIn
    endDate: LocalTimeIn
    comments: str | None = Field(None, max_length=2000, description="Remarks")
    scheduled: bool = Field(False, description="Given by the user office")
    nbShifts: int | None = Field(None, ge=0, description="Length [shifts]")


class SessionChange(BaseModel):
    """What changes of a session; what is not sent stays, null clears. A key may send `endDate` only."""

    startDate: LocalTimeIn | None = Field(None, description="Begin, facility-local")
    endDate: LocalTimeIn | None = Field(None, description="End, facility-local")
    nbShifts: int | None = Field(None, ge=0, description="Length [shifts]")
    comments: str | None = Field(None, max_length=2000, description="Remarks")
    beamLineOperator: str | None = Field(None, max_length=255, description="Local contact as text")
    nbReimbDewars: int | None = Field(None, ge=0, description="Dewars whose transport is reimbursed")


class PersonMetadata(BaseModel):
    """What ties a person to the session or proposal asked about."""

    sessions: int = Field(description="Sessions of the proposal that name the person")
    lastSession: datetime | None = Field(description="Start of the latest of them")
    role: str | None = Field(description="Role on the session; null for a proposal")
    remote: bool | None = Field(description="Takes part from afar; null for a proposal")


class PersonOut(BaseModel):
    """A person on a session or proposal."""

    model_config = ConfigDict(populate_by_name=True)

    personId: int = Field(description="Key")
    givenName: str | None = Field(description="Given name")
    familyName: str | None = Field(description="Family name")
    login: str | None = Field(description="Account name; null for keys of beamlines")
    metadata: PersonMetadata = Field(alias="_metadata", description="Their part")
