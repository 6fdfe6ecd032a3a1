"""How a picture is to look: the choices that change pixels, never numbers."""

from dataclasses import dataclass, replace
from typing import Literal

Palette = Literal["paper", "safe", "a", "b", "c"]
Normalisation = Literal["frame", "sequence", "absolute", "contrast"]
Triple = tuple[float, float, float]
"""One number for each channel: A, B, C."""


@dataclass(frozen=True)
class Look:
    """Size, colours and what is drawn over them."""

    size: int = 720
    """Aimed side of the field in pixels; every point becomes a square of whole pixels, so the true side differs a little."""
    palette: Palette = "paper"
    normalisation: Normalisation = "frame"
    sequence: Triple | None = None
    """Largest distance of each channel over all checkpoints, for `sequence`."""
    names: bool = True
    """Write the predicted token into each region that has room."""
    borders: bool = True
    """Draw lines where the name changes, so that colour is not the only cue."""
    caption: bool = True
    """Add a band that says model, checkpoint, layer, distance and the prompts."""

    def but(self, **changes: object) -> "Look":
        """The same look with some choices changed."""
        return replace(self, **changes)  # pyright: ignore[reportArgumentType]  (names are checked by the dataclass)

    def zoom(self, points: int) -> int:
        """Pixels per point and side."""
        return max(1, round(self.size / points))
