"""Paper to write a report on: A4, a cursor that goes down, pages that begin where the last one is full."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Literal

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 18 * mm, WIDTH - 18 * mm, HEIGHT - 16 * mm, 20 * mm
TEXT, SOFT, LINE = (0.1, 0.11, 0.13), (0.42, 0.44, 0.48), (0.82, 0.83, 0.85)
PLAIN, STRONG = "ISPyB-Plain", "ISPyB-Strong"
SIZE, LEADING = 8.5, 4.3 * mm
ELLIPSIS = "…"

Align = Literal["left", "right"]


@cache
def _register_fonts() -> None:
    """Source Sans Pro, embedded as far as its letters are used: Latin, Greek and Cyrillic."""
    folder = files("font_source_sans_pro") / "files"
    for name, file in ((PLAIN, "SourceSansPro-Regular.ttf"), (STRONG, "SourceSansPro-Semibold.ttf")):
        with as_file(folder / file) as path:
            pdfmetrics.registerFont(TTFont(name, str(path)))


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a table: heading, width [points], and on which side it lines up."""

    name: str
    width: float
    align: Align = "left"


class Sheet:
    """Pages of a document. Distances are in points, from the lower left corner; `y` is the line that comes next."""

    def __init__(self, title: str, author: str, foot: str) -> None:
        _register_fonts()
        self._made = io.BytesIO()
        self.canvas: Any = Canvas(self._made, pagesize=A4, pageCompression=1, lang="en")
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setCreator("ISPyB")
        self._foot = foot
        self.page = 1
        self.y = TOP

    def room(self, height: float) -> bool:
        """Go on to the next page unless so much is left on this one; True where it did."""
        if self.y - height >= BOTTOM:
            return False
        self._end_page()
        self.page += 1
        self.y = TOP
        return True

    def down(self, distance: float = LEADING) -> None:
        """Leave some space."""
        self.y -= distance

    def write(
        self,
        text: str,
        x: float = LEFT,
        *,
        to: float = RIGHT,
        font: str = PLAIN,
        size: float = SIZE,
        colour: tuple[float, float, float] = TEXT,
        align: Align = "left",
    ) -> float:
        """A text on this line between two places, cut where it is too long; answers where it ends."""
        text = fitted(text, font, size, to - x)
        width = self.width_of(text, font, size)
        self.canvas.setFont(font, size)
        self.canvas.setFillColorRGB(*colour)
        start = x if align == "left" else to - width
        self.canvas.drawString(start, self.y, text)
        return start + width

    def width_of(self, text: str, font: str = PLAIN, size: float = SIZE) -> float:
        """How much of a line a text takes."""
        return float(pdfmetrics.stringWidth(text, font, size))

    def rule(self, x: float = LEFT, to: float = RIGHT, *, above: float = 0.0) -> None:
        """A thin line across."""
        self.canvas.setStrokeColorRGB(*LINE)
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x, self.y + above, to, self.y + above)

    def paragraph(self, text: str, *, colour: tuple[float, float, float] = TEXT, size: float = SIZE) -> None:
        """A text over as many lines as it takes."""
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and pdfmetrics.stringWidth(longer, PLAIN, size) > RIGHT - LEFT:
                self._line(line, colour, size)
                line = word
            else:
                line = longer
        if line:
            self._line(line, colour, size)

    def _line(self, line: str, colour: tuple[float, float, float], size: float) -> None:
        self.room(LEADING)
        self.write(line, colour=colour, size=size)
        self.down()

    def table(
        self,
        heads: Sequence[Head],
        rows: Sequence[Sequence[str]],
        *,
        x: float = LEFT,
        is_strong: Callable[[int], bool] = lambda _row: False,
    ) -> None:
        """A table; its headings stand on every page that it comes to."""
        self.room(3 * LEADING)
        self._heads(heads, x)
        for number, row in enumerate(rows):
            if self.room(LEADING):
                self._heads(heads, x)
            font = STRONG if is_strong(number) else PLAIN
            self._row(heads, row, x, font=font, colour=TEXT)

    def _heads(self, heads: Sequence[Head], x: float) -> None:
        self._row(heads, [head.name for head in heads], x, font=PLAIN, colour=SOFT)
        self.rule(x, x + sum(head.width for head in heads), above=LEADING - 1.2 * mm)

    def _row(
        self, heads: Sequence[Head], row: Sequence[str], x: float, *, font: str, colour: tuple[float, float, float]
    ) -> None:
        for head, text in zip(heads, row, strict=True):
            if text:
                self.write(
                    text, x, to=x + head.width - 1.5 * mm, font=font, size=SIZE - 0.5, colour=colour, align=head.align
                )
            x += head.width
        self.down()

    def picture(
        self, jpeg: bytes, x: float, top: float, width: float, height: float, *, align: Align = "right"
    ) -> float:
        """A JPEG within a frame, at its own proportions, in one of its upper corners; answers how high it is."""
        image = ImageReader(io.BytesIO(jpeg))
        across, up = image.getSize()
        scale = min(width / across, height / up)
        left = x if align == "left" else x + width - across * scale
        self.canvas.drawImage(image, left, top - up * scale, width=across * scale, height=up * scale)
        return float(up * scale)

    def gradient(self, colours: Sequence[tuple[float, float, float]], x: float, to: float) -> None:
        """Colours that pass into each other, evenly spaced between two places of this line."""
        self.canvas.saveState()
        path = self.canvas.beginPath()
        path.rect(x, self.y, to - x, 0.6 * SIZE)
        self.canvas.clipPath(path, stroke=0, fill=0)
        self.canvas.linearGradient(x, self.y, to, self.y, [Color(*colour) for colour in colours])
        self.canvas.restoreState()

    def mark(self, name: str, level: int = 0) -> None:
        """An entry of the outline that viewers show beside the pages, which leads to here."""
        key = f"at-{self.page}-{self.y:.0f}"
        self.canvas.bookmarkHorizontalAbsolute(key, self.y + LEADING)
        self.canvas.addOutlineEntry(name, key, level=level, closed=level == 0)

    def _end_page(self) -> None:
        line, self.y = self.y, BOTTOM - 9 * mm
        self.write(self._foot, size=7.5, colour=SOFT, to=RIGHT - 30 * mm)
        end = self.write(
            f"Page {self.page} of ", RIGHT - 30 * mm, to=RIGHT - 3 * mm, size=7.5, colour=SOFT, align="right"
        )
        self.canvas.translate(end, self.y)
        self.canvas.doForm("pages")  # how many there are is drawn at the end, for all of them
        self.canvas.showPage()
        self.y = line

    def finish(self) -> bytes:
        """The document."""
        self._end_page()
        self.canvas.beginForm("pages", 0, -3, 60, 12)
        self.canvas.setFont(PLAIN, 7.5)
        self.canvas.setFillColorRGB(*SOFT)
        self.canvas.drawString(0, 0, str(self.page))
        self.canvas.endForm()
        self.canvas.save()
        return self._made.getvalue()


def fitted(text: str, font: str, size: float, width: float) -> str:
    """A text cut so that it takes no more than a width."""
    if pdfmetrics.stringWidth(text, font, size) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if pdfmetrics.stringWidth(text[:middle] + ELLIPSIS, font, size) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low] + ELLIPSIS if low else ""
