"""How samples come to a session: shipment, dewar, pucks, pins; and the proteins and crystals on them."""

import random
from datetime import datetime, timedelta
from typing import Any

from ..tables import (
    BLSample,
    BLSubSample,
    Container,
    Crystal,
    Dewar,
    DiffractionPlan,
    LabContact,
    Position,
    Protein,
    Shipping,
    ShippingHasSession,
)
from . import people
from .chance import chance
from .experiment import Target
from .macromolecules import MACROMOLECULES, Macromolecule
from .rows import Rows
from .schedule import Visit
from .specimen import POOL, make_specimen

PUCK = 16
"""Pins in a puck."""
PUCKS_PER_DEWAR = 7
KINDS = {
    "standard": "OSC",
    "fragments": "Ligand binding",
    "phasing": "SAD",
    "metal": "OSC",
    "helical": "MXPressE",
}
"""How ISPyB names the experiment that suits a strategy."""
AGAIN = 2
"""So many of the samples of a session are measured once more in the next one of their proposal that is over."""
MANY = 100
"""Sessions with so many samples have no time for that."""
SUB_SAMPLE_EVERY = 6
"""One measured sample of so many has a position worth coming back to."""


class Shipments:
    """Plans what comes with each session."""

    def __init__(self, rows: Rows, now: datetime) -> None:
        self.rows = rows
        self.now = now
        self.contacts: dict[str, int] = {}
        self.crystals: dict[tuple[str, str], int] = {}
        self.counted: dict[tuple[str, str], int] = {}
        self.measured: dict[str, list[Target]] = {}

    def bring(self, session: int, visit: Visit) -> list[Target]:
        """Plan the shipment of a session; answers its samples in the order in which they hang in the pucks."""
        if not visit.pucks:
            return []
        proposal = people.proposal(visit.proposal)
        shipping = self.shipping(visit, session)
        rng = chance("shipment", visit.proposal, visit.number)
        targets: list[Target] = []
        dewar = 0
        for puck in range(visit.pucks):
            if puck % PUCKS_PER_DEWAR == 0:
                dewar = self.dewar(visit, session, shipping, puck // PUCKS_PER_DEWAR + 1)
            container, barcode = self.container(visit, session, dewar, puck + 1)
            protein = MACROMOLECULES[proposal.proteins[puck % len(proposal.proteins)]]
            filled = PUCK if puck + 1 < visit.pucks or visit.samples > PUCK * puck else rng.randrange(10, PUCK + 1)
            for slot in range(1, filled + 1):
                measured = len(targets) < visit.samples
                target = self.sample(visit, protein, (container, barcode, puck + 1, slot), measured=measured, rng=rng)
                targets.append(target)
        return targets

    def again(self, visit: Visit, targets: list[Target]) -> list[Target]:
        """Samples of the proposal's session before that are measured once more; keeps those of this one in mind."""
        before = self.measured.get(visit.proposal, [])
        self.measured[visit.proposal] = targets[: visit.samples]
        return before[:AGAIN] if visit.end < self.now and visit.samples < MANY else []

    def shipping(self, visit: Visit, session: int) -> int:
        leader = people.person(people.proposal(visit.proposal).members[0])
        proposal = people.proposal_id(visit.proposal)
        contact = self.contacts.get(visit.proposal)
        if contact is None:
            contact = self.contacts[visit.proposal] = self.rows.add(
                LabContact,
                personId=people.person_id(leader.login),
                cardName=f"{leader.familyName} laboratory",
                proposalId=proposal,
                defaultCourrierCompany="Example Express",
                billingReference=f"ELS-{visit.proposal}",
            )
        sent = visit.start - timedelta(days=4)
        shipping = self.rows.add(
            Shipping,
            proposalId=proposal,
            shippingName=f"{visit.proposal}-{visit.number}",
            shippingStatus=self.status(visit),
            shippingType="DewarTracking",
            sendingLabContactId=contact,
            returnLabContactId=contact,
            returnCourier="Example Express",
            safetyLevel="GREEN",
            creationDate=sent - timedelta(days=3),
            bltimeStamp=sent - timedelta(days=3),
            deliveryAgent_agentName="Example Express",
            deliveryAgent_shippingDate=sent.date(),
            deliveryAgent_deliveryDate=(sent + timedelta(days=2)).date(),
            comments=None,
        )
        self.rows.put(ShippingHasSession, {"shippingId": shipping, "sessionId": session})
        return shipping

    def dewar(self, visit: Visit, session: int, shipping: int, number: int) -> int:
        code = f"{visit.proposal.upper()}-{visit.number}-{number}"
        here = self.now > visit.start - timedelta(days=2) and self.now < visit.end
        return self.rows.add(
            Dewar,
            shippingId=shipping,
            firstExperimentId=session,
            code=code,
            barCode=f"ELS-{code}",
            type="Dewar",
            dewarStatus=self.status(visit),
            storageLocation=f"{visit.beamline} dewar store" if here else None,
            trackingNumberToSynchrotron=f"EX{visit.number:02}{shipping:04}{number:02}",
            bltimeStamp=visit.start - timedelta(days=7),
        )

    def container(self, visit: Visit, session: int, dewar: int, place: int) -> tuple[int, str]:
        number = len(self.rows.of(Container)) + 1
        barcode = f"ELS-UNI-{number:04}"
        loaded = visit.start <= self.now < visit.end
        container = self.rows.add(
            Container,
            dewarId=dewar,
            sessionId=session,
            code=f"UNI-{number:03}",
            barcode=barcode,
            containerType="Unipuck",
            capacity=PUCK,
            containerStatus="processing" if loaded else self.status(visit),
            sampleChangerLocation=str(place) if loaded else None,
            beamlineLocation=visit.beamline if loaded else None,
            bltimeStamp=visit.start - timedelta(days=7),
        )
        return container, barcode

    def sample(
        self,
        visit: Visit,
        protein: Macromolecule,
        place: tuple[int, str, int, int],
        *,
        measured: bool,
        rng: random.Random,
    ) -> Target:
        container, barcode, puck, slot = place
        count = self.counted[visit.proposal, protein.acronym] = (
            self.counted.get((visit.proposal, protein.acronym), 0) + 1
        )
        name = f"{protein.acronym.lower()}-x{count}"
        plan = self.plan(protein, rng)
        number = len(self.rows.of(BLSample)) + 1
        code = f"ELS{number:06}"
        self.rows.add(
            BLSample,
            crystalId=self.crystal(visit.proposal, protein),
            containerId=container,
            diffractionPlanId=plan,
            name=name,
            code=code,
            location=str(slot),
            blSampleStatus="Data collected" if measured else None,
            isInSampleChanger=visit.start <= self.now < visit.end,
            loopType="Nylon",
            holderLength=18.0,
            comments=rng.choice(
                (None, None, None, "Grown in 2 days", "Soaked for 4 h", "Small, but sharp edges", "Twinned?")
            ),
            recordTimeStamp=visit.start - timedelta(days=8),
        )
        if measured and number % SUB_SAMPLE_EVERY == 0:
            self.sub_sample(number, plan, visit)
        return Target(number, name, code, protein.in_form(count), barcode, puck, slot)

    def sub_sample(self, sample: int, plan: int, visit: Visit) -> None:
        x, y, z = (round(float(value) / 1000, 4) for value in make_specimen(sample % POOL).crystal.centre)
        position = self.rows.add(Position, posX=x, posY=y, posZ=z, recordTimeStamp=visit.start)
        self.rows.add(
            BLSubSample,
            blSampleId=sample,
            diffractionPlanId=plan,
            positionId=position,
            comments="Best of the grid scan",
            source="auto",
            type="point",
            recordTimeStamp=visit.start,
        )

    def plan(self, protein: Macromolecule, rng: random.Random) -> int:
        return self.rows.add(
            DiffractionPlan,
            experimentKind=KINDS[protein.strategy],
            requiredResolution=rng.choice((1.6, 1.8, 2.0, 2.2, 2.5)),
            aimedResolution=1.5,
            requiredCompleteness=0.99,
            requiredMultiplicity=4.0 if protein.strategy != "phasing" else 12.0,
            anomalousScatterer=protein.scatterer or None,
            anomalousData=bool(protein.scatterer),
            radiationSensitivity=rng.choice((None, None, 1.0, 2.0)),
            preferredBeamDiameter=rng.choice((None, 20.0, 50.0)),
            numberOfPositions=1,
            recordTimeStamp=self.now - timedelta(days=250),
        )

    def crystal(self, proposal_name: str, protein: Macromolecule) -> int:
        """The crystal form of a protein of a proposal."""
        known = self.crystals.get((proposal_name, protein.acronym))
        if known:
            return known
        number = self.rows.add(
            Protein,
            proposalId=people.proposal_id(proposal_name),
            personId=people.person_id(people.proposal(proposal_name).members[0]),
            name=protein.name,
            acronym=protein.acronym,
            safetyLevel="GREEN",
            molecularMass=protein.mass,
            proteinType="Protein",
            bltimeStamp=self.now - timedelta(days=260),
        )
        crystal = self.rows.add(
            Crystal,
            proteinId=number,
            name=f"{protein.acronym} {protein.space_group}",
            spaceGroup=protein.space_group,
            recordTimeStamp=self.now - timedelta(days=260),
            **_cell(protein),
        )
        self.crystals[proposal_name, protein.acronym] = crystal
        return crystal

    def status(self, visit: Visit) -> str:
        """Where a shipment is now."""
        if self.now >= visit.end:
            return "returned"
        if self.now >= visit.start:
            return "processing"
        if self.now >= visit.start - timedelta(days=3):
            return "at facility"
        return "sent to facility" if self.now >= visit.start - timedelta(days=6) else "opened"


def _cell(protein: Macromolecule) -> dict[str, Any]:
    names = ("cell_a", "cell_b", "cell_c", "cell_alpha", "cell_beta", "cell_gamma")
    return dict(zip(names, map(float, protein.cell), strict=True))
