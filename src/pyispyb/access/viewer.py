"""Who is asking: one immutable value that every query and decision is made for."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Right(StrEnum):
    """What a route may ask of its caller before anything is looked up."""

    ACQUISITION_WRITE = "acquisition:write"
    PORTAL_SYNC = "portal:sync"
    PROCESSING_WRITE = "processing:write"
    READ = "read"
    SHIPPING_WRITE = "shipping:write"


class Permission(StrEnum):
    """Permissions of the ISPyB tables that ISPyB itself gives a meaning."""

    ALL_PROPOSALS = "all_proposals"
    MANAGE_GROUPS = "manage_groups"
    MANAGE_OPTIONS = "manage_options"
    MANAGE_PERMS = "manage_perms"
    MANAGE_PERSONS = "manage_persons"
    UPORTAL_SYNC = "uportal_sync"
    VIEW_ACTIVITY = "view_activity"


PERSON_RIGHTS = frozenset({Right.READ})


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person, or the key of a beamline, with what they hold at this moment."""

    subject: str
    """`person:12` or `key:3`: whom log lines and idempotency keys belong to."""
    login: str
    login_id: int | None
    """The log-in this request belongs to; None for a key sent as it is."""
    person_id: int | None = None
    given_name: str | None = None
    family_name: str | None = None
    permissions: frozenset[str] = frozenset()
    rights: frozenset[Right] = PERSON_RIGHTS
    beamlines: frozenset[str] = field(default_factory=frozenset)
    """Beamlines a person is staff of, or that a key covers."""
    is_key: bool = False
    key_id: int | None = None
    """The API key that is asking, or whose log-in it is; None for a person."""
    laboratory_id: int | None = None
    archived: frozenset[str] = frozenset()
    """Those of the beamlines that are no longer in operation: what was measured there is listed only when asked for."""
    bags: bool = False
    """Some proposal is shared by several laboratories: where none is, nothing needs to be narrowed."""
    shares: bool = False
    """Something is shared with the person or their laboratory."""

    @property
    def sees_everything(self) -> bool:
        """An administrator reads every proposal."""
        return self.may(Permission.ALL_PROPOSALS)

    @property
    def is_narrowed(self) -> bool:
        """True for a person who may see a session or container without seeing all that is in it."""
        return self.person_id is not None and not self.sees_everything and (self.bags or self.shares)

    def without_archived(self) -> "Viewer":
        """The same viewer, as lists take them that do not ask for archived beamlines."""
        return replace(self, beamlines=self.beamlines - self.archived, archived=frozenset()) if self.archived else self

    def may(self, permission: Permission) -> bool:
        """True for a person who holds the permission; the keys of programs hold none."""
        return not self.is_key and permission in self.permissions

    def covers(self, beamline: str | None) -> bool:
        """True when a beamline is among the viewer's, whatever its case."""
        return beamline is not None and beamline.casefold() in {name.casefold() for name in self.beamlines}
