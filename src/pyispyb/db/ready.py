"""Whether a database can be served as it stands."""

from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from ..tables import BLSession
from .database import connect
from .migrations import newest_revision, revision_of


class NotReadyError(Exception):
    """The database cannot be served as it stands; the message says what to do."""


async def require_ready(url: str, *, connect_timeout: float) -> None:
    """Raises NotReadyError unless the database answers and has the tables that ISPyB cannot do without.

    An SQLite file that is not there is not made by looking for it.
    """
    try:
        _require_file(url)
        databases = await connect(url, pool_size=1, connect_timeout=connect_timeout)
    except (SQLAlchemyError, OSError) as error:
        raise NotReadyError(f"The database does not answer: {getattr(error, 'orig', None) or error}") from error
    async with databases.reading.connect() as connection:
        revision = await connection.run_sync(revision_of)
    await databases.close()
    if not databases.catalogue.has_table(BLSession):
        raise NotReadyError("The database has no ISPyB tables. `pyispyb db create` fills an empty one.")
    if revision is None:
        raise NotReadyError("ISPyB's own tables are missing. `pyispyb db upgrade` adds them and changes no other.")
    if revision != newest_revision():
        raise NotReadyError(
            f"ISPyB's own tables are those of another version (revision {revision}, needed: {newest_revision()}). "
            "`pyispyb db upgrade` brings them up to date and changes no other."
        )


def _require_file(url: str) -> None:
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        raise NotReadyError(f"There is no database at {address.database}. `pyispyb db create` makes one.")
