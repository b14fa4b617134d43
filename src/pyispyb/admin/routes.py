"""Groups, permissions and people over HTTP."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from ..access import Permission, Viewer
from ..answers import Listed, answer
from ..audit import origin_of
from ..auth.dependencies import Holder
from ..db.dependencies import Db, Paged
from ..dependencies import Configured
from ..keys import LARGEST_KEY, RowKey
from ..routers import Router
from . import accounts, groups, permissions, persons
from .schemas import (
    BeamlineGroupOut,
    GroupSent,
    GroupWhole,
    NewPermission,
    PermissionChange,
    PermissionOut,
    PermissionRef,
    PersonRef,
    PersonWhole,
    UserGroupOut,
)

router = Router(prefix="/admin", tags=["Administration"])

GroupManager = Annotated[Viewer, Holder(Permission.MANAGE_GROUPS)]
PermissionManager = Annotated[Viewer, Holder(Permission.MANAGE_PERMS)]
EitherManager = Annotated[Viewer, Holder(Permission.MANAGE_GROUPS, Permission.MANAGE_PERMS)]
PersonManager = Annotated[Viewer, Holder(Permission.MANAGE_PERSONS)]
PersonReader = Annotated[Viewer, Holder(Permission.MANAGE_GROUPS, Permission.MANAGE_PERSONS)]

Key = Path(ge=1, le=LARGEST_KEY, description="Key")
GroupId = Annotated[int, Key]
PersonId = Annotated[int, Key]
Search = Annotated[str | None, Query(max_length=100, description="Part of the name")]


@router.get("/groups", response_model=Listed[UserGroupOut], operation_id="list_groups")
async def list_groups(
    viewer: EitherManager,
    db: Db,
    page: Paged,
    search: Search = None,
    permissionId: Annotated[RowKey | None, Query(description="That give this permission")] = None,
) -> Response:
    """Groups of people, by name. Needs `manage_groups` or `manage_perms`."""
    return answer(await groups.list_groups(db, search, permissionId, page))


@router.post("/groups", response_model=GroupWhole, status_code=201, operation_id="create_group")
async def create_group(viewer: GroupManager, db: Db, request: Request, new: GroupSent) -> Response:
    """Make a group without permissions and members. Needs `manage_groups`."""
    made = await groups.create_group(db, viewer, origin_of(request), new.name)
    location = f"{request.app.state.api_base}/admin/groups/{made['userGroupId']}"
    return answer(made, 201, {"Location": location})


@router.get("/groups/{userGroupId}", response_model=GroupWhole, operation_id="read_group")
async def read_group(viewer: EitherManager, db: Db, userGroupId: GroupId) -> Response:
    """One group with its permissions and members. Needs `manage_groups` or `manage_perms`."""
    return answer(await groups.read_group(db, viewer, userGroupId))


@router.patch("/groups/{userGroupId}", response_model=GroupWhole, operation_id="rename_group")
async def rename_group(
    viewer: GroupManager, db: Db, request: Request, userGroupId: GroupId, change: GroupSent
) -> Response:
    """Rename a group that gives no more than you hold. Needs `manage_groups`."""
    return answer(await groups.rename_group(db, viewer, origin_of(request), userGroupId, change.name))


@router.delete("/groups/{userGroupId}", status_code=204, response_class=Response, operation_id="delete_group")
async def delete_group(viewer: GroupManager, db: Db, request: Request, userGroupId: GroupId) -> Response:
    """Delete a group that gives no more than you hold; its members keep what others give. Needs `manage_groups`."""
    await groups.delete_group(db, viewer, origin_of(request), userGroupId)
    return Response(status_code=204)


@router.post(
    "/groups/{userGroupId}/permission",
    status_code=204,
    response_class=Response,
    operation_id="add_permission_to_group",
)
async def add_permission(
    viewer: PermissionManager, db: Db, request: Request, userGroupId: GroupId, added: PermissionRef
) -> Response:
    """Give the members of a group a permission; twice is no error. Needs `manage_perms`."""
    await groups.add_permission(db, origin_of(request), userGroupId, added.permissionId)
    return Response(status_code=204)


@router.delete(
    "/groups/{userGroupId}/permission/{permissionId}",
    status_code=204,
    response_class=Response,
    operation_id="remove_permission_from_group",
)
async def remove_permission(
    viewer: PermissionManager, db: Db, request: Request, userGroupId: GroupId, permissionId: Annotated[int, Key]
) -> Response:
    """Take a permission from the members of a group. Needs `manage_perms`."""
    await groups.remove_permission(db, origin_of(request), userGroupId, permissionId)
    return Response(status_code=204)


@router.post(
    "/groups/{userGroupId}/person", status_code=204, response_class=Response, operation_id="add_person_to_group"
)
async def add_person(
    viewer: GroupManager, db: Db, request: Request, userGroupId: GroupId, added: PersonRef
) -> Response:
    """Add somebody to a group that gives no more than you hold; twice is no error. Needs `manage_groups`."""
    await groups.add_person(db, viewer, origin_of(request), userGroupId, person_id=added.personId, login=added.login)
    return Response(status_code=204)


@router.delete(
    "/groups/{userGroupId}/person/{personId}",
    status_code=204,
    response_class=Response,
    operation_id="remove_person_from_group",
)
async def remove_person(
    viewer: GroupManager, db: Db, request: Request, userGroupId: GroupId, personId: Annotated[int, Key]
) -> Response:
    """Remove somebody from a group that gives no more than you hold. Needs `manage_groups`."""
    await groups.remove_person(db, viewer, origin_of(request), userGroupId, personId)
    return Response(status_code=204)


@router.get("/permissions", response_model=Listed[PermissionOut], operation_id="list_permissions")
async def list_permissions(
    viewer: EitherManager,
    db: Db,
    page: Paged,
    settings: Configured,
    search: Search = None,
    userGroupId: Annotated[RowKey | None, Query(description="Held by the members of this group")] = None,
) -> Response:
    """Permissions by their word. Needs `manage_groups` or `manage_perms`."""
    return answer(await permissions.list_permissions(db, settings, search, userGroupId, page))


@router.post("/permissions", response_model=PermissionOut, status_code=201, operation_id="create_permission")
async def create_permission(
    viewer: PermissionManager, db: Db, request: Request, settings: Configured, new: NewPermission
) -> Response:
    """Make a permission, such as one that makes its holders staff of a beamline. Needs `manage_perms`."""
    return answer(await permissions.create_permission(db, settings, origin_of(request), new), 201)


@router.patch("/permissions/{permissionId}", response_model=PermissionOut, operation_id="change_permission")
async def change_permission(
    viewer: PermissionManager,
    db: Db,
    request: Request,
    settings: Configured,
    permissionId: Annotated[int, Key],
    change: PermissionChange,
) -> Response:
    """Change what a permission says of itself. Needs `manage_perms`."""
    return answer(await permissions.change_permission(db, settings, origin_of(request), permissionId, change))


@router.get("/persons", response_model=Listed[PersonWhole], operation_id="list_all_persons")
async def list_persons(
    viewer: PersonReader,
    db: Db,
    page: Paged,
    search: Annotated[
        str | None, Query(max_length=100, description="Begins of family name, given name or log-in; all words must fit")
    ] = None,
    personId: Annotated[RowKey | None, Query(description="This person")] = None,
    userGroupId: Annotated[RowKey | None, Query(description="Members of this group")] = None,
    permissionId: Annotated[RowKey | None, Query(description="Who holds this permission, by any group")] = None,
) -> Response:
    """Everybody the facility knows, by family name. Needs `manage_persons` or `manage_groups`."""
    found = await persons.list_persons(
        db,
        viewer,
        page,
        search=search,
        person_id=personId,
        group_id=userGroupId,
        permission_id=permissionId,
    )
    return answer(found)


@router.post(
    "/persons/{personId}/account/disable", status_code=204, response_class=Response, operation_id="disable_account"
)
async def disable_account(viewer: PersonManager, db: Db, request: Request, personId: PersonId) -> Response:
    """Close somebody's account here and end the log-ins made with it; twice is no error. Needs `manage_persons`."""
    person_id = await accounts.person_to_close(db, viewer, personId)
    await accounts.disable(db, origin_of(request), person_id)
    return Response(status_code=204)


@router.post(
    "/persons/{personId}/account/enable", status_code=204, response_class=Response, operation_id="enable_account"
)
async def enable_account(viewer: PersonManager, db: Db, request: Request, personId: PersonId) -> Response:
    """Open somebody's account again, with the password it had; twice is no error. Needs `manage_persons`."""
    person_id = await accounts.person_to_close(db, viewer, personId)
    await accounts.enable(db, origin_of(request), person_id)
    return Response(status_code=204)


@router.post(
    "/persons/{personId}/end-logins", status_code=204, response_class=Response, operation_id="end_logins_of_person"
)
async def end_logins(viewer: PersonManager, db: Db, request: Request, personId: PersonId) -> Response:
    """End every log-in of somebody at once, however it was made. Needs `manage_persons`."""
    person_id = await accounts.person_to_close(db, viewer, personId)
    await accounts.end_logins(db, origin_of(request), person_id)
    return Response(status_code=204)


@router.get("/beamline-groups", response_model=list[BeamlineGroupOut], operation_id="list_beamline_staff")
async def beamline_groups(viewer: EitherManager, db: Db, settings: Configured) -> Response:
    """The configured groups of beamlines and their staff. Needs `manage_groups` or `manage_perms`."""
    return answer(await persons.beamline_groups(db, settings))
