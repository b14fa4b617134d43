"""When who is on which beamline: sessions that were, that run now, and that will come."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

SHIFT = timedelta(hours=8)
FIRST_SHIFT = timedelta(minutes=30)
"""Shifts begin at 00:30, 08:30 and 16:30."""
SETTLED = timedelta(hours=2)
"""A session that runs has begun at least this long ago, so that there is something to see."""
RUNNING_SHIFTS = 3


@dataclass(frozen=True)
class Visit:
    """A session in the calendar."""

    beamline: str
    proposal: str
    start: datetime
    end: datetime
    samples: int
    """Samples measured in it until now."""
    shifts: int
    pucks: int
    """Pucks that come with it."""
    number: int = 0
    """Visit number within its proposal."""


# Beamline, proposal, days from the begin of the running sessions, shifts, samples measured, pucks
CALENDAR = (
    ("BL1-MX", "mx398", -201, 3, 10, 1),
    ("BL1-MX", "mx431", -96, 3, 11, 1),
    ("BL1-MX", "mx415", -61, 3, 9, 2),
    ("BL1-MX", "cm9", -47, 1, 6, 1),
    ("BL1-MX", "in73", -40, 2, 12, 2),
    ("BL1-MX", "mx437", -26, 3, 0, 0),
    ("BL1-MX", "mx452", -19, 3, 10, 1),
    ("BL1-MX", "mx422", -12, 3, 140, 9),
    ("BL1-MX", "mx415", -5, 3, 10, 2),
    ("BL1-MX", "mx415", 0, 3, 8, 3),
    ("BL1-MX", "in81", 2, 2, 0, 2),
    ("BL1-MX", "mx452", 5, 3, 0, 3),
    ("BL1-MX", "mx437", 9, 3, 0, 0),
    ("BL1-MX", "mx415", 16, 3, 0, 0),
    ("BL1-MX", "cm9", 30, 1, 0, 0),
    ("BL2-MX", "mx440", -118, 3, 7, 1),
    ("BL2-MX", "in81", -73, 2, 8, 1),
    ("BL2-MX", "mx437", -54, 3, 9, 1),
    ("BL2-MX", "mx458", -37, 3, 9, 1),
    ("BL2-MX", "mx440", -23, 3, 8, 2),
    ("BL2-MX", "cm9", -16, 1, 0, 0),
    ("BL2-MX", "mx431", -9, 3, 12, 1),
    ("BL2-MX", "mx437", -3, 3, 9, 1),
    ("BL2-MX", "mx440", 0, 3, 6, 2),
    ("BL2-MX", "mx458", 3, 3, 0, 2),
    ("BL2-MX", "mx431", 8, 3, 0, 1),
    ("BL2-MX", "in73", 13, 2, 0, 0),
    ("BL2-MX", "mx440", 27, 3, 0, 0),
    ("BL3-MICRO", "mx458", -145, 3, 8, 1),
    ("BL3-MICRO", "cm12", -66, 1, 5, 1),
    ("BL3-MICRO", "mx422", -31, 3, 11, 1),
    ("BL3-MICRO", "mx431", -17, 3, 9, 1),
    ("BL3-MICRO", "mx415", -8, 2, 0, 0),
    ("BL3-MICRO", "mx452", -4, 3, 10, 1),
    ("BL3-MICRO", "mx422", 0, 3, 7, 3),
    ("BL3-MICRO", "cm12", 2, 1, 0, 1),
    ("BL3-MICRO", "mx458", 6, 3, 0, 1),
    ("BL3-MICRO", "mx422", 11, 3, 0, 0),
    ("BL3-MICRO", "mx415", 20, 3, 0, 0),
)

RUNNING = {beamline: proposal for beamline, proposal, days, *_ in CALENDAR if days == 0}
"""The proposal that measures now, by beamline."""


def running_since(now: datetime) -> datetime:
    """Begin of the sessions that run at this time: the last change of shifts that is long enough ago."""
    past = now - SETTLED - FIRST_SHIFT
    midnight = past.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + ((past - midnight) // SHIFT) * SHIFT + FIRST_SHIFT


def visits(now: datetime) -> list[Visit]:
    """All visits, in the order of time, numbered within their proposals."""
    base = running_since(now)
    planned = sorted(
        (
            Visit(
                beamline,
                proposal,
                start=base + timedelta(days=days),
                end=base + timedelta(days=days) + shifts * SHIFT,
                samples=samples,
                shifts=shifts,
                pucks=pucks,
            )
            for beamline, proposal, days, shifts, samples, pucks in CALENDAR
        ),
        key=lambda visit: (visit.start, visit.beamline),
    )
    counted: dict[str, int] = {}
    numbered = []
    for visit in planned:
        counted[visit.proposal] = counted.get(visit.proposal, 0) + 1
        numbered.append(replace(visit, number=counted[visit.proposal]))
    return numbered
