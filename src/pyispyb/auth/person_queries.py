"""SQL that finds the person of somebody a provider knows, and the user groups that follow the provider."""

from collections.abc import Iterable

from sqlalchemy import delete, or_, select
from sqlalchemy.sql.dml import Delete

from ..db.typing import AnySelect
from ..tables import Person, UserGroup, UserGroup_has_Person

_PERSON = (
    Person.personId,
    Person.login,
    Person.externalId,
    Person.givenName,
    Person.familyName,
    Person.emailAddress,
)


def candidates(login: str | None, external_id: bytes | None) -> AnySelect:
    """Persons with this login, as the database compares texts, or with this external id."""
    either = [Person.login == login] if login is not None else []
    if external_id is not None:
        either.append(Person.externalId == external_id)
    return select(*_PERSON).where(or_(*either)).order_by(Person.personId).limit(10)


def groups(names: Iterable[str]) -> AnySelect:
    """User groups of these names."""
    return select(UserGroup.userGroupId, UserGroup.name).where(UserGroup.name.in_(list(names)))


def groups_of(person_id: int, group_ids: Iterable[int]) -> AnySelect:
    """Which of these groups a person belongs to."""
    return select(UserGroup_has_Person.userGroupId).where(
        UserGroup_has_Person.personId == person_id, UserGroup_has_Person.userGroupId.in_(list(group_ids))
    )


def leave_group(person_id: int, group_id: int) -> Delete:
    """A person is no longer of a group."""
    return delete(UserGroup_has_Person).where(
        UserGroup_has_Person.personId == person_id, UserGroup_has_Person.userGroupId == group_id
    )
