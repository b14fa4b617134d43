"""Shared proposals, shares, and who sees what, over the wire."""

from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ..keys import RowKey


class Sharing(BaseModel):
    """Whether several laboratories share a proposal without seeing each other's samples."""

    bag: bool = Field(description="Members see their own laboratory's part (a block allocation group, BAG)")


class SharingOut(Sharing):
    """A proposal and how it is shared."""

    proposalId: int = Field(description="Key")
    proposal: str = Field(description="Name of the proposal")


def _exactly_one(values: BaseModel, *names: str) -> None:
    if sum(getattr(values, name) is not None for name in names) != 1:
        raise ValueError(f"name exactly one of {', '.join(names)}")


class NewShare(BaseModel):
    """A sample, or a protein with its samples, and whom to show it to: name one of each."""

    blSampleId: RowKey | None = Field(None, description="The sample")
    proteinId: RowKey | None = Field(None, description="The protein; its samples are shown with it")
    personId: RowKey | None = Field(None, description="Somebody of the proposal")
    laboratoryId: RowKey | None = Field(None, description="A laboratory that somebody of the proposal works in")
    login: str | None = Field(None, min_length=1, max_length=45, description="Anybody, by their account name")

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        _exactly_one(self, "blSampleId", "proteinId")
        _exactly_one(self, "personId", "laboratoryId", "login")
        return self


class ShareMetadata(BaseModel):
    """What the viewer is to a share."""

    may: list[str] = Field(description="What you may do: `see`, `take back`")
    because: str = Field(description="Why you see it")
    withYou: bool = Field(description="It is shared with you or your laboratory")


class ShareOut(BaseModel):
    """A sample, or a protein with its samples, shown to one more person or laboratory."""

    model_config = ConfigDict(populate_by_name=True)

    shareId: int = Field(description="Key")
    proposalId: int = Field(description="Its proposal")
    proposal: str = Field(description="Name of its proposal")
    blSampleId: int | None = Field(description="The sample; null where a protein is shared")
    proteinId: int | None = Field(description="The protein; null where a sample is shared")
    name: str | None = Field(description="Name of the sample, acronym of the protein")
    personId: int | None = Field(description="Whom it is shown to; null for a laboratory")
    givenName: str | None = Field(description="Their given name")
    familyName: str | None = Field(description="Their family name")
    laboratoryId: int | None = Field(description="The laboratory it is shown to; null for a person")
    laboratory: str | None = Field(description="Name of that laboratory")
    createdBy: int = Field(description="The person who shared it")
    sharedBy: str | None = Field(description="Their name")
    createdAt: datetime = Field(description="When, facility-local")
    metadata: ShareMetadata = Field(alias="_metadata", description="What you are to it")


class You(BaseModel):
    """What the viewer may do, and why."""

    may: list[str] = Field(description="`see`, `comment`, `change`, `move`, `share` and the like")
    because: str = Field(description="Every reason, as sentences")


class PersonWhoSees(BaseModel):
    """Somebody who sees an object."""

    personId: int = Field(description="Key")
    givenName: str | None = Field(description="Given name")
    familyName: str | None = Field(description="Family name")
    laboratoryId: int | None = Field(description="Where they work")
    laboratory: str | None = Field(description="Name of that laboratory")
    because: list[str] = Field(description="Every reason, as sentences")


class GroupThatSees(BaseModel):
    """Administrators, staff of beamlines, or a laboratory that it is shared with."""

    kind: Literal["administrators", "staff", "laboratory"] = Field(description="What it is")
    name: str = Field(description="Name of the group or laboratory")
    because: str = Field(description="Why, as a sentence")
    beamLines: list[str] = Field(description="The beamlines that give staff the right; empty for others")


class KeyThatSees(BaseModel):
    """An API key that sees an object."""

    name: str = Field(description="Name of the key")
    because: str = Field(description="Why, as a sentence")


class Access(BaseModel):
    """Who sees an object, and why."""

    you: You = Field(description="What you may do")
    people: list[PersonWhoSees] = Field(description="People, by family name; empty for those it is only shared with")
    groups: list[GroupThatSees] = Field(description="Administrators, staff, and laboratories that it is shared with")
    keys: list[KeyThatSees] = Field(description="API keys")
    complete: bool = Field(description="False where more may see it than are listed here")
