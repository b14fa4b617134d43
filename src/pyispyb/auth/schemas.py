"""Log-in over the wire."""

from pydantic import BaseModel, Field


class Credentials(BaseModel):
    """What somebody proves who they are with."""

    plugin: str | None = Field(None, max_length=40, description="Which way of logging in; see `auth/config`")
    login: str | None = Field(None, max_length=80, description="Account name")
    password: str | None = Field(None, max_length=1000, description="Password of the account")
    token: str | None = Field(None, max_length=10_000, description="An API key, or a token of an identity provider")
    cookies: bool = Field(False, description="Keep the tokens in HttpOnly cookies instead of answering them: for pages")


class RefreshRequest(BaseModel):
    """Asks for new tokens."""

    refreshToken: str | None = Field(
        None, max_length=200, description="The last refresh token; pages send their cookie"
    )


class LoggedIn(BaseModel):
    """A log-in and its tokens."""

    login: str = Field(description="Account name, or name of the key")
    personId: int | None = Field(description="The person; null for a key")
    permissions: list[str] = Field(description="Permissions held at this moment")
    token: str | None = Field(description="Access token for `Authorization: Bearer`; null when cookies carry it")
    refreshToken: str | None = Field(description="For `auth/refresh`, once; null when cookies carry it")
    expiresIn: int = Field(description="Life of the access token [s]")


class Nothing(BaseModel):
    """An empty object: done, and nothing to tell."""


class PluginConfig(BaseModel):
    """One way of logging in."""

    name: str = Field(description="What `auth/login` takes as `plugin`")
    label: str = Field(description="What people call it")
    kind: str = Field(
        description="`password`: a form for login and password. `redirect`: send the browser to `config.start`. "
        "`token`: for programs, which have a key or token"
    )
    config: dict[str, str] = Field(
        description="What a page needs to offer it. Of kind `redirect`: `start`, a path that takes `next`, the path of "
        "the page to come back to; `issuer` and `clientId` of the OpenID provider"
    )


class FacilityName(BaseModel):
    """Whose ISPyB this is."""

    name: str = Field(description="Name of the facility")


class DemoLogin(BaseModel):
    """A log-in of the simulated facility."""

    login: str = Field(description="Account name")
    password: str = Field(description="Its password, which is no secret")
    description: str = Field(description="Whom this account stands for")


class DemoLogins(BaseModel):
    """The log-ins of the simulated facility."""

    logins: list[DemoLogin] = Field(description="Accounts to try")


class AuthConfig(BaseModel):
    """What a log-in page offers."""

    plugins: list[PluginConfig] = Field(description="Ways of logging in")
    facility: FacilityName = Field(description="Whose ISPyB this is")
    demo: DemoLogins | None = Field(description="Accounts of the simulated facility; null everywhere else")


class CurrentUser(BaseModel):
    """Who is logged in."""

    personId: int | None = Field(description="The person; null for a key")
    login: str | None = Field(description="Account name, or name of the key")
    givenName: str | None = Field(description="Given name")
    familyName: str | None = Field(description="Family name")
    Permissions: list[str] = Field(description="Permissions held at this moment")
    beamLineGroups: list[str] = Field(description="Groups of beamlines the person is staff of")
    beamLines: list[str] = Field(description="Beamlines the person is staff of, or the key covers")
