"""What the groups crystallise. Well-known test proteins have their real cells; the others are invented."""

from dataclasses import dataclass, replace

Cell = tuple[float, float, float, float, float, float]
OTHER_FORM_EVERY = 4
"""One crystal of so many is of another form, of proteins that have one."""


@dataclass(frozen=True)
class Macromolecule:
    """A protein, its usual crystal form and what one does with it."""

    acronym: str
    name: str
    mass: float
    """[Da]"""
    space_group: str
    cell: Cell
    """a, b, c [Å], alpha, beta, gamma [degrees]."""
    strategy: str = "standard"
    """How its crystals are measured: standard, fragments, phasing, metal, helical."""
    scatterer: str = ""
    """Element of the absorption edge of interest."""
    elements: tuple[tuple[str, float], ...] = (("S", 0.05), ("Cl", 0.12), ("K", 0.03))
    """What fluoresces, with the height of its strongest line relative to a strong one."""
    other_form: tuple[str, Cell] | None = None
    """Space group and cell that some of its crystals have instead."""

    @property
    def forms(self) -> tuple["Macromolecule", ...]:
        """The protein in each of its crystal forms, the usual one first."""
        if self.other_form is None:
            return (self,)
        space_group, cell = self.other_form
        return (self, replace(self, space_group=space_group, cell=cell))

    def in_form(self, crystal: int) -> "Macromolecule":
        """The protein as the crystal of this number holds it: one of a few is of the other form, if there is one."""
        return self.forms[0] if crystal % OTHER_FORM_EVERY else self.forms[-1]


MACROMOLECULES = {
    protein.acronym: protein
    for protein in (
        Macromolecule("LYSO", "Lysozyme, hen egg white", 14313, "P43212", (78.6, 78.6, 37.1, 90, 90, 90)),
        Macromolecule("THAU", "Thaumatin", 22204, "P41212", (57.9, 57.9, 150.3, 90, 90, 90)),
        Macromolecule("TRYP", "Trypsin, bovine", 23305, "P212121", (54.5, 58.4, 66.6, 90, 90, 90)),
        Macromolecule("PROK", "Proteinase K", 28930, "P43212", (67.8, 67.8, 102.6, 90, 90, 90), "helical"),
        Macromolecule("INS", "Insulin, cubic form", 5734, "I213", (78.1, 78.1, 78.1, 90, 90, 90)),
        Macromolecule(
            "TMPA",
            "Sugar transporter, inward open",
            51200,
            "C2",
            (168.4, 61.3, 94.7, 90, 108.2, 90),
            "helical",
            other_form=("P212121", (71.8, 95.2, 143.6, 90, 90, 90)),
        ),
        Macromolecule("TMPB", "Sugar transporter, occluded", 51200, "P212121", (72.6, 94.1, 141.8, 90, 90, 90)),
        Macromolecule(
            "VPRO",
            "Main protease of an invented virus",
            33800,
            "C2",
            (112.9, 52.8, 44.6, 90, 102.9, 90),
            "fragments",
            other_form=("P212121", (67.9, 99.2, 103.6, 90, 90, 90)),
        ),
        Macromolecule(
            "CELS", "Cellulose synthase, catalytic domain", 58900, "P6322", (128.2, 128.2, 172.5, 90, 90, 120)
        ),
        Macromolecule("CELC", "Cellulose synthase, small domain", 17600, "P3121", (63.7, 63.7, 88.2, 90, 90, 120)),
        Macromolecule(
            "LPMO",
            "Lytic polysaccharide monooxygenase",
            24900,
            "P21",
            (37.9, 69.4, 44.8, 90, 96.1, 90),
            "metal",
            "Zn",
            (("S", 0.06), ("Cl", 0.2), ("Ca", 0.04), ("Fe", 0.02), ("Cu", 0.75), ("Zn", 0.3)),
        ),
        Macromolecule(
            "PTAF",
            "Phage tail fibre, selenomethionine",
            43100,
            "P63",
            (96.2, 96.2, 118.7, 90, 90, 120),
            "phasing",
            "Se",
            (("S", 0.04), ("Cl", 0.1), ("Ni", 0.05), ("Se", 0.85)),
        ),
        Macromolecule(
            "PTAG",
            "Phage tail gate, selenomethionine",
            21800,
            "P21212",
            (81.4, 109.6, 53.2, 90, 90, 90),
            "phasing",
            "Se",
            (("S", 0.04), ("Cl", 0.09), ("Zn", 0.1), ("Se", 0.7)),
        ),
        Macromolecule(
            "BLUF", "Blue-light receptor domain", 15400, "P212121", (41.1, 55.7, 77.9, 90, 90, 90), "helical"
        ),
        Macromolecule(
            "KIN4", "Kinase domain, construct 4", 34700, "P3221", (85.3, 85.3, 119.4, 90, 90, 120), "fragments"
        ),
        Macromolecule("SEHX", "Soluble epoxide hydrolase X", 62500, "P6522", (92.7, 92.7, 244.1, 90, 90, 120)),
    )
}
