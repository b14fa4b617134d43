"""Local accounts: given to people, with a password that is kept as a hash."""

from sqlalchemy import insert, select, update

from ..audit import Action, Origin, record
from ..clock import utc_now
from ..db.database import Database
from ..errors import Invalid
from ..tables import Account, Login, Person
from .plugins import hash_password

SHORTEST_PASSWORD = 8
"""Letters of the shortest password (NIST SP 800-63B, section 5.1.1.2)."""

LONGEST_PASSWORD = 1000
"""What `auth/login` takes."""


async def has_account(db: Database, login: str) -> bool:
    """True when somebody can log in here under this name."""
    wanted = select(Account.accountId).where(Account.login == login, Account.disabledAt.is_(None))
    return await db.scalar(wanted) is not None


async def give_password(db: Database, origin: Origin, login: str, password: str) -> None:
    """Give the person with this log-in a local account, or the account a new password.

    A new password ends the log-ins that were made with the old one. Raises Invalid when there is no such person, and
    for a password that is too short or too long.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Invalid.field("password", f"must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} letters")
    person_id = await db.scalar(select(Person.personId).where(Person.login == login))
    if person_id is None:
        raise Invalid.field("login", f"no person has the login {login}")
    now = utc_now()
    values = {"passwordHash": hash_password(password), "personId": person_id, "disabledAt": None}
    changed = await db.execute(update(Account).where(Account.login == login).values(values))
    if not changed.rowcount:
        await db.execute(insert(Account).values(login=login, createdAt=now, **values))
    await db.execute(
        update(Login)
        .where(Login.personId == person_id, Login.plugin == "local", Login.revokedAt.is_(None))
        .values(revokedAt=now)
    )
    await record(db, origin, Action.ACCOUNT_PASSWORD, "person", person_id, account=login)
