"""What ISPyB has no table for: accounts, keys, log-ins, what was shared, what was done by whom, options.

These tables are ours on every database: their names begin with `pyispyb_`, migrations keep them up to date, and no
foreign key leads from them to a facility's table. Their times are naive UTC.
"""

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import LongText, SmallInt, Text, UInt, UtcTime
from .base import Base, column, index, key, unique

PREFIX = "pyispyb_"


class Account(Base, table="pyispyb_account"):
    """A log-in that this ISPyB checks itself, and the person it belongs to."""

    __table_args__ = (unique("login"), index("personId"))

    accountId: Mapped[int] = key(UInt)
    login: Mapped[str] = column(Text(45))
    personId: Mapped[int] = column(UInt)
    passwordHash: Mapped[str] = column(Text(255))
    createdAt: Mapped[datetime] = column(UtcTime)
    disabledAt: Mapped[datetime | None] = column(UtcTime)


class ApiKey(Base, table="pyispyb_api_key"):
    """A key that a program such as a beamline's works with.

    `secretHash` is SHA-256 in hexadecimal, `scopes` are separated by spaces, `beamLines` is a JSON list.
    """

    __table_args__ = (unique("name"), unique("secretHash"))

    apiKeyId: Mapped[int] = key(UInt)
    name: Mapped[str] = column(Text(80))
    secretHash: Mapped[str] = column(Text(64))
    scopes: Mapped[str] = column(Text(255))
    beamLines: Mapped[str] = column(Text(1024))
    createdAt: Mapped[datetime] = column(UtcTime)
    expiresAt: Mapped[datetime | None] = column(UtcTime)
    revokedAt: Mapped[datetime | None] = column(UtcTime)
    lastUsedAt: Mapped[datetime | None] = column(UtcTime)
    createdBy: Mapped[int | None] = column(UInt)
    """The person who made it; None where the command line did."""


class Login(Base, table="pyispyb_login"):
    """One log-in of a person or of a key, made from `address`, until it is revoked; its tokens come and go."""

    __table_args__ = (index("personId"),)

    loginId: Mapped[int] = key(UInt)
    personId: Mapped[int | None] = column(UInt)
    apiKeyId: Mapped[int | None] = column(UInt, "pyispyb_api_key.apiKeyId", ondelete="CASCADE")
    plugin: Mapped[str] = column(Text(40))
    createdAt: Mapped[datetime] = column(UtcTime)
    revokedAt: Mapped[datetime | None] = column(UtcTime)
    address: Mapped[str | None] = column(Text(45))


class Token(Base, table="pyispyb_token"):
    """A token of a log-in, by its SHA-256 in hexadecimal; `kind` is `access` or `refresh`."""

    __table_args__ = (index("expiresAt"),)

    tokenHash: Mapped[str] = key(Text(64))
    loginId: Mapped[int] = column(UInt, "pyispyb_login.loginId", ondelete="CASCADE")
    kind: Mapped[str] = column(Text(10))
    expiresAt: Mapped[datetime] = column(UtcTime)
    usedAt: Mapped[datetime | None] = column(UtcTime)


class LoginAttempt(Base, table="pyispyb_login_attempt"):
    """A log-in that was refused, kept as long as it counts against the next one.

    `accountHash` is SHA-256 in hexadecimal of the name that was tried, in lower case.
    """

    __table_args__ = (index("accountHash", "triedAt"), index("address", "triedAt"), index("triedAt"))

    loginAttemptId: Mapped[int] = key(UInt)
    accountHash: Mapped[str] = column(Text(64))
    address: Mapped[str] = column(Text(45))
    triedAt: Mapped[datetime] = column(UtcTime)


class SigningKey(Base, table="pyispyb_signing_key"):
    """A secret that links are signed with; the newest signs, those not yet retired still verify. Base64."""

    signingKeyId: Mapped[int] = key(UInt)
    secret: Mapped[str] = column(Text(100))
    createdAt: Mapped[datetime] = column(UtcTime)
    retiredAt: Mapped[datetime | None] = column(UtcTime)


class Audit(Base, table="pyispyb_audit"):
    """Something that somebody did, from where; rows are only ever added.

    `subject` is `person:12`, `key:3`, `nobody` or `command`, `login` the name they had then, `action` a word such as
    `login.refused`, `objectKind` and `objectId` what it was done to, `detail` JSON of what changed.
    """

    __table_args__ = (
        index("doneAt"),
        index("action", "doneAt"),
        index("subject", "doneAt"),
        index("login", "doneAt"),
        index("objectKind", "objectId", "doneAt"),
    )

    auditId: Mapped[int] = key(UInt)
    doneAt: Mapped[datetime] = column(UtcTime)
    subject: Mapped[str] = column(Text(60))
    login: Mapped[str | None] = column(Text(80))
    address: Mapped[str | None] = column(Text(45))
    action: Mapped[str] = column(Text(60))
    objectKind: Mapped[str | None] = column(Text(40))
    objectId: Mapped[str | None] = column(Text(80))
    detail: Mapped[str | None] = column(LongText)
    request: Mapped[str | None] = column(Text(32))


class BagProposal(Base, table="pyispyb_bag_proposal"):
    """A proposal that several laboratories share without seeing each other's samples (a block allocation group)."""

    proposalId: Mapped[int] = key(UInt)
    markedBy: Mapped[int | None] = column(UInt)
    markedAt: Mapped[datetime] = column(UtcTime)


class Share(Base, table="pyispyb_share"):
    """A sample, or a protein with its samples, shown to one more person or laboratory, until it is taken back.

    Exactly one of `blSampleId` and `proteinId` is set, and exactly one of `personId` and `laboratoryId`.
    """

    __table_args__ = (
        index("proposalId"),
        index("blSampleId"),
        index("proteinId"),
        index("personId"),
        index("laboratoryId"),
    )

    shareId: Mapped[int] = key(UInt)
    proposalId: Mapped[int] = column(UInt)
    blSampleId: Mapped[int | None] = column(UInt)
    proteinId: Mapped[int | None] = column(UInt)
    personId: Mapped[int | None] = column(UInt)
    laboratoryId: Mapped[int | None] = column(UInt)
    createdBy: Mapped[int] = column(UInt)
    createdAt: Mapped[datetime] = column(UtcTime)
    revokedAt: Mapped[datetime | None] = column(UtcTime)


class Option(Base, table="pyispyb_option"):
    """A setting that administrators change while ISPyB runs; `value` is JSON."""

    name: Mapped[str] = key(Text(60))
    value: Mapped[str] = column(LongText)
    changedBy: Mapped[int | None] = column(UInt)
    changedAt: Mapped[datetime] = column(UtcTime)


class ScalingExtra(Base, table="pyispyb_scaling"):
    """What ISPyB's tables have no place for of one row of AutoProcScaling.

    `kind` is `isotropic` or `anisotropic`. `ellipsoid`, `shells` and `further` are JSON: the limits of anisotropic
    diffraction; statistics by resolution, from low to high, as a list of their names and one of values for each range;
    and by `overall`, `innerShell` and `outerShell` those statistics that the connected flavour has no column for.
    """

    autoProcScalingId: Mapped[int] = key(UInt)
    kind: Mapped[str | None] = column(Text(20))
    ellipsoid: Mapped[str | None] = column(LongText)
    shells: Mapped[str | None] = column(LongText)
    further: Mapped[str | None] = column(LongText)


class StructureRun(Base, table="pyispyb_structure"):
    """A run of a program on merged data that makes phases or a model, and what ISPyB's tables have no place for.

    Its row of AutoProcProgram names one collection only: it is seen with those of `dataProgramId`, the run that merged
    the data. `kind` is `phasing`, `molecular replacement`, `ligand fit`, `model building` or `refinement`; `further`
    and `blobs` are JSON: numbers, and blobs, that the connected flavour has no columns for.
    """

    __table_args__ = (index("autoProcScalingId"), index("dataProgramId"), index("mxMRRunId"), index("phasingStepId"))

    autoProcProgramId: Mapped[int] = key(UInt)
    autoProcScalingId: Mapped[int] = column(UInt)
    dataProgramId: Mapped[int] = column(UInt)
    kind: Mapped[str] = column(Text(30))
    mxMRRunId: Mapped[int | None] = column(UInt)
    phasingStepId: Mapped[int | None] = column(UInt)
    further: Mapped[str | None] = column(LongText)
    blobs: Mapped[str | None] = column(LongText)


class Reprocessing(Base, table="pyispyb_reprocessing"):
    """A processing job that a person asked for here: who did, whether a pipeline took it up, or it was called off."""

    __table_args__ = (index("requestedBy"),)

    processingJobId: Mapped[int] = key(UInt)
    requestedBy: Mapped[int | None] = column(UInt)
    requestedAt: Mapped[datetime] = column(UtcTime)
    takenAt: Mapped[datetime | None] = column(UtcTime)
    cancelledAt: Mapped[datetime | None] = column(UtcTime)


class Idempotency(Base, table="pyispyb_idempotency"):
    """What was answered to a request with an `Idempotency-Key`: the same key gets the same answer.

    `requestHash` is SHA-256 in hexadecimal of what was asked, `answer` is JSON.
    """

    __table_args__ = (index("createdAt"),)

    subject: Mapped[str] = key(Text(60))
    idempotencyKey: Mapped[str] = key(Text(120))
    requestHash: Mapped[str] = column(Text(64))
    status: Mapped[int] = column(SmallInt)
    answer: Mapped[str] = column(LongText)
    createdAt: Mapped[datetime] = column(UtcTime)
