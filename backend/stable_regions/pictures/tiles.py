"""Equal pictures in rows and columns on dark paper, with room for words around them."""

from dataclasses import dataclass

from PIL import Image

from stable_regions.pictures.text import PAPER


@dataclass(frozen=True)
class Tiles:
    """Where each picture lies, in pixels.

    Args:
        wide: of a picture.
        tall: of a picture.
        rows: of pictures.
        columns: of pictures.
        left: room at the left of all rows.
        top: room above all columns.
        under: room below every picture.
    """

    wide: int
    tall: int
    rows: int
    columns: int
    left: int = 0
    top: int = 0
    under: int = 0

    @property
    def gap(self) -> int:
        """Between pictures, and around all of them."""
        return max(4, self.wide // 30)

    @property
    def line(self) -> int:
        """Size of the words about a picture."""
        return max(12, self.wide // 10)

    def paper(self) -> Image.Image:
        """The empty paper."""
        width = self.left + self.columns * (self.wide + self.gap) + self.gap
        height = self.top + self.rows * (self.tall + self.gap + self.under) + self.gap
        return Image.new("RGB", (width, height), PAPER)

    def place(self, row: int, column: int) -> tuple[int, int]:
        """The upper left corner of a picture."""
        x = self.left + self.gap + column * (self.wide + self.gap)
        return x, self.top + self.gap + row * (self.tall + self.gap + self.under)
