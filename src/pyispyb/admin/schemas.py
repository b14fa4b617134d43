"""Groups, permissions and people over the wire."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ..keys import RowKey

GroupName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=31, pattern=r"^[^\x00-\x1f]+$")
]
PermissionType = Annotated[str, StringConstraints(min_length=1, max_length=15, pattern=r"^[A-Za-z0-9_.-]+$")]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]


class Sent(BaseModel):
    """What administrators send: a field that is not known is a mistake."""

    model_config = ConfigDict(extra="forbid")


class Out(BaseModel):
    """What they are answered."""

    model_config = ConfigDict(populate_by_name=True)


class GroupCounts(BaseModel):
    """What a group has."""

    permissions: int = Field(description="Permissions that its members hold")
    persons: int = Field(description="Members")


class UserGroupOut(Out):
    """A group of people with the same permissions."""

    userGroupId: int = Field(description="Key")
    name: str = Field(description="Name")
    metadata: GroupCounts = Field(alias="_metadata", description="Counts")


class PermissionOfGroup(BaseModel):
    """A permission that the members of a group hold."""

    permissionId: int = Field(description="Key")
    type: str = Field(description="Word that programs know it by, such as `all_proposals`")
    description: str | None = Field(description="What it is for")


class PersonInGroup(BaseModel):
    """Somebody with their log-in."""

    personId: int = Field(description="Key")
    givenName: str | None = Field(description="Given name")
    familyName: str | None = Field(description="Family name")
    login: str | None = Field(description="Account name; null for somebody who cannot log in")


class GroupState(GroupCounts):
    """What a group has, and what you may do with it."""

    mayChangePersons: bool = Field(description="You may change who is in it, its name, or delete it")
    mayChangePermissions: bool = Field(description="You may change what its members hold")
    because: str | None = Field(description="Why you may not change who is in it")


class GroupWhole(Out):
    """A group with its permissions and members."""

    userGroupId: int = Field(description="Key")
    name: str = Field(description="Name")
    Permissions: list[PermissionOfGroup] = Field(description="What its members hold")
    Persons: list[PersonInGroup] = Field(
        description="Its first 500 members by family name; all of them with `GET /admin/persons?userGroupId=`"
    )
    metadata: GroupState = Field(alias="_metadata", description="Counts, and what you may do")


class GroupSent(Sent):
    """A new group, or a new name."""

    name: GroupName = Field(description="Name; no other group may have it")


class PermissionRef(Sent):
    """Which permission."""

    permissionId: RowKey = Field(description="The permission")


class PersonRef(Sent):
    """Which person: by key or by log-in."""

    personId: RowKey | None = Field(None, description="The person")
    login: str | None = Field(None, min_length=1, max_length=45, description="Their account name, in any case")

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.personId is None) == (self.login is None):
            raise ValueError("name the person by `personId` or by `login`")
        return self


class PermissionState(BaseModel):
    """Where a permission is used."""

    groups: int = Field(description="Groups whose members hold it")
    known: bool = Field(description="ISPyB itself gives it a meaning")
    beamLineGroups: list[str] = Field(description="Configured groups of beamlines whose staff its holders are")


class PermissionOut(Out):
    """Something that members of a group may do."""

    permissionId: int = Field(description="Key")
    type: str = Field(description="Word that programs know it by, such as `all_proposals`")
    description: str | None = Field(description="What it is for")
    metadata: PermissionState = Field(alias="_metadata", description="Where it is used")


class NewPermission(Sent):
    """A new permission."""

    type: PermissionType = Field(description="Word that programs will know it by; no other permission may have it")
    description: Description | None = Field(None, description="What it is for")


class PermissionChange(Sent):
    """What changes of a permission; what is not sent stays."""

    type: PermissionType | None = Field(None, description="A new word; not for one that ISPyB or a beamline knows")
    description: Description | None = Field(None, description="What it is for; null clears it")


class LaboratoryOut(BaseModel):
    """Where somebody works."""

    laboratoryId: int = Field(description="Key")
    name: str | None = Field(description="Name")
    city: str | None = Field(description="City")
    country: str | None = Field(description="Country")


class GroupRef(BaseModel):
    """A group by name."""

    userGroupId: int = Field(description="Key")
    name: str = Field(description="Name")


class PersonWhole(PersonInGroup):
    """Somebody the facility knows, for administrators."""

    emailAddress: str | None = Field(description="E-mail address; null unless you hold `manage_persons`")
    Laboratory: LaboratoryOut | None = Field(description="Where they work")
    UserGroups: list[GroupRef] = Field(description="Groups they are in")


class BeamLineOut(BaseModel):
    """One beamline."""

    beamLineName: str = Field(description="Name as sessions carry it")
    archived: bool = Field(description="No longer in operation")


class StaffCounts(BaseModel):
    """How many."""

    staff: int = Field(description="People who are staff of these beamlines")


class BeamlineGroupOut(Out):
    """A configured group of beamlines, and who is its staff."""

    groupName: str = Field(description="Name for people")
    uiGroup: str = Field(description="Kind of pages that fit: mx, em, saxs, ssx, imaging")
    permission: str = Field(description="Whoever holds this permission is staff")
    permissionId: int | None = Field(description="Its key; null while the database has no such permission")
    beamLines: list[BeamLineOut] = Field(description="Its beamlines")
    UserGroups: list[GroupRef] = Field(description="Groups that give the permission")
    Persons: list[PersonInGroup] = Field(description="Its staff by family name, at most 500")
    metadata: StaffCounts = Field(alias="_metadata", description="Counts")
