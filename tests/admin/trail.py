"""What a test reads of the audit trail."""

from typing import Any

import orjson
from sqlalchemy import select

from pyispyb.tables import Audit
from tests.world import World


async def entries(world: World, action: str, key: object = None) -> list[dict[str, Any]]:
    """Entries of one kind of action, of one object if it is named, oldest first."""
    columns = (Audit.subject, Audit.login, Audit.address, Audit.objectKind, Audit.objectId, Audit.detail, Audit.request)
    wanted = select(*columns).where(Audit.action == action).order_by(Audit.auditId)
    if key is not None:
        wanted = wanted.where(Audit.objectId == str(key))
    async with world.service.database() as db:
        rows = await db.all(wanted)
    return [{**row._mapping, "detail": orjson.loads(row.detail) if row.detail else None} for row in rows]
