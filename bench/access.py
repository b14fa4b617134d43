"""What access costs of a session's page of events: finding out who asks, and what the conditions of a member add."""

import gc
import time
from dataclasses import dataclass
from functools import partial
from statistics import median

import uvloop

from pyispyb.auth.service import viewer_of
from pyispyb.db.database import connect

from .client import Client, Step, request, seconds_of
from .fill import MEASURED_SESSION
from .roles import Role, token
from .service import service_process, settings

ROUNDS = 20


@dataclass(frozen=True, slots=True)
class AccessCost:
    """Medians in milliseconds [ms]: of the member's page, of finding who asks, of what the member's conditions add."""

    page: float
    who: float
    conditions: float

    def line(self, database: str) -> str:
        """For people: both parts, and what they are of the page together."""
        who, conditions = self.who / self.page, self.conditions / self.page
        return (
            f"access, events of a session              {database:16} {self.who:.2f} ms who asks ({who:.0%}) "
            f"+ {self.conditions:.2f} ms conditions ({conditions:.0%}) = {who + conditions:.0%} of {self.page:.2f} ms"
        )


def access_cost(url: str, seconds: float) -> AccessCost:
    """Member and administrator, for whom there are no conditions, ask for the same page in turn for that long [s]."""
    pages: dict[Role, list[float]] = {"member": [], "administrator": []}
    with service_process(url) as port, Client(port) as client:
        for _ in range(ROUNDS):
            for role in pages:
                wanted = request("GET", f"/events?sessionId={MEASURED_SESSION}&limit=25", token(role))
                step = partial(_send, wanted)
                pages[role] += seconds_of(client, partial(_again, step), seconds / 2 / ROUNDS)
    member, administrator = (median(pages[role]) * 1000 for role in ("member", "administrator"))
    return AccessCost(member, uvloop.run(_who(url, seconds / 4)) * 1000, max(member - administrator, 0.0))


def _again(step: Step) -> Step:
    return step


def _send(wanted: bytes, client: Client) -> None:
    client.send(wanted)


async def _who(url: str, seconds: float) -> float:
    """Seconds it takes to know who holds a token."""
    databases = await connect(url, pool_size=1)
    # As the service does before it serves (`app.py`): what the bench holds is not walked through again and again.
    gc.collect()
    gc.freeze()
    took: list[float] = []
    configured = settings(url)
    async with databases.read() as db:
        give_up = time.perf_counter() + seconds
        while not took or time.perf_counter() < give_up:
            started = time.perf_counter()
            await viewer_of(db, configured, token("member"))
            took.append(time.perf_counter() - started)
    await databases.close()
    return median(took)
