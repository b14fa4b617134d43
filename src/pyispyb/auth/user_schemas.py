"""A user's own log-ins and links over the wire."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field


class OwnLogin(BaseModel):
    """One log-in that goes on."""

    loginId: int = Field(description="Key of the row")
    plugin: str = Field(description="Way of logging in")
    address: str | None = Field(description="Network address it was made from; null where none is known")
    createdAt: datetime = Field(description="When it was made")
    expiresAt: datetime = Field(description="When it ends unless it is used again")
    current: bool = Field(description="The log-in that asks")


class OwnLogins(BaseModel):
    """The log-ins of one person or key that go on."""

    results: list[OwnLogin] = Field(description="Newest first")


class LinkRequest(BaseModel):
    """Which file a link is wanted for."""

    path: str = Field(
        min_length=1,
        max_length=500,
        pattern="^/",
        description="Address of a file or picture with its parameters, such as `/datacollections/attachments/7`",
    )
    method: Literal["GET", "HEAD"] = Field("GET", description="A link serves both, and nothing that changes anything")


class SignedLink(BaseModel):
    """A link that works without a log-in for a short time."""

    url: str = Field(description="Address on this host; whoever has it can fetch this one file")
    validity: int = Field(description="How long it works [s]")
