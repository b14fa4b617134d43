"""SQL of groups, permissions and people."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, literal, or_, select, union_all

from ..db.paging import Key
from ..db.typing import AnySelect, AnyUnion
from ..tables import (
    Account,
    Laboratory,
    Permission,
    Person,
    UserGroup,
    UserGroup_has_Permission,
    UserGroup_has_Person,
)

Where = Collection[ColumnElement[bool]]

GROUP_ORDER = (Key(UserGroup.name, descending=False), Key(UserGroup.userGroupId, descending=False))
PERMISSION_ORDER = (Key(Permission.type, descending=False), Key(Permission.permissionId, descending=False))
PERSON_ORDER = (Key(Person.familyName, descending=False), Key(Person.personId, descending=False))
_surname = func.coalesce(Person.familyName, "").label("surname")
FOUND_ORDER = (Key(_surname, descending=False), Key(Person.personId, descending=False))
"""The same order where people are searched for, by no index: in the order of one, a database walks through everybody,
row by row, until it has a page of those it wants."""


_PERSON = (Person.personId, Person.givenName, Person.familyName, Person.login)


def _ids() -> BindParameter[Any]:
    """The keys that a statement is about; they come when it is sent."""
    return bindparam("ids", expanding=True)


def groups(where: Where) -> AnySelect:
    """Groups by name."""
    return select(UserGroup.userGroupId, UserGroup.name).where(*where)


def group_to_change(group_id: int) -> AnySelect:
    """A group, held until the transaction ends: two changes of one group come one after the other."""
    return groups([UserGroup.userGroupId == group_id]).with_for_update()


@cache
def group_counts() -> AnyUnion:
    """Rows (userGroupId, what, n) of the groups `ids`: permissions and persons."""
    permissions = (
        select(UserGroup_has_Permission.userGroupId, literal("permissions").label("what"), func.count().label("n"))
        .where(UserGroup_has_Permission.userGroupId.in_(_ids()))
        .group_by(UserGroup_has_Permission.userGroupId)
    )
    persons = (
        select(UserGroup_has_Person.userGroupId, literal("persons"), func.count())
        .where(UserGroup_has_Person.userGroupId.in_(_ids()))
        .group_by(UserGroup_has_Person.userGroupId)
    )
    return union_all(permissions, persons)


def permissions(where: Where) -> AnySelect:
    """Permissions by their word."""
    return select(Permission.permissionId, Permission.type, Permission.description).where(*where)


def permissions_of_group(group_id: int) -> AnySelect:
    """What the members of a group hold."""
    return (
        permissions([UserGroup_has_Permission.userGroupId == group_id])
        .join(UserGroup_has_Permission, UserGroup_has_Permission.permissionId == Permission.permissionId)
        .order_by(Permission.type, Permission.permissionId)
    )


def permission_ids_of_group(group_id: int) -> AnySelect:
    """Keys of what the members of a group hold."""
    return select(UserGroup_has_Permission.permissionId).where(UserGroup_has_Permission.userGroupId == group_id)


@cache
def permission_counts() -> AnySelect:
    """Rows (permissionId, n): groups that give the permissions `ids`."""
    return (
        select(UserGroup_has_Permission.permissionId, func.count().label("n"))
        .where(UserGroup_has_Permission.permissionId.in_(_ids()))
        .group_by(UserGroup_has_Permission.permissionId)
    )


def permissions_of_types(types: Collection[str], *, lock: bool = False) -> AnySelect:
    """Permissions with these words, in any case; `lock` holds them until the transaction ends."""
    statement = permissions([Permission.type.in_(sorted(types))])
    return statement.with_for_update() if lock else statement


def held(permission_ids: Sequence[int]) -> AnySelect:
    """Rows (permissionId, n): people who can log in and hold these permissions."""
    closed = select(Account.personId).where(Account.disabledAt.is_not(None))
    return (
        select(UserGroup_has_Permission.permissionId, func.count(Person.personId.distinct()).label("n"))
        .join(UserGroup_has_Person, UserGroup_has_Person.userGroupId == UserGroup_has_Permission.userGroupId)
        .join(Person, Person.personId == UserGroup_has_Person.personId)
        .where(
            UserGroup_has_Permission.permissionId.in_(permission_ids),
            Person.login.is_not(None),
            Person.personId.not_in(closed),
        )
        .group_by(UserGroup_has_Permission.permissionId)
    )


def permissions_of_person(person_id: int) -> AnySelect:
    """What a person holds, by any group."""
    return (
        select(Permission.type)
        .join(UserGroup_has_Permission, UserGroup_has_Permission.permissionId == Permission.permissionId)
        .join(UserGroup_has_Person, UserGroup_has_Person.userGroupId == UserGroup_has_Permission.userGroupId)
        .where(UserGroup_has_Person.personId == person_id)
        .distinct()
    )


def account_of(person_id: int) -> AnySelect:
    """The account that a person has here, held until the transaction ends; an open one before one that is closed."""
    return (
        select(Account.login, Account.disabledAt)
        .where(Account.personId == person_id)
        .order_by(Account.disabledAt.is_not(None), Account.accountId)
        .limit(1)
        .with_for_update()
    )


def has_permission(group_id: int, permission_id: int) -> ColumnElement[bool]:
    """The row that gives a permission to a group."""
    return and_(
        UserGroup_has_Permission.userGroupId == group_id, UserGroup_has_Permission.permissionId == permission_id
    )


def has_person(group_id: int, person_id: int) -> ColumnElement[bool]:
    """The row that makes a person a member of a group."""
    return and_(UserGroup_has_Person.userGroupId == group_id, UserGroup_has_Person.personId == person_id)


def persons_of_group(group_id: int) -> AnySelect:
    """Members of a group by family name."""
    return (
        select(*_PERSON)
        .join(UserGroup_has_Person, UserGroup_has_Person.personId == Person.personId)
        .where(UserGroup_has_Person.userGroupId == group_id)
        .order_by(Person.familyName, Person.personId)
    )


def person(where: ColumnElement[bool]) -> AnySelect:
    """One person."""
    return select(*_PERSON).where(where)


def persons(where: Where) -> AnySelect:
    """People with their laboratories."""
    return (
        select(
            *_PERSON,
            _surname,
            Person.emailAddress,
            Laboratory.laboratoryId,
            Laboratory.name.label("laboratoryName"),
            Laboratory.city,
            Laboratory.country,
        )
        .outerjoin(Laboratory, Laboratory.laboratoryId == Person.laboratoryId)
        .where(*where)
    )


def named(word: str) -> ColumnElement[bool]:
    """People whose family name, given name or log-in begins with a word."""
    return or_(
        Person.familyName.startswith(word, autoescape=True),
        Person.login.startswith(word, autoescape=True),
        Person.givenName.startswith(word, autoescape=True),
    )


def in_group(group_id: int) -> ColumnElement[bool]:
    """Members of a group."""
    members = select(UserGroup_has_Person.personId).where(UserGroup_has_Person.userGroupId == group_id)
    return Person.personId.in_(members)


def giving(permission_id: int) -> ColumnElement[bool]:
    """Groups that give a permission."""
    giving = select(UserGroup_has_Permission.userGroupId).where(UserGroup_has_Permission.permissionId == permission_id)
    return UserGroup.userGroupId.in_(giving)


def holding(permission_id: int) -> ColumnElement[bool]:
    """People who hold a permission through a group."""
    holding = (
        select(UserGroup_has_Person.personId)
        .join(UserGroup_has_Permission, UserGroup_has_Permission.userGroupId == UserGroup_has_Person.userGroupId)
        .where(UserGroup_has_Permission.permissionId == permission_id)
    )
    return Person.personId.in_(holding)


@cache
def groups_of_persons() -> AnySelect:
    """Rows (personId, userGroupId, name): the groups of the people `ids`."""
    return (
        select(UserGroup_has_Person.personId, UserGroup.userGroupId, UserGroup.name)
        .join(UserGroup, UserGroup.userGroupId == UserGroup_has_Person.userGroupId)
        .where(UserGroup_has_Person.personId.in_(_ids()))
        .order_by(UserGroup.name)
    )


def groups_with(permission_ids: Sequence[int]) -> AnySelect:
    """Rows (permissionId, userGroupId, name): groups that give these permissions."""
    return (
        select(UserGroup_has_Permission.permissionId, UserGroup.userGroupId, UserGroup.name)
        .join(UserGroup, UserGroup.userGroupId == UserGroup_has_Permission.userGroupId)
        .where(UserGroup_has_Permission.permissionId.in_(permission_ids))
        .order_by(UserGroup.name)
    )


def holders(permission_ids: Sequence[int]) -> AnySelect:
    """Rows (permissionId, person): each person who holds one of these permissions, once for each."""
    return (
        select(UserGroup_has_Permission.permissionId, *_PERSON)
        .join(UserGroup_has_Person, UserGroup_has_Person.userGroupId == UserGroup_has_Permission.userGroupId)
        .join(Person, Person.personId == UserGroup_has_Person.personId)
        .where(UserGroup_has_Permission.permissionId.in_(permission_ids))
        .distinct()
        .order_by(Person.familyName, Person.personId)
    )
