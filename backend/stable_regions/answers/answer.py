"""A result in a person's hands: it draws and saves itself."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from stable_regions.answers.table import csv
from stable_regions.pictures import film
from stable_regions.pictures.charts import CHARTS, chart
from stable_regions.pictures.colour import largest
from stable_regions.pictures.image import picture, png_file
from stable_regions.pictures.look import Look, Normalisation, Palette
from stable_regions.pictures.svg import svg
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    import plotly.graph_objects as go

PICTURE = ("png", "npz", "safetensors", "csv", "html", "json")
FILM = ("gif", "mp4", "png", "npz", "safetensors", "json")
CHART = ("csv", "svg", "npz", "safetensors", "html", "json")
OTHER = ("npz", "safetensors", "html", "json")
"""What a slice, an animation, what is drawn as lines, and the rest can be saved as."""


@dataclass(frozen=True)
class Answer(Result):
    """A result, and the frames it names if it is an animation's (in the order of its revisions) or the cells of a sweep."""

    frames: tuple["Answer", ...] = ()

    def figure(self, palette: Palette = "paper", normalisation: Normalisation = "frame") -> "go.Figure":
        """A plotly figure of what the result is: a map, a curve, lines over training, bars."""
        from stable_regions.answers.figure import figure

        return figure(self, palette, normalisation, frames=self.frames)

    def image(self, look: Look | None = None) -> Image.Image:
        """The slice as a Pillow image; of an animation, the frame asked for last."""
        shown = self.frames[-1] if self.frames else self
        return picture(shown, look or Look())

    def save(self, path: str | Path, look: Look | None = None, seconds: float = 0.4) -> Path:
        """Write a file of the kind that the suffix names; the path.

        A slice: png, npz, safetensors, csv, html, json (its recipe). An animation: gif, mp4, png (all checkpoints side
        by side), npz, safetensors, json; `seconds` is how long a film shows each checkpoint. A curve, a study and
        their like: csv, svg, npz, safetensors, html, json.

        Raises:
            ValueError: the suffix is none of these.
        """
        path = Path(path)
        path.write_bytes(self._file(suffix_of(path, self.kinds), look, seconds))
        return path

    @property
    def kinds(self) -> tuple[str, ...]:
        """Suffixes that `save` knows for this result."""
        return kinds(str(self.recipe.get("analysis")))

    def _file(self, suffix: str, look: Look | None, seconds: float) -> bytes:
        match suffix:
            case "safetensors":
                return self.to_bytes()
            case "npz":
                return self.to_npz()
            case "csv":
                return csv(self).encode()
            case "svg":
                return svg(chart(self, self.frames)).encode()
            case "json":
                return json.dumps(self.recipe, ensure_ascii=False, indent=2).encode()
            case "html":
                from stable_regions.answers.figure import page

                return page(self.figure()).encode()
            case "gif":
                return film.gif(self.frames, look, seconds)
            case "mp4":
                return film.mp4(self.frames, look, seconds)
            case _ if self.frames:
                return film.strip(self.frames, look)
            case _:
                return png_file(self.image(look), self.recipe)

    def largest(self) -> tuple[float, float, float]:
        """Largest distance of each channel, over all frames if there are any; in the distance's own unit."""
        return largest(self.frames or [self])


def kinds(analysis: str) -> tuple[str, ...]:
    """Suffixes that an analysis' result can be saved with."""
    return {"slice": PICTURE, "regions": PICTURE, "animation": FILM, **dict.fromkeys(CHARTS, CHART)}.get(
        analysis, OTHER
    )


def suffix_of(path: Path, known: tuple[str, ...]) -> str:
    """The path's suffix, without its dot.

    Raises:
        ValueError: it is not one of `known`.
    """
    suffix = path.suffix.lstrip(".").lower()
    if suffix not in known:
        raise ValueError(
            f"{path.name!r} ends in {path.suffix!r}; this can be saved as {', '.join('.' + k for k in known)}"
        )
    return suffix
