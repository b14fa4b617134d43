"""Who reads what: every route that reads, asked by everybody.

A route that is not in `READS` fails `test_every_route_is_here` of the route table: whoever adds one says here who may
see what.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from pyispyb.tables import AutoProcProgramMessage, DataCollection
from tests.world import KEYS, PEOPLE, World

ANONYMOUS = "anonymous"
ROLES = (ANONYMOUS, *PEOPLE, *KEYS)

KNOWN = frozenset({*PEOPLE, *KEYS})
OF_SESSION = frozenset({"member", "session_member", "staff", "administrator", "key"})
OF_PROPOSAL = OF_SESSION | {"other_key"}  # a coming session is on BL2

ADMIN = frozenset({"admin"})
MANAGERS = frozenset({"admin", "clerk"})

MISSING = 2**31 - 1


@dataclass(frozen=True)
class Read:
    """One way to read: the thing it shows or lists, and who sees that."""

    path: str
    seen_by: frozenset[str]
    query: str = ""
    shows: str = ""
    """For lists: the name of an id in the world, and the field that carries it."""
    field: str = ""
    needs: Any = None
    """A column that the database must have."""
    refused: bool = False
    """Nobody's in particular: whoever is known and may not read it is told so."""

    def __str__(self) -> str:
        return f"{self.path}?{self.query}"


READS = (
    Read("/docs", KNOWN | {ANONYMOUS}),
    Read("/auth/config", KNOWN | {ANONYMOUS}),
    Read("/user/current", KNOWN),
    Read("/options/ui", KNOWN),
    Read("/detectors", KNOWN, "manufacturer=DECTRIS"),
    Read("/user/logins", KNOWN),
    Read("/processings/recipes", KNOWN),
    # administration
    Read("/admin/keys", frozenset({"admin", "staff", "other_staff"}), refused=True),
    Read("/options", ADMIN, refused=True),
    Read("/admin/groups", MANAGERS, refused=True),
    Read("/admin/groups/{userGroupId}", MANAGERS, refused=True),
    Read("/admin/permissions", MANAGERS, refused=True),
    Read("/admin/persons", MANAGERS, refused=True),
    Read("/admin/beamline-groups", MANAGERS, refused=True),
    Read("/admin/activity", ADMIN, "limit=1", refused=True),
    Read("/admin/activity/export", ADMIN, "action=option.change", refused=True),
    # one thing
    Read("/proposals/{proposal}", OF_PROPOSAL),
    Read("/sessions/{sessionId}", OF_SESSION),
    Read("/sessions/{sessionId}/live", frozenset()),
    Read("/sessions/{sessionId}/report", OF_SESSION),
    Read("/beamline-setups/{beamLineSetupId}", OF_SESSION),
    Read("/datacollections/{dataCollectionId}", OF_SESSION),
    Read("/datacollections/group/{dataCollectionGroupId}", OF_SESSION),
    Read("/datacollections/quality", OF_SESSION, "dataCollectionId={collection}"),
    Read("/datacollections/attachments/{attachmentId}", OF_SESSION),
    Read("/datacollections/images/{dataCollectionId}", OF_SESSION),
    Read("/datacollections/images/diffraction/{dataCollectionId}", OF_SESSION),
    Read(
        "/datacollections/images/quality/{dataCollectionId}",
        OF_SESSION,
        needs=DataCollection.imageQualityIndicatorsPlotPath,
    ),
    Read("/data/images", OF_SESSION, "dataCollectionId={collection}"),
    Read("/data/images/header", OF_SESSION, "dataCollectionId={collection}"),
    Read("/data/images/histogram", OF_SESSION, "dataCollectionId={collection}"),
    Read("/data/images/preview", OF_SESSION, "dataCollectionId={collection}"),
    Read("/events/images/robot-action/{robotActionId}", OF_SESSION),
    Read("/events/images/energyscan/{energyScanId}", OF_SESSION),
    Read("/events/images/xfe-fluorescence-spectrum/{xfeFluorescenceSpectrumId}", OF_SESSION),
    Read("/processings/results/{autoProcProgramId}", OF_SESSION),
    Read("/processings/results/{autoProcProgramId}/deposition", OF_SESSION),
    Read("/processings/download", OF_SESSION, "sessionId={session}&files=all"),
    Read("/processings/table", OF_SESSION, "proposal={proposal_name}&format=xlsx"),
    Read("/processings/programs/{autoProcProgramId}/attachments", OF_SESSION),
    Read("/processings/programs/{autoProcProgramId}/messages", OF_SESSION),
    Read("/processings/attachments/{autoProcProgramAttachmentId}", OF_SESSION),
    Read("/processings/attachments/{autoProcProgramAttachmentId}/summary", OF_SESSION),
    Read("/structures/{structureId}", OF_SESSION),
    Read("/structures/{structureId}/files/{file}", OF_SESSION),
    Read("/structures/{structureId}/files/{file}/summary", OF_SESSION),
    Read("/structures/{structureId}/files/{model}/model", OF_SESSION),
    Read("/structures/{structureId}/files/{file}/map", OF_SESSION, "kind=2fofc"),
    Read("/structures/{structureId}/blobs/{number}/views/{view}", OF_SESSION),
    Read("/processings/jobs/{processingJobId}", OF_SESSION),
    Read("/processings/screenings/{screeningId}", OF_SESSION),
    Read("/processings/xray-centrings/{xrayCentringId}", OF_SESSION),
    Read("/datacollections/workflows/{workflowId}", OF_SESSION),
    Read("/datacollections/workflows/steps/{workflowStepId}", OF_SESSION),
    Read("/events/energyscan/{energyScanId}/values", OF_SESSION),
    Read("/events/xfe-fluorescence-spectrum/{xfeFluorescenceSpectrumId}/values", OF_SESSION),
    Read("/samples/{blSampleId}", OF_SESSION),
    Read("/proteins/{proteinId}", OF_SESSION),
    Read("/containers/{containerId}", OF_SESSION),
    Read("/proposals/{proposal}/access", OF_PROPOSAL),
    Read("/sessions/{sessionId}/access", OF_SESSION),
    Read("/samples/{blSampleId}/access", OF_SESSION),
    Read("/datacollections/{dataCollectionId}/access", OF_SESSION),
    # lists
    Read("/shares", KNOWN),
    Read("/proposals", OF_PROPOSAL, "proposalId={proposal}", "proposal", "proposalId"),
    Read("/proposals", OF_PROPOSAL, "search={proposal_name}&total=exact", "proposal", "proposalId"),
    Read("/sessions", OF_SESSION, "session={proposal_name}-1&total=exact", "session", "sessionId"),
    Read("/sessions", OF_SESSION, "proposalId={proposal}&active=true", "session", "sessionId"),
    Read("/sessions/group", OF_SESSION, "beamLineGroup=MX&proposalId={proposal}&active=true", "session", "sessionId"),
    Read("/persons", OF_SESSION, "sessionId={session}", "session_member", "personId"),
    Read("/persons", OF_PROPOSAL, "proposal={proposal_name}", "member", "personId"),
    Read("/beamline-setups", OF_SESSION, "limit=500", "setup", "beamLineSetupId"),
    Read(
        "/datacollections/attachments",
        OF_SESSION,
        "dataCollectionId={collection}",
        "attachment",
        "dataCollectionFileAttachmentId",
    ),
    Read(
        "/datacollections/attachments",
        OF_SESSION,
        "dataCollectionGroupId={group}",
        "attachment",
        "dataCollectionFileAttachmentId",
    ),
    Read("/events", OF_SESSION, "sessionId={session}&eventType=dc&total=exact", "collection", "id"),
    Read("/events", OF_SESSION, "session={proposal_name}-1", "collection", "id"),
    Read("/events", OF_SESSION, "proposal={proposal_name}&eventType=dc", "collection", "id"),
    Read("/events", OF_SESSION, "dataCollectionGroupId={group}", "collection", "id"),
    Read("/events", OF_SESSION, "dataCollectionId={collection}", "collection", "id"),
    Read("/events", OF_SESSION, "blSampleId={sample1}&eventType=dc", "collection", "id"),
    Read("/events", OF_SESSION, "proteinId={protein}&eventType=dc", "collection", "id"),
    Read("/events", OF_SESSION, "sessionId={session}&processing=success&total=exact", "collection", "id"),
    Read("/events/progress", OF_SESSION, "sessionId={session}", "session", "sessionId"),
    Read("/events/types", OF_SESSION, "sessionId={session}"),
    Read("/events/types", OF_SESSION, "proposalId={proposal}"),
    Read("/processings/results", OF_SESSION, "dataCollectionId={collection}", "run", "autoProcProgramId"),
    Read("/processings/auto-integrations", OF_SESSION, "dataCollectionId={collection}", "run", "autoProcProgramId"),
    Read("/processings", OF_SESSION, "dataCollectionId={collection}", "other_run", "autoProcProgramId"),
    Read("/processings/status", OF_SESSION, "dataCollectionIds=[{collection}]"),
    Read(
        "/processings/messages",
        OF_SESSION,
        "dataCollectionId={collection}",
        "run_message",
        "autoProcProgramMessageId",
        needs=AutoProcProgramMessage.message,
    ),
    Read(
        "/processings/messages/status",
        OF_SESSION,
        "dataCollectionIds=[{collection}]",
        needs=AutoProcProgramMessage.message,
    ),
    Read("/processings/attachments", OF_SESSION, "autoProcProgramId={run}", "run_file", "autoProcProgramAttachmentId"),
    Read("/processings/results", OF_SESSION, "proposal={proposal_name}", "run", "autoProcProgramId"),
    Read("/processings/cells", OF_SESSION, "spaceGroup=P6522&limit=200", "run", "autoProcProgramId"),
    Read("/structures", OF_SESSION, "dataCollectionId={collection}", "structure", "structureId"),
    Read("/structures", OF_SESSION, "proposal={proposal_name}", "structure", "structureId"),
    Read(
        "/processings/screenings",
        OF_SESSION,
        "dataCollectionId={collection}&total=exact",
        "screening",
        "screeningId",
    ),
    Read("/processings/screenings", OF_SESSION, "proposal={proposal_name}", "screening", "screeningId"),
    Read("/processings/xray-centrings", OF_SESSION, "blSampleId={sample1}&total=exact", "centring", "xrayCentringId"),
    Read("/datacollections/workflows", OF_SESSION, "sessionId={session}&total=exact", "workflow", "workflowId"),
    Read("/datacollections/workflows", OF_SESSION, "proposal={proposal_name}", "workflow", "workflowId"),
    Read("/datacollections/workflows/steps", OF_SESSION, "workflowId={workflow}"),
    Read("/processings/jobs", OF_SESSION, "dataCollectionId={collection}", "job", "processingJobId"),
    Read("/processings/jobs", OF_SESSION, "sessionId={session}&state=waiting&total=exact", "job", "processingJobId"),
    Read("/samples", OF_SESSION, "proposal={proposal_name}&total=exact", "sample1", "blSampleId"),
    Read("/samples", OF_SESSION, "sessionId={session}", "sample1", "blSampleId"),
    Read("/samples", OF_SESSION, "proteinId={protein}", "sample1", "blSampleId"),
    Read("/samples", OF_SESSION, "containerId={container}", "sample1", "blSampleId"),
    Read("/samples/sub", OF_SESSION, "blSampleId={sample1}", "sub_sample", "blSubSampleId"),
    Read("/samples/sub", OF_SESSION, "proposal={proposal_name}", "sub_sample", "blSubSampleId"),
    Read("/proteins", OF_SESSION, "proposal={proposal_name}", "protein", "proteinId"),
    Read("/containers", OF_SESSION, "proposal={proposal_name}", "container", "containerId"),
)

ID_OF = {
    "userGroupId": "staff_group",
    "sessionId": "session",
    "beamLineSetupId": "setup",
    "dataCollectionGroupId": "group",
    "dataCollectionId": "collection",
    "attachmentId": "attachment",
    "robotActionId": "robot",
    "energyScanId": "energy_scan",
    "xfeFluorescenceSpectrumId": "spectrum",
    "blSampleId": "sample1",
    "proteinId": "protein",
    "containerId": "container",
    "processingJobId": "job",
    "screeningId": "screening",
    "xrayCentringId": "centring",
    "workflowId": "workflow",
    "workflowStepId": "workflow_step",
    "autoProcProgramId": "run",
    "autoProcProgramAttachmentId": "run_file",
    "structureId": "structure",
    "file": "structure_file",
    "model": "structure_model",
    "number": "first",
    "view": "first",
}
ONE_THING = [read for read in READS if "{" in read.path and not read.refused]


def address(world: World, read: Read) -> str:
    ids = {field: world.ids[name] for field, name in ID_OF.items()}
    path = read.path.format(**{**ids, "proposal": world.proposal})
    return f"{path}?{read.query.format(**world.ids, proposal_name=world.proposal)}" if read.query else path


@pytest.mark.parametrize("read", READS, ids=str)
async def test_everybody_reads_what_is_theirs(furnished: World, read: Read) -> None:
    if read.needs is not None and not furnished.service.databases.catalogue.has(read.needs):
        pytest.skip("this flavour has no such column")
    wrong = {}
    for role in ROLES:
        if read.path.endswith("/live") and role in OF_SESSION:
            continue  # a stream that does not end: tests/live reads it
        seen = await seen_at(furnished, role, read)
        expected: Any = role in read.seen_by
        if not expected and (role == ANONYMOUS or read.refused):
            expected = 401 if role == ANONYMOUS else 403
        if seen != expected:
            wrong[role] = seen
    assert wrong == {}


@pytest.mark.in_turn
@pytest.mark.parametrize("read", READS, ids=str)
async def test_head_tells_nobody_more_than_get(furnished: World, read: Read) -> None:
    for role in (ANONYMOUS, "stranger", "member"):
        if read.path.endswith("/live") and role in OF_SESSION:
            continue  # a stream that does not end: tests/test_routers.py reads its head
        async with furnished.as_(role) as client:
            get, head = [await client.request(method, address(furnished, read)) for method in ("GET", "HEAD")]
        assert (head.status_code, head.content) == (get.status_code, b"")


async def seen_at(world: World, role: str, read: Read) -> Any:
    """True or False, or a status that is neither."""
    async with world.as_(role) as client:
        answer = await client.get(address(world, read))
    if answer.status_code == 404:
        return False
    if answer.status_code != 200:
        return answer.status_code
    if read.path.endswith(("/types", "/status")):
        told = answer.json()
        return bool(told if isinstance(told, list) else told["statuses"])
    if not read.shows:
        return True
    content = answer.json()
    results = content if isinstance(content, list) else content["results"]
    seen = [row[read.field] for row in results]
    if "total=exact" in read.query:
        assert content["total"] == len(results), "a total counts what is not shown"
    if world.ids[read.shows] not in seen:
        assert seen == [] or "limit" in read.query, "a list shows something else than what was asked for"
        return False
    return True


@pytest.mark.parametrize("read", ONE_THING, ids=str)
async def test_what_is_hidden_is_missing_in_the_same_words(furnished: World, read: Read) -> None:
    hidden = await furnished.refused("stranger", "GET", address(furnished, read))
    nothing = read.path.format(**dict.fromkeys(ID_OF, MISSING), proposal=f"zz{MISSING}")
    missing = await furnished.refused("stranger", "GET", nothing)
    mine = [str(value) for value in (*furnished.ids.values(), furnished.proposal)]
    for name in sorted(mine, key=len, reverse=True):
        hidden["detail"] = hidden["detail"].replace(f" {name} ", " N ")
    missing["detail"] = missing["detail"].replace(f" zz{MISSING} ", " N ").replace(f" {MISSING} ", " N ")
    assert {**hidden, "request": ""} == {**missing, "request": ""}


@pytest.mark.parametrize("role", [*PEOPLE, *KEYS])
@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/sessions", "sessionId"),
        ("/proposals", "proposal"),
        ("/samples", "blSampleId"),
        ("/proteins", "proteinId"),
        ("/containers", "containerId"),
    ],
)
async def test_lists_show_exactly_what_can_be_read_one_by_one(
    furnished: World, role: str, path: str, field: str
) -> None:
    ids, listed = furnished.ids, set()
    for proposal in (furnished.proposal, furnished.other_proposal):
        named = {"search": proposal} if path == "/proposals" else {"proposal": proposal}
        listed |= {row[field] for row in (await furnished.get(role, path, **named))["results"]}
    everything = {
        "/sessions": [ids[name] for name in ("session", "past_session", "coming_session", "other_session")],
        "/proposals": [furnished.proposal, furnished.other_proposal],
        "/samples": [ids[f"{prefix}sample{place}"] for prefix in ("", "other_") for place in (1, 2)],
        "/proteins": [ids["protein"], ids["other_protein"]],
        "/containers": [ids["container"], ids["other_container"]],
    }[path]
    async with furnished.as_(role) as client:
        readable = {key for key in everything if (await client.get(f"{path}/{key}")).status_code == 200}
    assert listed == readable


async def test_a_key_sees_names_of_people_and_not_their_accounts(furnished: World) -> None:
    people = (await furnished.get("key", "/persons", sessionId=furnished.ids["session"]))["results"]
    assert [person["login"] for person in people] == [None]
    assert [person["familyName"] for person in people] == [f"session_member {furnished.number}"]
