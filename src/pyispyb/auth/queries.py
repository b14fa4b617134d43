"""SQL of log-ins. Times in these tables are UTC without a zone."""

from functools import cache

from sqlalchemy import bindparam, select

from ..db.typing import AnySelect
from ..tables import (
    Account,
    ApiKey,
    Login,
    Permission,
    Person,
    Token,
    UserGroup_has_Permission,
    UserGroup_has_Person,
)

_PERSON = (Person.personId, Person.login, Person.givenName, Person.familyName)
_KEY = (
    ApiKey.apiKeyId,
    ApiKey.name,
    ApiKey.scopes,
    ApiKey.beamLines,
    ApiKey.revokedAt,
    ApiKey.expiresAt,
)


@cache
def viewer_of_token() -> AnySelect:
    """Person or key behind an access token: one row for each permission held, none when the token is not valid.

    Parameters `token_hash` and `now`; built once, since every request sends it.
    """
    return (
        select(Login.loginId, *_PERSON, *_KEY, Permission.type.label("permission"))
        .select_from(Token)
        .join(Login, Login.loginId == Token.loginId)
        .outerjoin(Person, Person.personId == Login.personId)
        .outerjoin(ApiKey, ApiKey.apiKeyId == Login.apiKeyId)
        .outerjoin(UserGroup_has_Person, UserGroup_has_Person.personId == Person.personId)
        .outerjoin(UserGroup_has_Permission, UserGroup_has_Permission.userGroupId == UserGroup_has_Person.userGroupId)
        .outerjoin(Permission, Permission.permissionId == UserGroup_has_Permission.permissionId)
        .where(
            Token.tokenHash == bindparam("token_hash"),
            Token.kind == "access",
            Token.expiresAt > bindparam("now"),
            Login.revokedAt.is_(None),
        )
    )


def api_key(secret_hash: str) -> AnySelect:
    """The key with this secret, whether or not it is still good."""
    return select(*_KEY).where(ApiKey.secretHash == secret_hash)


def account(login: str) -> AnySelect:
    """A local account that is not disabled, with its person."""
    return select(Account.login, Account.personId, Account.passwordHash).where(
        Account.login == login, Account.disabledAt.is_(None)
    )


def refresh_token(token_hash: str) -> AnySelect:
    """A refresh token and the state of its log-in."""
    return (
        select(Token.loginId, Token.expiresAt, Token.usedAt, Login.revokedAt)
        .join(Login, Login.loginId == Token.loginId)
        .where(Token.tokenHash == token_hash, Token.kind == "refresh")
    )
