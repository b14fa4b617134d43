"""Local accounts: given to people, with a password that is kept as a hash; and the log-ins that people have."""

from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.exc import IntegrityError

from ..audit import Action, Origin, record
from ..clock import utc_now
from ..db.database import Database
from ..db.writes import insert_row, update_rows
from ..errors import Invalid
from ..tables import Account, Login
from . import queries
from .names import person_named, same_login
from .plugins import hash_password

SHORTEST_PASSWORD = 8
"""Letters of the shortest password (NIST SP 800-63B, section 5.1.1.2)."""

LONGEST_PASSWORD = 1000
"""What `auth/login` takes."""


async def has_account(db: Database, login: str) -> bool:
    """True when somebody can log in here under this name."""
    account = await _account(db, login)
    return account is not None and account.disabledAt is None


async def _account(db: Database, login: str) -> Row[Any] | None:
    wanted = select(Account.accountId, Account.login, Account.disabledAt).where(Account.login == login)
    account = await db.first(wanted)
    return account if account is not None and same_login(account.login, login) else None


async def give_password(db: Database, origin: Origin, login: str, password: str) -> None:
    """Give the person with this log-in a local account, or the account a new password.

    A new password ends the log-ins that were made with the old one. Raises Invalid when there is no such person, when
    the database takes the name for that of another account, and for a password that is too short or too long.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Invalid.field("password", f"must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} letters")
    person_id = await require_person(db, login)
    account = await _account(db, login)
    values = {"passwordHash": hash_password(password), "personId": person_id, "disabledAt": None}
    if account is not None:
        await update_rows(db, Account, Account.accountId == account.accountId, values)
    else:
        try:
            await insert_row(db, Account, {**values, "login": login, "createdAt": utc_now()})
        except IntegrityError as error:
            raise Invalid.field("login", "is the name of another account to this database") from error
    await end_logins(db, person_id, queries.LOCAL)
    await record(db, origin, Action.ACCOUNT_PASSWORD, "person", person_id, account=login)


async def require_person(db: Database, login: str) -> int:
    """The person with this log-in. Raises Invalid when there is none."""
    person_id = await person_named(db, login)
    if person_id is None:
        raise Invalid.field("login", f"no person has the login {login}")
    return person_id


async def end_logins(db: Database, person_id: int, plugin: str | None = None) -> None:
    """End the log-ins of a person, or those made by one way of logging in: tokens and links stop at once."""
    running = [Login.personId == person_id, Login.revokedAt.is_(None)]
    if plugin is not None:
        running.append(Login.plugin == plugin)
    await db.execute(update(Login).where(*running).values(revokedAt=utc_now()))
