"""The whole route table, asked by everybody, in a proposal that two laboratories share.

The routes come from the application itself: one that is neither in `READS` nor in `WRITES` fails
`test_every_route_is_here`. `READS` tells what each of them shows; a colleague of another laboratory sees headers of it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from sqlalchemy import insert

from pyispyb.app import API_BASE
from pyispyb.auth.secrets import digest, new_token
from pyispyb.clock import local_now, utc_now
from pyispyb.ndjson import MEDIA_TYPE
from pyispyb.reprocessing.place import place_of
from pyispyb.tables import (
    Account,
    DataCollectionGroup,
    Permission,
    Person,
    Reprocessing,
    Share,
    UserGroup,
    UserGroup_has_Permission,
    UserGroup_has_Person,
)
from tests.mx.documents import centring, screening
from tests.mx.structures.documents import refined
from tests.processing.documents import container, result
from tests.service import Service
from tests.world import KEYS, PEOPLE, World

from .shared import EXPIRED, LEADER, OTHER_LABORATORY, log_in, make_key
from .test_reads import ANONYMOUS, ID_OF, READS, Read, seen_at

KNOWN = frozenset({*PEOPLE, *KEYS, LEADER, OTHER_LABORATORY})
ROLES = (ANONYMOUS, EXPIRED, *PEOPLE, LEADER, OTHER_LABORATORY, *KEYS)
PERSONS = KNOWN - set(KEYS)
SEE_SESSION = frozenset({LEADER, "member", "session_member", OTHER_LABORATORY, "staff", "administrator", "key"})
SEE_MEASURED = SEE_SESSION - {OTHER_LABORATORY}

HEADERS = ("/proposals", "/sessions", "/persons", "/beamline-setups", "/events/progress")
"""What a colleague of another laboratory sees like any member: who and when, not what. Counts are of what they see."""


@pytest.mark.in_turn
@pytest.mark.parametrize("read", READS, ids=str)
async def test_everybody_reads_what_is_theirs_in_a_shared_proposal(shared_world: World, read: Read) -> None:
    if read.needs is not None and not shared_world.service.databases.catalogue.has(read.needs):
        pytest.skip("this flavour has no such column")
    public = ANONYMOUS in read.seen_by
    seen_by = read.seen_by | ({EXPIRED} if public else set())
    if "stranger" in read.seen_by or read.path.startswith(HEADERS):
        seen_by |= {OTHER_LABORATORY}
    if "member" in read.seen_by:
        seen_by |= {LEADER}
    wrong = {}
    for role in ROLES:
        if read.path.endswith("/live") and role in SEE_SESSION:
            continue  # a stream that does not end: tests/live reads it
        expected: Any = role in seen_by
        if not expected and role in {ANONYMOUS, EXPIRED}:
            expected = 401
        elif not expected and read.refused:
            expected = 403
        if (seen := await seen_at(shared_world, role, read)) != expected:
            wrong[role] = seen
    assert wrong == {}


Body = Callable[[World], Any]
Prepare = Callable[[World], Awaitable[None]]


@dataclass(frozen=True)
class Write:
    """One way to change something: who may (`allowed`), who sees it and may not (403); for others it is missing.

    `hidden` is what those are told; 403 where the right is asked for before anything is looked up. `prepare` makes what
    is changed anew before each request.
    """

    method: str
    path: str
    allowed: frozenset[str]
    body: Body = lambda world: None
    sees: frozenset[str] = frozenset()
    hidden: int = 404
    prepare: Prepare | None = None
    query: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


KEY = frozenset({"key"})
A_DAY = {"startDate": "2031-01-01T09:00:00", "endDate": "2031-01-01T17:00:00"}
TIMES = {"startTimestamp": "2026-11-20 14:00:00", "endTimestamp": "2026-11-20 14:00:31"}


def acquisition(method: str, path: str, body: Body, query: str = "", prepare: Prepare | None = None) -> Write:
    """What the key of the session's beamline writes; a person lacks the right, another key finds no such session."""
    return Write(method, path, KEY, body, sees=PERSONS, query=query, prepare=prepare)


def administration(method: str, path: str, allowed: str, body: Body = lambda world: None, **more: Any) -> Write:
    """What holders of one permission do; everybody else is told which one they lack."""
    return Write(method, path, frozenset(allowed.split()), body, hidden=403, **more)


def _word() -> str:
    """A name that nothing has yet."""
    return f"x{digest(new_token())[:14]}"


async def _new_group(world: World) -> None:
    world.ids["new_group"] = await world.add(UserGroup, name=_word())


async def _new_permission_and_group(world: World) -> None:
    await _new_group(world)
    world.ids["new_permission"] = await world.add(Permission, type=_word()[:15], description="One more")


async def _new_membership(world: World) -> None:
    await _new_group(world)
    await _new_account(world)
    async with world.service.database() as db:
        values = {"userGroupId": world.ids["new_group"], "personId": world.ids["new_person"]}
        await db.execute(insert(UserGroup_has_Person).values(values))


async def _new_grant(world: World) -> None:
    await _new_permission_and_group(world)
    async with world.service.database() as db:
        values = {"userGroupId": world.ids["new_group"], "permissionId": world.ids["new_permission"]}
        await db.execute(insert(UserGroup_has_Permission).values(values))


async def _new_account(world: World) -> None:
    login = _word()
    world.ids["new_person"] = person = await world.add(Person, login=login, familyName="Closed")
    await world.add(Account, login=login, personId=person, passwordHash="none", createdAt=utc_now())


async def _new_free_group(world: World) -> None:
    """A group of collections that is in no workflow."""
    world.ids["free_group"] = await world.add(
        DataCollectionGroup, sessionId=world.ids["session"], blSampleId=world.ids["sample1"]
    )


async def _new_key(world: World) -> None:
    await make_key(world, "BL2")


async def _new_share(world: World) -> None:
    world.ids["share"] = await world.add(
        Share,
        proposalId=world.ids["proposal"],
        blSampleId=world.ids["sample1"],
        personId=world.ids["other_staff"],
        createdBy=world.ids["member"],
        createdAt=utc_now(),
    )


async def _new_job(world: World) -> None:
    place = place_of(world.service.databases.catalogue)
    job = world.ids["job"] = await world.add(
        place.job, dataCollectionId=world.ids["collection"], recipe="any", automatic=False, recordTimestamp=local_now()
    )
    await world.add(Reprocessing, processingJobId=job, requestedAt=utc_now())


async def _new_person(world: World) -> None:
    world.logins["newcomer"] = _word()
    await world.add(Person, login=world.logins["newcomer"], familyName="Newcomer")


async def _new_login(world: World) -> None:
    await log_in(world, world.ids["member"])


WRITES = (
    acquisition("POST", "/datacollections/group", lambda world: {"sessionId": world.ids["session"]}),
    acquisition("POST", "/datacollections/datacollection", lambda world: {"group_id": world.ids["group"]}),
    acquisition("POST", "/images/image", lambda world: {"dataCollectionId": world.ids["collection"], "imageNumber": 7}),
    acquisition(
        "POST",
        "/datacollections/quality",
        lambda world: {"dataCollectionId": world.ids["collection"], "imageNumber": [1], "spotTotal": [5]},
    ),
    acquisition(
        "POST",
        "/datacollections/quality/stream",
        lambda world: f'{{"dataCollectionId": {world.ids["collection"]}, "imageNumber": [1], "spotTotal": [5]}}',
    ),
    acquisition(
        "POST",
        "/datacollections/grid-info",
        lambda world: {"dataCollectionId": world.ids["collection"], "steps_x": 3, "steps_y": 3},
    ),
    acquisition("POST", "/events/robot-action", lambda world: {"sessionId": world.ids["session"], **TIMES}),
    acquisition("POST", "/events/energyscan", lambda world: {"sessionId": world.ids["session"]}),
    acquisition("POST", "/events/xfe-fluorescence-spectrum", lambda world: {"sessionId": world.ids["session"]}),
    acquisition(
        "PATCH",
        "/events/energyscan/associate-bl-sample",
        lambda world: {"energyScanId": world.ids["energy_scan"], "blSampleId": world.ids["sample1"]},
    ),
    acquisition(
        "PATCH",
        "/sessions/{sessionId}/associate-beamline-setup",
        lambda world: None,
        query="beamLineSetupId={setup}",
    ),
    Write(
        "POST",
        "/sessions",
        KEY,
        lambda world: {"proposalId": world.ids["proposal"], "beamLineName": "BL1", **A_DAY},
        sees=PERSONS | {"other_key"},  # which has a session of the proposal on a beamline of its own
    ),
    Write(
        "POST",
        "/beamline-setups/beamline-setup",
        frozenset(KEYS),
        lambda world: {"focusingOptic": "CRL"},
        sees=PERSONS,
    ),
    acquisition("PATCH", "/samples/{blSampleId}", lambda world: {"blSampleStatus": "mounted"}),
    Write(
        "PATCH",
        "/sessions/{sessionId}",
        frozenset({"staff", "administrator"}),
        lambda world: {"comments": "The cryostream was changed."},
        sees=SEE_SESSION,
    ),
    acquisition("POST", "/processings/results", lambda world: result(world.ids["collection"], _word())),
    acquisition(
        "POST",
        "/processings/autoproc-container",
        container,
        query="dataCollectionId={collection}",
    ),
    acquisition(
        "POST",
        "/processings/programs",
        lambda world: {"dataCollectionId": world.ids["collection"], "processingPrograms": "pipeline"},
    ),
    Write(
        "POST",
        "/processings/jobs",
        SEE_MEASURED | KEY,
        lambda world: {
            "recipe": "autoprocessing-xia2-dials",
            "sweeps": [{"dataCollectionId": world.ids["collection"], "startImage": 1, "endImage": 2}],
        },
    ),
    Write("POST", "/processings/jobs/{processingJobId}/cancel", SEE_MEASURED | KEY, prepare=_new_job),
    acquisition("POST", "/processings/jobs/{processingJobId}/take", lambda world: None, prepare=_new_job),
    acquisition(
        "POST",
        "/processings/jobs/{processingJobId}/runs",
        lambda world: {"dataCollectionId": world.ids["collection"], "processingPrograms": "pipeline"},
    ),
    acquisition("POST", "/structures", lambda world: refined(world.ids["scaling"])),
    acquisition("POST", "/processings/screenings", lambda world: screening(dataCollectionId=world.ids["collection"])),
    acquisition("POST", "/processings/xray-centrings", lambda world: centring(world.ids["group"])),
    acquisition(
        "POST",
        "/datacollections/workflows",
        lambda world: {"dataCollectionGroupIds": [world.ids["free_group"]]},
        prepare=_new_free_group,
    ),
    acquisition("PATCH", "/datacollections/workflows/{workflowId}", lambda world: {"status": "running"}),
    acquisition("POST", "/datacollections/workflows/{workflowId}/steps", lambda world: {"workflowStepType": "Mesh"}),
    acquisition("PATCH", "/datacollections/workflows/steps/{workflowStepId}", lambda world: {"status": "success"}),
    acquisition("PATCH", "/processings/programs/{autoProcProgramId}", lambda world: {"processingStatus": "failed"}),
    Write("PATCH", "/datacollections/{dataCollectionId}", SEE_MEASURED, lambda world: {"comments": "Nice spots"}),
    Write("PATCH", "/datacollections/group/{dataCollectionGroupId}", SEE_MEASURED, lambda world: {"comments": "Best"}),
    # what is shared, and with whom
    Write(
        "PATCH",
        "/proposals/{proposal}/sharing",
        frozenset({LEADER, "administrator"}),
        lambda world: {"bag": True},
        sees=SEE_SESSION | {"other_key"},
    ),
    Write(
        "POST",
        "/shares",
        frozenset({LEADER, "member"}),
        lambda world: {"blSampleId": world.ids["sample1"], "login": world.logins["newcomer"]},
        prepare=_new_person,
        sees=SEE_MEASURED | set(KEYS),  # of keys nothing is even looked up
    ),
    Write(
        "DELETE",
        "/shares/{shareId}",
        frozenset({LEADER, "member", "administrator"}),
        prepare=_new_share,
        sees=frozenset({"other_staff", "staff"}),  # the receiver, and those of the beamline
    ),
    # what everybody does for themselves
    Write(
        "POST", "/user/sign", KNOWN, lambda world: {"path": f"/datacollections/attachments/{world.ids['attachment']}"}
    ),
    Write("DELETE", "/user/logins/{loginId}", frozenset({"member"}), prepare=_new_login),
    # administration
    administration("PATCH", "/options", "admin", lambda world: {"motd": "The ring is down on Tuesday."}),
    administration("POST", "/admin/groups", "admin clerk", lambda world: {"name": _word()}),
    administration(
        "PATCH", "/admin/groups/{userGroupId}", "admin clerk", lambda world: {"name": _word()}, prepare=_new_group
    ),
    administration("DELETE", "/admin/groups/{userGroupId}", "admin clerk", prepare=_new_group),
    administration(
        "POST",
        "/admin/groups/{userGroupId}/person",
        "admin clerk",
        lambda world: {"personId": world.ids["stranger"]},
        prepare=_new_group,
    ),
    administration("DELETE", "/admin/groups/{userGroupId}/person/{personId}", "admin clerk", prepare=_new_membership),
    administration(
        "POST",
        "/admin/groups/{userGroupId}/permission",
        "admin",
        lambda world: {"permissionId": world.ids["new_permission"]},
        prepare=_new_permission_and_group,
    ),
    administration("DELETE", "/admin/groups/{userGroupId}/permission/{permissionId}", "admin", prepare=_new_grant),
    administration("POST", "/admin/persons/{personId}/account/disable", "admin", prepare=_new_account),
    administration("POST", "/admin/persons/{personId}/account/enable", "admin", prepare=_new_account),
    administration("POST", "/admin/persons/{personId}/end-logins", "admin", prepare=_new_account),
    administration("POST", "/admin/permissions", "admin", lambda world: {"type": _word()[:15]}),
    administration(
        "PATCH",
        "/admin/permissions/{permissionId}",
        "admin",
        lambda world: {"description": "Another one"},
        prepare=_new_permission_and_group,
    ),
    administration(
        "POST",
        "/admin/keys",
        "admin staff",
        lambda world: {"name": _word(), "scopes": ["read"], "beamLines": ["BL1"]},
    ),
    Write(
        "DELETE",
        "/admin/keys/{apiKeyId}",
        frozenset({"admin", "staff"}),
        prepare=_new_key,
        sees=KNOWN - {"admin", "staff", "other_staff"},
    ),
)

OF_THE_CALLER = {
    ("POST", "/auth/login"),
    ("POST", "/auth/refresh"),
    ("POST", "/auth/logout"),
    ("GET", "/auth/oidc/{name}/start"),
    ("GET", "/auth/oidc/{name}/callback"),
}
"""They begin, prolong and end the log-in of whoever asks and reach nothing else: tests/auth."""


MADE = {
    "userGroupId": "new_group",
    "permissionId": "new_permission",
    "personId": "new_person",
    "apiKeyId": "api_key",
    "loginId": "login",
    "shareId": "share",
}
"""For each field of a path that writes: the name in the world of what is changed."""


def routes(service: Service) -> set[tuple[str, str]]:
    """Method and path of every route of the API."""
    return {
        (method, (found.path or "").removeprefix(API_BASE))
        for found in iter_route_contexts(service.app.routes)
        if isinstance(found.original_route, APIRoute) and (found.path or "").startswith(API_BASE)
        for method in found.methods or ()
        if method != "HEAD"
    }


def test_every_route_is_here(service: Service) -> None:
    known = OF_THE_CALLER | {("GET", read.path) for read in READS} | {(write.method, write.path) for write in WRITES}
    assert routes(service) ^ known == set()


@pytest.mark.parametrize("write", WRITES, ids=str)
async def test_everybody_changes_what_is_theirs(shared_world: World, write: Write) -> None:
    wrong = {}
    for role in ROLES:
        if write.prepare is not None:
            await write.prepare(shared_world)
        status = await _sent(shared_world, role, write)
        if status not in _expected(write, role):
            wrong[role] = status
    assert wrong == {}


def _expected(write: Write, role: str) -> set[int]:
    if role in write.allowed:
        return {200, 201, 204}
    if role in {ANONYMOUS, EXPIRED}:
        return {401}
    return {403 if role in write.sees else write.hidden}


async def _sent(world: World, role: str, write: Write) -> int:
    content = write.body(world)
    ids: dict[str, Any] = {field: world.ids.get(name) for field, name in {**ID_OF, **MADE}.items()}
    ids["proposal"] = world.proposal
    path = f"{write.path.format(**ids)}?{write.query.format(**world.ids)}"
    async with world.as_(role) as client:
        sent: dict[str, Any] = {"content": content} if isinstance(content, str) else {"json": content}
        answer = await client.request(write.method, path, **sent)
    if answer.headers.get("content-type") == MEDIA_TYPE:  # the answer to the one document
        return int(answer.json()["status"])
    return answer.status_code
