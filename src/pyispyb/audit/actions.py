"""The words for what is recorded; `docs/reference/audit.md` tells what each of them means."""

from enum import StrEnum


class Action(StrEnum):
    """What somebody did."""

    ACCOUNT_DISABLE = "account.disable"
    ACCOUNT_ENABLE = "account.enable"
    ACCOUNT_PASSWORD = "account.password"  # noqa: S105 - the word for setting one
    AUDIT_EXPORT = "audit.export"
    COLLECTION_COMMENT = "collection.comment"
    COLLECTION_FAVOURITE = "collection.favourite"
    EXPORT = "export"
    GROUP_CREATE = "group.create"
    GROUP_DELETE = "group.delete"
    GROUP_PERMISSION_ADD = "group.permission.add"
    GROUP_PERMISSION_REMOVE = "group.permission.remove"
    GROUP_PERSON_ADD = "group.person.add"
    GROUP_PERSON_REMOVE = "group.person.remove"
    GROUP_RENAME = "group.rename"
    KEY_CREATE = "key.create"
    KEY_REVOKE = "key.revoke"
    LOGIN = "login"
    LOGIN_REFUSED = "login.refused"
    LOGIN_REUSED = "login.reused"
    LOGINS_END = "logins.end"
    LOGOUT = "logout"
    OPTION_CHANGE = "option.change"
    PERMISSION_CHANGE = "permission.change"
    PERMISSION_CREATE = "permission.create"
    PERSON_CREATE = "person.create"
    PROPOSAL_BAG = "proposal.bag"
    REPROCESSING_CANCEL = "reprocessing.cancel"
    REPROCESSING_REQUEST = "reprocessing.request"
    SESSION_CHANGE = "session.change"
    SHARE_CREATE = "share.create"
    SHARE_REVOKE = "share.revoke"
