"""The whole simulated facility as rows, from the laboratories to the last image."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ..tables import (
    BeamLineSetup,
    BLSession,
    Detector,
    Laboratory,
    Person,
    Proposal,
    ProposalHasPerson,
    Session_has_Person,
)
from . import people
from .facility import BEAMLINES, FACILITY, Beamline, beamline
from .history import History, Session
from .rows import Rows
from .schedule import Visit, visits
from .shipments import Shipments
from .traces import Job, Place

REMARKS = {
    ("mx431", 1): "Beam lost from 02:10 to 03:25, time given back at the end.",
    ("mx415", 1): "Cryostream nozzle exchanged before the session.",
    ("mx440", 2): "Fluorescence detector retracted by hand for the last two samples.",
    ("mx422", 2): "Unattended collection over night, robot recovered once.",
    ("mx437", 2): "Cancelled by the users: crystals did not survive transport.",
    ("cm9", 2): "Used for maintenance of the sample changer.",
}
"""What the local contact noted, by proposal and visit number."""


@dataclass(frozen=True)
class World:
    """Rows to insert and files to make."""

    rows: Rows
    jobs: list[Job]


def build(now: datetime, root: Path) -> World:
    """Plan everything as it is at this time; the root is the folder of all files."""
    rows = Rows()
    add_people(rows)
    for each in BEAMLINES:
        add_beamline(rows, each, now)
    calendar = visits(now)
    sessions = [add_session(rows, visit, now) for visit in calendar]
    history = History(rows, now)
    shipments = Shipments(rows, now)
    for number, visit in zip(sessions, calendar, strict=True):
        targets = shipments.bring(number, visit)
        if visit.samples:
            line = beamline(visit.beamline)
            place = Place.of_session(root, visit.proposal, visit.beamline, visit.start)
            again = shipments.again(visit, targets)
            measured = [*targets[: visit.samples], *again]
            detector = BEAMLINES.index(line) + 1
            times = (visit.start, visit.end)
            history.measure(Session(number, visit.proposal, line, detector, *times, place, measured))
    return World(rows, history.jobs)


def add_people(rows: Rows) -> None:
    """Laboratories, persons, proposals and who is on them."""
    for laboratory in people.LABORATORIES:
        rows.add(
            Laboratory,
            name=laboratory.name,
            address=laboratory.address,
            city=laboratory.city,
            country=laboratory.country,
        )
    for person in people.PERSONS:
        rows.add(
            Person,
            login=person.login,
            givenName=person.givenName,
            familyName=person.familyName,
            emailAddress=f"{person.login}@example.org",
            laboratoryId=person.laboratory + 1,
        )
    for proposal in people.PROPOSALS:
        number = rows.add(
            Proposal,
            personId=people.person_id(proposal.members[0]),
            title=proposal.title,
            proposalCode=proposal.code,
            proposalNumber=proposal.number,
            proposalType=proposal.kind,
            state=proposal.state,
        )
        for place, member in enumerate(proposal.members):
            role = "Co-Investigator" if place else "Principal Investigator"
            rows.add(ProposalHasPerson, proposalId=number, personId=people.person_id(member), role=role)


def add_beamline(rows: Rows, line: Beamline, now: datetime) -> None:
    """The detector of a beamline, lengths in mm; its set-up, divergences in µrad, energies in eV, beam sizes in µm."""
    detector = line.detector
    number = rows.add(
        Detector,
        detectorType="Photon counting",
        detectorManufacturer=detector.manufacturer,
        detectorModel=detector.model,
        detectorSerialNumber=detector.serial,
        detectorPixelSizeHorizontal=detector.pixel_mm,
        detectorPixelSizeVertical=detector.pixel_mm,
        detectorDistanceMin=detector.distances[0],
        detectorDistanceMax=detector.distances[1],
        detectorMode="Unbinned",
        sensorThickness=0.45,
        composition="Si",
        numberOfPixelsX=detector.pixels[0],
        numberOfPixelsY=detector.pixels[1],
        localName=f"{line.name} detector",
    )
    rows.add(
        BeamLineSetup,
        active=True,
        detectorId=number,
        beamlineName=line.name,
        synchrotronName=FACILITY,
        synchrotronMode="Uniform filling",
        undulatorType1="In-vacuum U20",
        focusingOptic="Kirkpatrick-Baez mirrors",
        monochromatorType="Si(111) double crystal",
        beamDivergenceHorizontal=120.0,
        beamDivergenceVertical=40.0,
        polarisation=0.99,
        setupDate=now - timedelta(days=240),
        minExposureTimePerImage=0.002,
        goniostatMaxOscillationSpeed=180.0,
        goniostatMinOscillationWidth=0.02,
        minTransmission=0.05,
        energyMin=line.energies[0] * 1000,
        energyMax=line.energies[1] * 1000,
        beamSizeXMin=line.beam[0],
        beamSizeYMin=line.beam[1],
    )


def add_session(rows: Rows, visit: Visit, now: datetime) -> int:
    """A session and the people on it; answers its key."""
    proposal = people.proposal(visit.proposal)
    contact = people.LOCAL_CONTACTS[visit.beamline]
    operator = people.person(contact)
    number = rows.add(
        BLSession,
        proposalId=people.proposal_id(visit.proposal),
        beamLineSetupId=[line.name for line in BEAMLINES].index(visit.beamline) + 1,
        beamLineName=visit.beamline,
        startDate=visit.start,
        endDate=visit.end,
        bltimeStamp=visit.start - timedelta(days=45),
        lastUpdate=min(visit.end, now),
        scheduled=True,
        nbShifts=visit.shifts,
        visit_number=visit.number,
        sessionTitle=proposal.title,
        beamLineOperator=f"{operator.givenName} {operator.familyName}",
        comments=REMARKS.get((visit.proposal, visit.number)),
        nbReimbDewars=1 if visit.pucks else 0,
    )
    roles = {contact: "Local Contact"}
    for place, member in enumerate(proposal.members):
        roles.setdefault(member, "Co-Investigator" if place else "Principal Investigator")
    if guest := people.SESSION_ONLY.get(visit.proposal):
        roles[guest] = "Team Member"
    for place, (login, role) in enumerate(roles.items()):
        remote = role != "Local Contact" and (number + place) % 3 == 0
        rows.put(
            Session_has_Person,
            {"sessionId": number, "personId": people.person_id(login), "role": role, "remote": remote},
        )
    return number
