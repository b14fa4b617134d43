"""SQL of log-ins. Times in these tables are UTC without a zone."""

from functools import cache

from sqlalchemy import and_, bindparam, exists, or_, select

from ..db.typing import AnySelect
from ..tables import (
    Account,
    ApiKey,
    BagProposal,
    Login,
    Permission,
    Person,
    Share,
    Token,
    UserGroup_has_Permission,
    UserGroup_has_Person,
)

_PERSON = (Person.personId, Person.login, Person.givenName, Person.familyName, Person.laboratoryId)
_KEY = (
    ApiKey.apiKeyId,
    ApiKey.name,
    ApiKey.scopes,
    ApiKey.beamLines,
    ApiKey.revokedAt,
    ApiKey.expiresAt,
)


def _shared() -> AnySelect:
    """What is shared at this moment with the person of the query around it, or with their laboratory."""
    reached = or_(Share.personId == Person.personId, Share.laboratoryId == Person.laboratoryId)
    return select(Share.shareId).where(Share.revokedAt.is_(None), reached).correlate(Person)


LOCAL = "local"
"""`Login.plugin` of log-ins with an account that ISPyB keeps itself."""


_CLOSED = and_(Login.plugin == LOCAL, Account.personId == Login.personId, Account.disabledAt.is_not(None))
"""Joins a log-in with its account, where that was closed since."""


def _viewer_of_login() -> AnySelect:
    """Person or key behind a log-in that goes on: one row for each permission held."""
    return (
        select(
            Login.loginId,
            *_PERSON,
            *_KEY,
            Permission.type.label("permission"),
            exists(select(BagProposal.proposalId)).label("bags"),
            exists(_shared()).label("shares"),
        )
        .select_from(Login)
        .outerjoin(Person, Person.personId == Login.personId)
        .outerjoin(ApiKey, ApiKey.apiKeyId == Login.apiKeyId)
        .outerjoin(UserGroup_has_Person, UserGroup_has_Person.personId == Person.personId)
        .outerjoin(UserGroup_has_Permission, UserGroup_has_Permission.userGroupId == UserGroup_has_Person.userGroupId)
        .outerjoin(Permission, Permission.permissionId == UserGroup_has_Permission.permissionId)
        .outerjoin(Account, _CLOSED)
        .where(Login.revokedAt.is_(None), Account.accountId.is_(None))
    )


@cache
def viewer_of_token() -> AnySelect:
    """Person or key behind an access token: one row for each permission held, none when the token is not valid.

    Parameters `token_hash` and `now`; built once, since every request sends it.
    """
    return (
        _viewer_of_login()
        .join(Token, Token.loginId == Login.loginId)
        .where(
            Token.tokenHash == bindparam("token_hash"),
            Token.kind == "access",
            Token.expiresAt > bindparam("now"),
        )
    )


@cache
def viewer_of_login() -> AnySelect:
    """Person or key behind a log-in that has not ended: one row for each permission held. Parameter `login_id`."""
    return _viewer_of_login().where(Login.loginId == bindparam("login_id"))


def api_key_by_id(key_id: int) -> AnySelect:
    """A key by its number, whether or not it is still good."""
    return select(*_KEY).where(ApiKey.apiKeyId == key_id)


@cache
def api_key() -> AnySelect:
    """The key whose secret has the hash `secret_hash`, whether or not it is still good."""
    return select(*_KEY).where(ApiKey.secretHash == bindparam("secret_hash"))


def account(login: str) -> AnySelect:
    """A local account that is not disabled, with its person."""
    return select(Account.login, Account.personId, Account.passwordHash).where(
        Account.login == login, Account.disabledAt.is_(None)
    )


def refresh_token(token_hash: str) -> AnySelect:
    """A refresh token and the state of its log-in."""
    return (
        select(Token.loginId, Token.expiresAt, Token.usedAt, Login.revokedAt, Login.createdAt)
        .join(Login, Login.loginId == Token.loginId)
        .where(Token.tokenHash == token_hash, Token.kind == "refresh")
    )
