"""Who can log in no more: closing the accounts that people have here, and ending their log-ins."""

from typing import Any

from sqlalchemy import Row, update

from ..access import Viewer
from ..audit import Action, Origin, record
from ..auth import accounts
from ..auth.queries import LOCAL
from ..clock import utc_now
from ..db.database import Database
from ..errors import Invalid, NotFound
from ..tables import Account, Person
from . import grants, queries


async def person_to_close(db: Database, viewer: Viewer, person_id: int) -> int:
    """The person, if the viewer may close what they log in with. Raises NotFound, Forbidden."""
    person = await db.one(queries.person(Person.personId == person_id), NotFound.of("person", person_id))
    held = await db.all(queries.permissions_of_person(person_id))
    grants.require_not_above(viewer, person.login or str(person_id), (row.type for row in held))
    return person_id


async def disable(db: Database, origin: Origin, person_id: int) -> None:
    """Close a person's account: its log-ins end, and there are no new ones. Nothing happens when it is closed.

    Raises Invalid for somebody without an account, Forbidden for the last one who could undo it.
    """
    account = await _account(db, person_id)
    if account.disabledAt is not None:
        return
    async with grants.keeping_administrators(db):
        await _set(db, person_id, disabledAt=utc_now())
    await accounts.end_logins(db, person_id, LOCAL)
    await record(db, origin, Action.ACCOUNT_DISABLE, "person", person_id, account=account.login)


async def enable(db: Database, origin: Origin, person_id: int) -> None:
    """Open a person's account again, with the password it had; nothing happens when it is open.

    Raises Invalid for somebody without an account.
    """
    account = await _account(db, person_id)
    if account.disabledAt is None:
        return
    await _set(db, person_id, disabledAt=None)
    await record(db, origin, Action.ACCOUNT_ENABLE, "person", person_id, account=account.login)


async def end_logins(db: Database, origin: Origin, person_id: int) -> None:
    """End every log-in of a person, however it was made: tokens and links stop at once, and streams soon after."""
    await accounts.end_logins(db, person_id)
    await record(db, origin, Action.LOGINS_END, "person", person_id)


async def _account(db: Database, person_id: int) -> Row[Any]:
    account = await db.first(queries.account_of(person_id))
    if account is None:
        raise Invalid("They have no account here: they log in at the facility's provider, or not at all.")
    return account


async def _set(db: Database, person_id: int, **values: Any) -> None:
    await db.execute(update(Account).where(Account.personId == person_id).values(values))
