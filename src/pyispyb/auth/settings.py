"""Settings of log-ins: which ways there are, and how those who come by them become persons."""

import ipaddress
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

BUILT_IN = frozenset({"local", "token"})
"""Names of the ways of logging in that need no settings of their own."""

Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
"""Signatures by a private key. Neither `none` nor a shared secret can be configured."""


class StrictModel(BaseModel):
    """A name that is no setting is an error: a mistyped one must not fall back to a default."""

    model_config = ConfigDict(extra="forbid")


def is_loopback(host: str | None) -> bool:
    """True for this machine itself, which nobody can listen between."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def is_confidential(address: str) -> bool:
    """True for an HTTPS address, or one on this machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))
    )


def _confidential(address: str) -> str:
    if not is_confidential(address):
        raise ValueError("must begin with https://")
    return address


PluginName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
HttpsAddress = Annotated[str, AfterValidator(_confidential)]


class AttemptSettings(StrictModel):
    """How many refused log-ins are too many."""

    per_account: int = Field(10, ge=1, description="Refused log-ins with one name within the window")
    per_address: int = Field(30, ge=1, description="Refused log-ins with a password from one address")
    tokens_per_address: int = Field(300, ge=1, description="Refused log-ins with a token or key from one address")
    window_seconds: int = Field(900, ge=1, description="How long a refused log-in counts [s]")


class PersonSettings(StrictModel):
    """How somebody whom a provider knows becomes a person of ISPyB."""

    match: Literal["login", "external_id"] = Field(
        "login", description="What finds the person: the login, or `Person.externalId` and only then the login"
    )
    create: bool = Field(False, description="Make a person on the first log-in of somebody who has none")


class OidcClaimNames(StrictModel):
    """Which claim tells what; a dot leads into a claim that is an object."""

    login: str = Field("preferred_username", description="Claim that is the login")
    external_id: str = Field("sub", description="Claim that is the key in the user portal")
    given_name: str = Field("given_name", description="Claim that is the given name")
    family_name: str = Field("family_name", description="Claim that is the family name")
    email: str = Field("email", description="Claim that is the e-mail address")
    groups: str = Field("groups", description="Claim that lists the groups")


class OidcSettings(StrictModel):
    """An OpenID Connect provider."""

    name: PluginName = Field(
        "keycloak", description="What `auth/login` takes as `plugin`; part of the callback address"
    )
    label: str = Field("Facility account", description="What the button on the log-in page says")
    issuer: HttpsAddress = Field(description="Issuer exactly as the provider's discovery document names it")
    client_id: str = Field(min_length=1, description="What the provider knows this ISPyB as")
    client_secret: SecretStr | None = Field(None, description="Secret of the client; none for a public client")
    scopes: list[str] = Field(["openid", "profile", "email"], description="What the page's log-in asks for")
    audiences: list[str] = Field(
        default_factory=list, description="Access tokens must be for one of these; the client itself when empty"
    )
    authorized_parties: list[str] = Field(
        default_factory=list, description="Clients whose access tokens are taken whatever audience they name"
    )
    algorithms: list[Algorithm] = Field(["RS256", "PS256", "ES256"], description="Signatures that are taken")
    opaque_tokens: bool = Field(False, description="Take access tokens that only the provider can read, by asking it")
    userinfo: bool = Field(False, description="Ask the provider for claims at each log-in, since tokens lack them")
    claims: OidcClaimNames = Field(default_factory=OidcClaimNames)
    groups: dict[str, str] = Field(
        default_factory=dict, description="User groups of ISPyB by the provider's name; their membership follows it"
    )
    ca_file: Path | None = Field(None, description="Certificates that sign the provider's; the system's when none")
    timeout: float = Field(1.5, gt=0, le=30, description="Seconds for all that one log-in asks of the provider [s]")

    @model_validator(mode="after")
    def _openid(self) -> Self:
        if "openid" not in self.scopes:
            raise ValueError("scopes must contain openid")
        if not self.algorithms:
            raise ValueError("algorithms must name at least one")
        return self


class LdapAttributeNames(StrictModel):
    """Which attribute tells what; an empty name for none."""

    login: str = Field("uid", description="Attribute that is the login")
    external_id: str = Field("", description="Attribute that is the key in the user portal")
    given_name: str = Field("givenName", description="Attribute that is the given name")
    family_name: str = Field("sn", description="Attribute that is the family name")
    email: str = Field("mail", description="Attribute that is the e-mail address")
    groups: str = Field("memberOf", description="Attribute that lists the names (DNs) of the groups")


class LdapSettings(StrictModel):
    """An LDAP directory."""

    name: PluginName = Field("ldap", description="What `auth/login` takes as `plugin`")
    label: str = Field("Facility account", description="What the log-in page calls it")
    url: str = Field(pattern=r"^ldaps?://[^/]+$", description="`ldaps://host`, or `ldap://host` with `start_tls`")
    start_tls: bool = Field(True, description="Encrypt an `ldap://` connection before anything is sent")
    ca_file: Path | None = Field(None, description="Certificates that sign the directory's; the system's when none")
    bind_dn: str = Field("", description="Name (DN) to bind as, with `{login}` in it; empty to search for it")
    search_base: str = Field("", description="Where people are searched below")
    search_filter: str = Field("(uid={login})", description="Filter that finds one person, with `{login}` in it")
    service_dn: str = Field("", description="Name (DN) that searches; anonymous when empty")
    service_password: SecretStr | None = Field(None, description="Password of `service_dn`")
    attributes: LdapAttributeNames = Field(default_factory=LdapAttributeNames)
    group_base: str = Field("", description="Where groups are searched below; empty to read the groups attribute")
    group_filter: str = Field("(member={dn})", description="Filter that finds the groups of `{dn}` or `{login}`")
    group_attribute: str = Field("cn", description="Attribute of a found group that is its name")
    groups: dict[str, str] = Field(
        default_factory=dict, description="User groups of ISPyB by the directory's name; their membership follows it"
    )
    timeout: float = Field(1.5, gt=0, le=30, description="Seconds for all that one log-in asks of the directory [s]")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.bind_dn) == bool(self.search_base):
            raise ValueError("needs either bind_dn, to bind as the user, or search_base, to search first")
        if "{login}" not in (self.bind_dn or self.search_filter):
            raise ValueError("bind_dn and search_filter must contain {login}")
        if bool(self.service_dn) != bool(self.service_password and self.service_password.get_secret_value()):
            # A bind with a name and no password succeeds on many servers, as nobody.
            raise ValueError("service_dn and service_password come together")
        return self

    @property
    def encrypted(self) -> bool:
        """True when nothing is sent in the clear."""
        return self.start_tls or self.url.startswith("ldaps:")


class PluginSettings(BaseModel):
    """A way of logging in that an installed package adds; it gets all that stands here."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="Name of its entry point in the group `pyispyb.auth`")
    name: PluginName = Field(description="What `auth/login` takes as `plugin`")


class AuthSettings(StrictModel):
    """Ways of logging in."""

    local: bool = Field(True, description="Offer accounts that ISPyB keeps itself")
    public_url: HttpsAddress | None = Field(
        None, description="Address of the page as browsers see it; what the request says when none"
    )
    persons: PersonSettings = Field(default_factory=PersonSettings)
    attempts: AttemptSettings = Field(default_factory=AttemptSettings)
    oidc: list[OidcSettings] = Field(default_factory=list, description="OpenID Connect providers")
    ldap: list[LdapSettings] = Field(default_factory=list, description="LDAP directories")
    plugins: list[PluginSettings] = Field(default_factory=list, description="Ways that installed packages add")

    def names(self) -> Iterator[str]:
        """What each configured way is called."""
        yield from (provider.name for provider in self.oidc)
        yield from (directory.name for directory in self.ldap)
        yield from (added.name for added in self.plugins)

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [*BUILT_IN, *self.names()]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two ways of logging in are called {', '.join(twice)}")
        return self
