"""Options over the wire."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from ..auth.schemas import FacilityName
from .schemas import Out, Sent


def _web_address(value: str) -> str:
    """A page shows it as a link: nothing but a web address may become one."""
    if value and not value.startswith(("https://", "http://")):
        raise ValueError("must begin with https:// or http://")
    return value


WebAddress = Annotated[str, Field(max_length=500), AfterValidator(_web_address)]


class OptionsStored(BaseModel):
    """Where the options come from."""

    stored: list[str] = Field(description="Options that somebody has changed; the others are as in the settings")


class Options(Out):
    """What administrators change while ISPyB runs."""

    motd: str = Field(description="Message of the day on every page; empty for none")
    contact: str = Field(description="Whom to ask for help or access, as text; empty for none")
    helpUrl: str = Field(description="Address of the facility's own help pages; empty for none")
    metadata: OptionsStored = Field(alias="_metadata", description="Where they come from")


class OptionsChange(Sent):
    """What changes; what is not sent stays, and null goes back to the settings."""

    motd: str | None = Field(None, max_length=2000, description="Message of the day; empty for none")
    contact: str | None = Field(None, max_length=200, description="Whom to ask for help or access; empty for none")
    helpUrl: WebAddress | None = Field(None, description="Address of the facility's own help pages; empty for none")


NAMES = tuple(OptionsChange.model_fields)


class UiBeamLine(BaseModel):
    """One beamline."""

    beamLineName: str = Field(description="Name as sessions carry it")
    archived: bool = Field(description="No longer in operation")


class UiBeamLineGroup(BaseModel):
    """Beamlines that belong together."""

    groupName: str = Field(description="Name for people")
    uiGroup: str = Field(description="Kind of pages that fit: mx, em, saxs, ssx, imaging")
    beamLines: list[UiBeamLine] = Field(description="Its beamlines")


class UiOptions(BaseModel):
    """What a page needs to know before it draws."""

    motd: str = Field(description="Message of the day; empty for none")
    contact: str = Field(description="Whom to ask for help or access, as text; empty for none")
    helpUrl: str = Field(description="Address of the facility's own help pages; empty for none")
    beamLineGroups: list[UiBeamLineGroup] = Field(description="The facility's beamlines")
    facility: FacilityName = Field(description="Whose ISPyB this is")
    utcOffset: int = Field(description="How far the clock of all times without a zone is ahead of UTC just now [min]")
