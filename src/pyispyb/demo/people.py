"""Laboratories, persons, proposals and log-ins.

All names are invented: the word "example" in many languages, and its relatives.
"""

from dataclasses import dataclass

from ..settings import DemoLogin


@dataclass(frozen=True)
class Laboratory:
    """Where persons work."""

    name: str
    city: str
    country: str
    address: str


@dataclass(frozen=True)
class Person:
    """Somebody, and the number of their laboratory in LABORATORIES."""

    login: str
    givenName: str
    familyName: str
    laboratory: int


@dataclass(frozen=True)
class Proposal:
    """What a group wants to measure: its members by log-in, the leader first, and its macromolecules by acronym."""

    code: str
    number: str
    title: str
    kind: str
    members: tuple[str, ...]
    proteins: tuple[str, ...]
    state: str = "Open"

    @property
    def name(self) -> str:
        """Code and number, such as mx415."""
        return f"{self.code}{self.number}"


@dataclass(frozen=True)
class Group:
    """A user group: its members by log-in, and the permissions it gives."""

    name: str
    members: tuple[str, ...]
    permissions: tuple[str, ...]


LABORATORIES = (
    Laboratory("Example Light Source", "Sampleton", "Exampleland", "1 Storage Ring"),
    Laboratory("Institute of Demonstration Biology", "Testaville", "Exampleland", "42 Specimen Street"),
    Laboratory("Muster Laboratory for Structures", "Beispielstadt", "Exampleland", "Musterweg 7"),
    Laboratory("Placeholder University", "Lorem Ipsum", "Fictitia", "3 Draft Avenue"),
    Laboratory("Sandbox Pharmaceuticals", "Mockborough", "Fictitia", "Unit 9, Prototype Park"),
    Laboratory("Centre for Invented Enzymes", "Exempleville", "Fictitia", "12 rue du Modele"),
)

PERSONS = (
    Person("admin", "Alma", "Default", 0),
    Person("staff", "Sam", "Standard", 0),
    Person("lcontact", "Lio", "Generic", 0),
    Person("ada", "Ada", "Example", 1),
    Person("bo", "Bo", "Sample", 2),
    Person("cleo", "Cleo", "Testa", 3),
    Person("dag", "Dag", "Eksempel", 1),
    Person("elin", "Elin", "Exempel", 1),
    Person("fons", "Fons", "Voorbeeld", 1),
    Person("gita", "Gita", "Specimen", 3),
    Person("hal", "Hal", "Mockup", 3),
    Person("ines", "Inés", "Ejemplo", 5),
    Person("jari", "Jari", "Esimerkki", 2),
    Person("kaja", "Kaja", "Näide", 2),
    Person("lior", "Lior", "Template", 2),
    Person("mira", "Mira", "Esempio", 5),
    Person("nils", "Nils", "Beispiel", 2),
    Person("oda", "Oda", "Prøve", 5),
    Person("pepe", "Pepe", "Muestra", 5),
    Person("quim", "Quim", "Exemplo", 4),
    Person("rosa", "Rosa", "Prototype", 4),
    Person("siv", "Siv", "Fixture", 4),
    Person("tomek", "Tomek", "Przykład", 3),
    Person("una", "Una", "Placeholder", 3),
    Person("vito", "Vito", "Campione", 1),
    Person("wilma", "Wilma", "Muster", 2),
)

PROPOSALS = (
    Proposal("mx", "398", "Packing of insulin crystals grown in gels", "MX", ("nils", "wilma"), ("INS",), "Closed"),
    Proposal(
        "mx",
        "415",
        "Conformational cycle of a bacterial sugar transporter",
        "MX",
        ("ada", "dag", "elin"),
        ("TMPA", "TMPB"),
    ),
    Proposal("mx", "422", "Fragment screening against a viral main protease", "MX", ("cleo", "gita", "hal"), ("VPRO",)),
    Proposal(
        "mx", "431", "Catalytic domain of a plant cellulose synthase", "MX", ("ines", "mira", "oda"), ("CELS", "CELC")
    ),
    Proposal("mx", "437", "Copper site of a lytic polysaccharide monooxygenase", "MX", ("jari", "kaja"), ("LPMO",)),
    Proposal("mx", "440", "De novo phasing of phage tail proteins", "MX", ("fons", "ada", "vito"), ("PTAF", "PTAG")),
    Proposal(
        "mx",
        "452",
        "Structures of the northern example group",
        "MX",
        ("lior", "nils", "jari", "kaja"),
        ("LYSO", "THAU", "TRYP"),
    ),
    Proposal("mx", "458", "Slow intermediates of a blue-light receptor", "MX", ("tomek", "una"), ("BLUF",)),
    Proposal("in", "73", "Inhibitors of a kinase, series 4", "MX", ("quim", "rosa"), ("KIN4",)),
    Proposal("in", "81", "Ligand soaks of a soluble hydrolase", "MX", ("siv", "rosa"), ("SEHX",)),
    Proposal("cm", "9", "Commissioning of BL1-MX and BL2-MX", "MX", ("staff", "lcontact"), ("LYSO", "PROK")),
    Proposal("cm", "12", "Commissioning of BL3-MICRO", "MX", ("lcontact", "staff"), ("INS", "PROK")),
)

LOCAL_CONTACTS = {"BL1-MX": "staff", "BL2-MX": "lcontact", "BL3-MICRO": "staff"}

SESSION_ONLY = {"mx415": "bo"}
"""Somebody who is on the sessions of a proposal without being on the proposal."""

GROUPS = (
    Group("administrators", ("admin",), ()),
    Group("MX staff", ("staff", "lcontact"), ("bl_mx", "bl_micro")),
)
"""Administrators have their permissions in every new database."""

PERMISSIONS = {
    "bl_mx": "Staff of BL1-MX and BL2-MX",
    "bl_micro": "Staff of BL3-MICRO",
}
"""What the facility's own permissions mean."""

LOGINS = tuple(
    DemoLogin(login=login, password=f"demo-{login}", description=description)
    for login, description in (
        ("ada", "User whose session runs now on BL1-MX and on BL2-MX"),
        ("bo", "Guest on the sessions of mx415 only"),
        ("cleo", "User of another group, running on BL3-MICRO"),
        ("staff", "Local contact: all sessions of the beamlines"),
        ("admin", "Administrator: sees everything"),
    )
)


def person(login: str) -> Person:
    """The person with this log-in."""
    return next(each for each in PERSONS if each.login == login)


def person_id(login: str) -> int:
    """The key that the person with this log-in gets."""
    return PERSONS.index(person(login)) + 1


def proposal(name: str) -> Proposal:
    """The proposal of this name."""
    return next(each for each in PROPOSALS if each.name == name)


def proposal_id(name: str) -> int:
    """The key that the proposal of this name gets."""
    return PROPOSALS.index(proposal(name)) + 1
