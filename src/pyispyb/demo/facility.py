"""Example Light Source: its beamlines, and the settings that make an ISPyB serve it."""

from dataclasses import dataclass
from pathlib import Path

from ..reprocessing.settings import ReprocessingSettings
from ..settings import BeamLine, BeamlineGroup, DatabaseSettings, DemoLogin, FileSettings, Settings
from .recipes import RECIPES

FACILITY = "Example Light Source"


@dataclass(frozen=True)
class Detector:
    """A detector as MXCuBE asks for it."""

    manufacturer: str
    model: str
    serial: str
    pixels: tuple[int, int]
    pixel_mm: float
    distances: tuple[float, float]
    """Nearest and farthest position [mm]."""

    @property
    def half_width(self) -> float:
        """Half the width of the sensitive surface [mm]."""
        return self.pixels[0] * self.pixel_mm / 2


@dataclass(frozen=True)
class Beamline:
    """A beamline for macromolecular crystallography."""

    name: str
    detector: Detector
    energies: tuple[float, float]
    """Lowest and highest energy [keV]."""
    beam: tuple[float, float]
    """Beam size at the sample, horizontal and vertical [µm]."""
    flux: float
    """Photons per second at full transmission."""
    exposure: float
    """Usual exposure of an image [s]."""
    grid_step: float
    """Usual step of a grid scan [µm]."""
    positions: int
    """Pucks its sample changer holds."""
    cbf: bool = False
    """Images of characterisations are a file each, for programs that want them so."""


BEAMLINES = (
    Beamline(
        "BL1-MX",
        Detector("DECTRIS", "EIGER2 X 16M", "E-32-0000-EXAMPLE-1", (4148, 4362), 0.075, (98.0, 1200.0)),
        (6.0, 20.0),
        (40.0, 20.0),
        3.1e12,
        0.01,
        20.0,
        23,
    ),
    Beamline(
        "BL2-MX",
        Detector("DECTRIS", "EIGER2 X 9M", "E-18-0000-EXAMPLE-2", (3108, 3262), 0.075, (85.0, 1000.0)),
        (5.5, 17.5),
        (50.0, 30.0),
        1.6e12,
        0.02,
        25.0,
        16,
        cbf=True,
    ),
    Beamline(
        "BL3-MICRO",
        Detector("DECTRIS", "EIGER2 XE 9M", "E-18-0000-EXAMPLE-3", (3108, 3262), 0.075, (80.0, 900.0)),
        (7.0, 20.0),
        (8.0, 6.0),
        6.4e12,
        0.004,
        12.0,
        29,
    ),
)

STAFF_PERMISSION = "bl_mx"
MICRO_STAFF_PERMISSION = "bl_micro"


def beamline(name: str) -> Beamline:
    """The beamline of this name; raises KeyError for any other."""
    return {each.name: each for each in BEAMLINES}[name]


def settings(data_dir: Path, logins: list[DemoLogin]) -> Settings:
    """Settings of an ISPyB that serves the facility whose database and files are in this folder."""
    return Settings(
        facility=FACILITY,
        motd="A simulated facility: every name, number and picture is invented.",
        database=DatabaseSettings(url=database_url(data_dir)),
        files=FileSettings(
            roots=[files_root(data_dir)],
            # The pool of pictures that all sessions share, besides each one's own.
            session_folders=[*FileSettings().session_folders, str(files_root(data_dir) / "pool")],
        ),
        beamline_groups=[
            BeamlineGroup(
                groupName="MX",
                uiGroup="mx",
                permission=STAFF_PERMISSION,
                beamLines=[BeamLine(beamLineName=name, archived=False) for name in ("BL1-MX", "BL2-MX")],
            ),
            BeamlineGroup(
                groupName="Microfocus",
                uiGroup="mx",
                permission=MICRO_STAFF_PERMISSION,
                beamLines=[BeamLine(beamLineName="BL3-MICRO", archived=False)],
            ),
        ],
        secure_cookies=False,
        reprocessing=ReprocessingSettings(recipes=RECIPES),
        demo_logins=logins,
    )


def database_url(data_dir: Path) -> str:
    """Address of the embedded database."""
    return f"sqlite+aiosqlite:///{data_dir.resolve() / 'ispyb.sqlite'}"


def files_root(data_dir: Path) -> Path:
    """Folder of everything the beamlines write."""
    return data_dir.resolve() / "files"
