"""The pipelines that every data set goes through, and what tells them apart."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """Why a pipeline gave up."""

    message: str
    description: str


@dataclass(frozen=True)
class Pipeline:
    """A program that makes merged data of a data set."""

    name: str
    version: str
    command: str
    """How it is called, with `{data}` and `{name}`."""
    cut: float
    """I/σ(I) of merged data at which it cuts them."""
    gain: float
    """What it gets out of the images, relative to a usual program."""
    shells: int
    risk: float
    """Share of good data sets that it fails on."""
    minutes: tuple[float, float]
    """How long it takes on the cluster."""
    reflections: str
    """Name of the file with merged data."""
    amplitudes: bool
    """It hands its data to TRUNCATE: the file has amplitudes and a free set too."""
    refusals: tuple[Refusal, ...]
    xml: bool = False
    """It hands in XML when it is done, and says nothing before."""
    within_ellipsoid: str | None = None
    """Name of the file with data within the limits of anisotropic diffraction, of one that merges these too."""

    @property
    def programs(self) -> str:
        """How it names itself."""
        return f"{self.name} {self.version}"

    @property
    def folder(self) -> str:
        """Name of its folder below that of a data set."""
        return self.name.replace(" ", "-")


PIPELINES = (
    Pipeline(
        "autoPROC",
        "1.0.5",
        "process -h5 {data} -d autoPROC -xml autoPROC_{name}=yes",
        cut=1.2,
        gain=1.04,
        shells=12,
        risk=0.03,
        minutes=(14.0, 42.0),
        reflections="truncate-unique.mtz",
        amplitudes=True,
        refusals=(
            Refusal("No space group found", "POINTLESS gives no solution with a probability above 0.5."),
            Refusal("Too few spots indexed", "XDS IDXREF: fewer than 50 % of the spots fit the best lattice."),
        ),
        within_ellipsoid="staraniso_alldata-unique.mtz",
    ),
    Pipeline(
        "xia2 dials",
        "3.8",
        "xia2 pipeline=dials image={data} project=ELS crystal={name}",
        cut=0.95,
        gain=1.0,
        shells=20,
        risk=0.02,
        minutes=(6.0, 19.0),
        reflections="AUTOMATIC_DEFAULT_scaled.mtz",
        amplitudes=False,
        refusals=(
            Refusal("Too few spots indexed", "dials.index: no lattice indexes more than 10 % of the strong spots."),
            Refusal("No suitable lattice could be found", "dials.index gave up after fft3d and fft1d."),
        ),
    ),
    Pipeline(
        "fast_dp",
        "1.6",
        "fast_dp -j 24 {data}",
        cut=1.4,
        gain=0.95,
        shells=10,
        risk=0.05,
        minutes=(0.8, 2.6),
        reflections="fast_dp.mtz",
        amplitudes=True,
        refusals=(
            Refusal("Too few spots indexed", "XDS IDXREF: insufficient percentage of indexed reflections."),
            Refusal("No space group found", "POINTLESS: the best Laue group is no better than P 1."),
        ),
    ),
    Pipeline(
        "xia2 3dii",
        "3.8",
        "xia2 pipeline=3dii image={data} project=ELS crystal={name}",
        cut=1.05,
        gain=0.98,
        shells=20,
        risk=0.04,
        minutes=(7.0, 24.0),
        reflections="AUTOMATIC_DEFAULT_scaled.mtz",
        amplitudes=False,
        refusals=(
            Refusal("Too few spots indexed", "XDS IDXREF: solution is inaccurate."),
            Refusal("No images left after bad ones were left out", "More than half of the batches have Rmerge > 1."),
        ),
        xml=True,
    ),
)
