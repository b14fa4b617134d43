"""People, laboratories, groups and what groups permit."""

# ruff: noqa: N801 - classes are named as their tables

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Binary16, EnumText, Int, LocalTime, Text, TinyInt, UInt
from .base import NOW, Base, column, index, key, unique


class Laboratory(Base):
    """Where people work."""

    laboratoryId: Mapped[int] = key(UInt)
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    laboratoryUUID: Mapped[str | None] = column(Text(45))
    name: Mapped[str | None] = column(Text(45))
    address: Mapped[str | None] = column(Text(255))
    city: Mapped[str | None] = column(Text(45))
    country: Mapped[str | None] = column(Text(45))
    url: Mapped[str | None] = column(Text(255))
    organization: Mapped[str | None] = column(Text(45))
    laboratoryPk: Mapped[int | None] = column(UInt, only="dls")
    postcode: Mapped[str | None] = column(Text(15), only="dls")
    EORINumber: Mapped[str | None] = column(Text(17), only="dls")
    laboratoryExtPk: Mapped[int | None] = column(Int, only="collab")


class Person(Base):
    """Somebody the facility knows. `externalId` is their key in the user portal."""

    __table_args__ = (
        index("familyName"),
        unique("login"),
        index("siteId"),
    )

    personId: Mapped[int] = key(UInt)
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    laboratoryId: Mapped[int | None] = column(UInt, "Laboratory.laboratoryId")
    siteId: Mapped[int | None] = column(Int)
    personUUID: Mapped[str | None] = column(Text(45))
    familyName: Mapped[str | None] = column(Text(100))
    givenName: Mapped[str | None] = column(Text(45))
    title: Mapped[str | None] = column(Text(45))
    emailAddress: Mapped[str | None] = column(Text(60))
    phoneNumber: Mapped[str | None] = column(Text(45))
    login: Mapped[str | None] = column(Text(45))
    faxNumber: Mapped[str | None] = column(Text(45))
    cache: Mapped[str | None] = column(Text())
    externalId: Mapped[bytes | None] = column(Binary16)
    passwd: Mapped[str | None] = column(Text(45), only="collab")


class Permission(Base):
    """Something that members of a user group may do."""

    permissionId: Mapped[int] = key(Int)
    type: Mapped[str] = column(Text(15))
    description: Mapped[str | None] = column(Text(100))


class UserGroup(Base):
    """People with the same permissions."""

    __table_args__ = (unique("name"),)

    userGroupId: Mapped[int] = key(Int)
    name: Mapped[str] = column(Text(31))


class UserGroup_has_Permission(Base):
    """What the members of a user group may do."""

    userGroupId: Mapped[int] = key(Int, "UserGroup.userGroupId", ondelete="CASCADE")
    permissionId: Mapped[int] = key(Int, "Permission.permissionId", ondelete="CASCADE")


class UserGroup_has_Person(Base):
    """Who belongs to a user group."""

    userGroupId: Mapped[int] = key(Int, "UserGroup.userGroupId", ondelete="CASCADE")
    personId: Mapped[int] = key(UInt, "Person.personId", ondelete="CASCADE")


class UserGroup_has_LDAPSearchParameters(Base, only="dls"):
    """Which directory search fills a user group."""

    userGroupId: Mapped[int] = key(Int, "UserGroup.userGroupId")
    ldapSearchParametersId: Mapped[int] = key(Int, "LDAPSearchParameters.ldapSearchParametersId")
    name: Mapped[str] = key(Text(200))


class LDAPSearchParameters(Base, only="dls"):
    """How to find the members of a group in a directory."""

    ldapSearchParametersId: Mapped[int] = key(Int)
    accountType: Mapped[str] = column(EnumText("group_member", "staff_account", "functional_account"))
    oneOrMany: Mapped[str] = column(EnumText("one", "many"))
    hostURL: Mapped[str] = column(Text(200))
    attributes: Mapped[str] = column(Text(255))
    accountTypeGroupName: Mapped[str | None] = column(Text(100))
    filter: Mapped[str | None] = column(Text(200))


class LDAPSearchBase(Base, only="dls"):
    """Where in a directory to search."""

    ldapSearchBaseId: Mapped[int] = key(Int)
    ldapSearchParametersId: Mapped[int] = column(Int, "LDAPSearchParameters.ldapSearchParametersId")
    searchBase: Mapped[str] = column(Text(200))
    sequenceNumber: Mapped[int] = column(TinyInt)
