"""Which person somebody is whom a provider outside knows; their name, address and groups follow the provider."""

import hashlib
import logging
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, insert
from sqlalchemy.exc import DBAPIError, IntegrityError

from .. import audit
from ..audit import Action, Origin
from ..db.database import Database
from ..db.privileges import lacks_privilege
from ..db.writes import insert_row, refusal, update_rows
from ..errors import LoginRefused
from ..tables import Person, UserGroup_has_Person
from . import person_queries as queries
from .names import is_login, same_login
from .plugins.base import Claims
from .settings import PersonSettings

logger = logging.getLogger(__name__)

UNKNOWN = "You are logged in at the facility, but ISPyB knows nobody by your name. Ask the user office."
AMBIGUOUS = "You are logged in at the facility, but ISPyB cannot tell which person you are. Ask the user office."

_BIGGEST_NUMBER = 2**128


class UnknownPerson(LoginRefused):
    """The provider vouches for somebody who is no person of this ISPyB, or more than one."""


def external_key(value: str | int) -> bytes | None:
    """`Person.externalId` for the key that a user portal has for somebody; None for an empty one.

    A UUID is its 16 bytes; a number its value with the most significant byte first, as py-ispyb keeps the portal's
    numbers; any other text the first 16 bytes of its SHA-256.
    """
    text = str(value).strip()
    if not text:
        return None
    if text.isascii() and text.isdecimal() and int(text) < _BIGGEST_NUMBER:
        return int(text).to_bytes(16, "big")
    try:
        return uuid.UUID(text).bytes
    except ValueError:
        return hashlib.sha256(text.encode()).digest()[:16]


async def person_of(db: Database, settings: PersonSettings, claims: Claims, origin: Origin) -> int:
    """The person of these claims, brought up to date, or made if the settings say so.

    Raises UnknownPerson when there is none, or when login and external id are those of different people.
    """
    by_key = settings.match == "external_id"
    key = external_key(claims.external_id) if by_key and claims.external_id is not None else None
    person = _the_one(await _candidates(db, claims, key), claims, key, by_key=by_key)
    if person is not None:
        person_id: int = person.personId
        await _refresh(db, person, claims)
    elif settings.create:
        person_id = await _create(db, claims, key, origin)
    else:
        raise _unknown(claims, UNKNOWN, "there is no such person")
    await _follow_groups(db, person_id, claims, origin)
    return person_id


async def _candidates(db: Database, claims: Claims, key: bytes | None) -> Sequence[Row[Any]]:
    # A Latin-1 column holds no such login, and MariaDB refuses to compare it with one.
    login = claims.login if refusal(db.catalogue.facts(Person.login), claims.login) is None else None
    return await db.all(queries.candidates(login, key)) if login is not None or key is not None else ()


def _the_one(found: Sequence[Row[Any]], claims: Claims, key: bytes | None, *, by_key: bool) -> Row[Any] | None:
    of_key = [person for person in found if key is not None and person.externalId == key]
    of_login = [person for person in found if same_login(person.login, claims.login)]
    if of_key:
        if len({person.personId for person in (*of_key, *of_login)}) > 1:
            raise _unknown(claims, AMBIGUOUS, "login and external id are those of different people")
        return of_key[0]
    if len(of_login) > 1:
        raise _unknown(claims, AMBIGUOUS, "there are several people with this login")
    # A login that was given to somebody else does not open the account of whom it belonged to before.
    if of_login and by_key and of_login[0].externalId is not None:
        raise _unknown(claims, UNKNOWN, "the person with this login has another external id")
    return of_login[0] if of_login else None


def _unknown(claims: Claims, sentence: str, why: str) -> UnknownPerson:
    logger.warning("log-in by %s refused: %s", claims.plugin, why)
    return UnknownPerson(sentence)


def _details(db: Database, claims: Claims) -> dict[str, str]:
    """Name and address that the provider tells and the database can keep. What is too long is not cut."""
    told = {"givenName": claims.given_name, "familyName": claims.family_name, "emailAddress": claims.email}
    kept: dict[str, str] = {}
    for name, value in told.items():
        if not value:
            continue
        if reason := refusal(db.catalogue.facts(getattr(Person, name)), value):
            logger.warning("%s of a person is not taken from %s: it %s", name, claims.plugin, reason)
        else:
            kept[name] = value
    return kept


async def _refresh(db: Database, person: Row[Any], claims: Claims) -> None:
    changed = {name: value for name, value in _details(db, claims).items() if getattr(person, name) != value}
    if not changed:
        return
    try:
        await update_rows(db, Person, Person.personId == person.personId, changed)
    except DBAPIError as error:
        if not lacks_privilege(error):
            raise
        logger.warning("the database account may not change Person: names and addresses stay as they are")


async def _create(db: Database, claims: Claims, key: bytes | None, origin: Origin) -> int:
    if not is_login(claims.login):
        raise _unknown(claims, UNKNOWN, "the login has letters that cannot be seen")
    if reason := refusal(db.catalogue.facts(Person.login), claims.login):
        raise _unknown(claims, UNKNOWN, f"the login {reason}")
    try:
        made = await insert_row(db, Person, {**_details(db, claims), "login": claims.login, "externalId": key})
    except IntegrityError as error:
        # Two log-ins at once, or a login that this database takes for the same as another.
        raise _unknown(claims, UNKNOWN, "the database has a person with this login") from error
    await audit.record(
        db, origin.calling_themselves(claims.login), Action.PERSON_CREATE, "person", made.key, by=claims.plugin
    )
    return made.key


async def _follow_groups(db: Database, person_id: int, claims: Claims, origin: Origin) -> None:
    """Make the person a member of exactly those groups that the provider says, of those that follow it."""
    if not claims.memberships:
        return
    found = await db.all(queries.groups(claims.memberships))
    known = {row.name: row.userGroupId for row in found if row.name in claims.memberships}
    if missing := sorted(set(claims.memberships) - set(known)):
        logger.warning("log-in provider %s: there is no user group %s", claims.plugin, ", ".join(missing))
    member_of = {row.userGroupId for row in await db.all(queries.groups_of(person_id, known.values()))}
    for name, group_id in known.items():
        belongs = claims.memberships[name]
        if belongs == (group_id in member_of):
            continue
        if belongs:
            await db.execute(insert(UserGroup_has_Person).values(userGroupId=group_id, personId=person_id))
        else:
            await db.execute(queries.leave_group(person_id, group_id))
        await audit.record(
            db,
            origin.calling_themselves(claims.login),
            Action.GROUP_PERSON_ADD if belongs else Action.GROUP_PERSON_REMOVE,
            "group",
            group_id,
            name=name,
            personId=person_id,
            by=claims.plugin,
        )
