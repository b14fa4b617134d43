"""API keys over the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from ..access import Right

KeyState = Literal["good", "expired", "revoked"]

LONGEST_LIFE = 3650
"""Most days a key may live when it has an end at all."""

BeamLineName = Annotated[str, Field(min_length=1, max_length=45)]


class NewApiKey(BaseModel):
    """A key to be made."""

    name: str = Field(
        min_length=1,
        max_length=80,
        pattern=r"^[A-Za-z0-9](?:[A-Za-z0-9 ._:@/+-]*[A-Za-z0-9])?$",
        description="Name people will recognise, such as `bl1-mxcube`; no two keys share one, revoked ones included",
    )
    scopes: list[Right] = Field(min_length=1, max_length=len(Right), description="What it may do")
    beamLines: list[BeamLineName] = Field(
        default_factory=list, max_length=60, description="Beamlines it covers; needed for every scope but `portal:sync`"
    )
    days: int | None = Field(
        365, ge=1, le=LONGEST_LIFE, description="Days until it expires; null for a key that never does"
    )


class ApiKeyMaker(BaseModel):
    """Who made a key."""

    personId: int = Field(description="The person")
    login: str | None = Field(description="Account name")
    givenName: str | None = Field(description="Given name")
    familyName: str | None = Field(description="Family name")


class ApiKeyMetadata(BaseModel):
    """What is worked out of a key."""

    state: KeyState = Field(description="Whether it works")


class ApiKeyOut(BaseModel):
    """A key, without its secret."""

    apiKeyId: int = Field(description="Key of the row")
    name: str = Field(description="Its name")
    scopes: list[str] = Field(description="What it may do")
    beamLines: list[str] = Field(description="Beamlines it covers")
    createdAt: datetime = Field(description="When it was made")
    expiresAt: datetime | None = Field(description="When it stops to work; null for never")
    revokedAt: datetime | None = Field(description="When somebody stopped it")
    lastUsedAt: datetime | None = Field(description="Last use, to a minute; null for a key never used")
    Person: ApiKeyMaker | None = Field(description="Who made it; null where the command line did")
    metadata: ApiKeyMetadata = Field(alias="_metadata", description="Worked out")


class MadeApiKey(ApiKeyOut):
    """A key just made, with its secret."""

    secret: str = Field(description="What programs send as `Authorization: Bearer`. Shown this once and kept as a hash")
