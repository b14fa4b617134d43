"""One typed tree of settings: defaults here, then `ispyb.toml`, then `ISPYB_*` environment variables.

Nested settings are reached in the environment by a double underscore: `ISPYB_DATABASE__URL`.
"""

import os
import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from .auth.settings import AuthSettings
from .reprocessing.settings import ReprocessingSettings

Origin = Annotated[str, Field(pattern=r"^https?://[a-z0-9.-]+(:\d{1,5})?$")]


def _known_names(template: str) -> str:
    unknown = set(re.findall(r"\{(.*?)\}", template)) - {"proposal", "code", "number", "visit", "beamline"}
    if unknown:
        raise ValueError(f"no session has a {', '.join(sorted(unknown))}")
    return template


SessionFolder = Annotated[str, Field(min_length=1), AfterValidator(_known_names)]

CONFIG_FILE_VARIABLE = "ISPYB_CONFIG"


class DatabaseSettings(BaseModel):
    """Where the tables are."""

    url: str = Field(
        "sqlite+aiosqlite:///./ispyb.sqlite",
        description="SQLAlchemy address: `sqlite+aiosqlite:///path` or `mysql+asyncmy://user:password@host:port/name`",
    )
    pool_size: int = Field(10, ge=1, description="Connections one process keeps open")
    connect_timeout: float = Field(5.0, gt=0, description="Seconds to wait for a connection before answering 503 [s]")
    statement_seconds: float = Field(
        30.0, ge=0, description="MariaDB gives up a statement that reads after this time; 0 for never [s]"
    )


class BeamLine(BaseModel):
    """One beamline as it is named in `BLSession.beamLineName`."""

    beamLineName: str = Field(description="Name as the sessions carry it")
    archived: bool = Field(False, description="No longer in operation: its sessions are shown only when asked for")


class BeamlineGroup(BaseModel):
    """Beamlines that share their staff and their pages."""

    groupName: str = Field(description="Name people read, such as `MX`")
    uiGroup: str = Field("mx", description="Which kind of pages fit these beamlines: mx, em, saxs, ssx, imaging")
    permission: str = Field(description="Holders of this permission are staff of these beamlines")
    beamLines: list[BeamLine] = Field(default_factory=list, description="The beamlines of the group")


class FileSettings(BaseModel):
    """Which files may be served."""

    roots: list[Path] = Field(
        default_factory=list,
        description="Folders that files are served from, after links are resolved; anything else does not exist",
    )
    session_folders: list[SessionFolder] = Field(
        ["**/{proposal}", "**/{proposal}-{visit}"],
        description="Within the roots, folders of one session; `{proposal}`, `{code}`, `{number}`, `{visit}`, "
        "`{beamline}` are those of the session that names the file",
    )


class TokenSettings(BaseModel):
    """How long log-ins last."""

    access_seconds: int = Field(1800, ge=30, description="Life of an access token [s]")
    refresh_seconds: int = Field(14 * 86400, ge=60, description="Life of a refresh token since its last use [s]")
    login_days: int = Field(30, ge=1, le=366, description="After this long a log-in is made anew, however used [d]")
    reuse_grace_seconds: int = Field(
        20, ge=0, description="A refresh token may come twice within this time, as two tabs send it at once [s]"
    )
    link_seconds: int = Field(300, ge=10, le=3600, description="Life of a signed link to a file [s]")
    signing_key_days: int = Field(30, ge=1, le=365, description="Age at which the key that signs links is replaced [d]")


class LiveSettings(BaseModel):
    """How a watched session is looked at."""

    poll_seconds: float = Field(0.8, gt=0, description="Time between two looks at the database [s]")
    heartbeat_seconds: float = Field(15.0, gt=0, description="Longest silence on a stream [s]")
    linger_seconds: float = Field(
        120.0,
        ge=0,
        description="A session stays watched after its last reader left for as long as it was read, and no longer [s]",
    )
    history: int = Field(2000, ge=1, description="Changes kept for readers who come back")
    streams_per_viewer: int = Field(20, ge=1, description="Streams that a person or key may have open in one process")
    watchers: int = Field(100, ge=1, description="Sessions that one process watches at once")
    looks_at_once: int = Field(2, ge=1, description="Sessions that one process looks at in the same moment")


class DemoLogin(BaseModel):
    """A log-in of the simulated facility; there are none outside demo mode."""

    login: str
    password: str
    description: str


class Settings(BaseSettings):
    """All settings of one ISPyB."""

    # Errors name the setting and not its value, which may be a password.
    model_config = SettingsConfigDict(
        env_prefix="ISPYB_", env_nested_delimiter="__", extra="forbid", hide_input_in_errors=True
    )

    facility: str = Field("ISPyB", description="Name of the facility as pages show it")
    motd: str = Field("", description="Message of the day on the page; empty for none")
    contact: str = Field("", description="Whom to ask for help or access, as pages show it; empty for none")
    help_url: str = Field("", pattern="^(https?://.*)?$", description="Address of your own help pages; empty for none")
    database: DatabaseSettings = Field(default_factory=DatabaseSettings)
    files: FileSettings = Field(default_factory=FileSettings)
    auth: AuthSettings = Field(default_factory=AuthSettings)
    tokens: TokenSettings = Field(default_factory=TokenSettings)
    live: LiveSettings = Field(default_factory=LiveSettings)
    reprocessing: ReprocessingSettings = Field(default_factory=ReprocessingSettings)
    beamline_groups: list[BeamlineGroup] = Field(default_factory=list, description="Beamlines, their groups and staff")
    cors_origins: list[Origin] = Field(
        default_factory=list,
        description="Other sites whose pages may call the API with a token, as `https://host[:port]`",
    )
    body_bytes: int = Field(
        65_536, ge=4096, le=2**24, description="Bytes of the largest request; bulk writes may have 16 MiB"
    )
    hsts_seconds: int = Field(
        31_536_000,
        ge=0,
        description="How long browsers that came by HTTPS use nothing else; 0 to leave it out [s]",
    )
    secure_cookies: bool = Field(True, description="Send log-in cookies over HTTPS only; false for plain HTTP trials")
    demo_logins: list[DemoLogin] = Field(default_factory=list, description="Set by demo mode, never by hand")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over the file."""
        config = Path(os.environ.get(CONFIG_FILE_VARIABLE, "ispyb.toml"))
        return init_settings, env_settings, _ExistingToml(settings_cls, toml_file=config)

    def staff_beamlines(self, permissions: frozenset[str], *, archived: bool = False) -> frozenset[str]:
        """Beamlines whose staff a holder of these permissions belongs to; archived ones only when asked for."""
        return frozenset(
            beamline.beamLineName
            for group in self.beamline_groups
            if group.permission in permissions
            for beamline in group.beamLines
            if archived or not beamline.archived
        )

    def beamlines_of(self, group_name: str) -> list[str]:
        """Names of the beamlines of a group that are not archived; none for a group that is not configured."""
        return [
            beamline.beamLineName
            for group in self.beamline_groups
            if group.groupName.casefold() == group_name.casefold()
            for beamline in group.beamLines
            if not beamline.archived
        ]

    def ui_groups(self, *beamline_names: str | None) -> list[str]:
        """The kinds of pages that fit these beamlines; none for beamlines that no group has."""
        names = {(name or "").casefold() for name in beamline_names}
        return sorted(
            {
                group.uiGroup
                for group in self.beamline_groups
                if any(beamline.beamLineName.casefold() in names for beamline in group.beamLines)
            }
        )


class _ExistingToml(TomlConfigSettingsSource):
    """`ispyb.toml`, without the variable that only names it."""

    def __call__(self) -> dict[str, Any]:
        return {key: value for key, value in super().__call__().items() if key != "config"}
