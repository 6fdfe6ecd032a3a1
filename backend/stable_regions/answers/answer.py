"""A result in a person's hands: it draws and saves itself."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from stable_regions.answers.shown import chart, kinds, refuse_absent, shown_as
from stable_regions.answers.table import csv
from stable_regions.pictures import film
from stable_regions.pictures.colour import largest
from stable_regions.pictures.image import png_file
from stable_regions.pictures.look import Look, Normalisation, Palette
from stable_regions.pictures.show import Absent
from stable_regions.pictures.svg import svg
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True)
class Answer(Result):
    """A result, and the parts that its analysis brings: an animation's frames, in the order of its revisions, a sweep's cells."""

    frames: tuple["Answer", ...] = ()

    def figure(self, palette: Palette = "paper", normalisation: Normalisation = "frame") -> "go.Figure":
        """A plotly figure of what the result is: a map, a curve, lines over training, bars."""
        from stable_regions.answers.figure import figure

        return figure(self, palette, normalisation, frames=self.frames)

    def image(self, look: Look | None = None) -> Image.Image:
        """The slice as a Pillow image; of an animation, the frame asked for last."""
        return _picture(self._drawn, (), look or Look())

    def save(self, path: str | Path, look: Look | None = None, seconds: float = 0.4) -> Path:
        """Write a file of the kind that the suffix names; the path.

        Every result: npz, safetensors, json (its recipe). A slice also png, csv, html. An animation also gif, mp4, png
        (all checkpoints side by side), html (sharpness over training); `seconds` is how long a film shows each image.
        What is drawn as lines also csv, svg, html. `kinds` says it of this one.

        Raises:
            ValueError: the suffix is none of these.
        """
        path = Path(path)
        path.write_bytes(self.file(suffix_of(path, self.kinds), look, seconds))
        return path

    @property
    def kinds(self) -> tuple[str, ...]:
        """Suffixes that `save` knows for this result."""
        return kinds(str(self.recipe.get("analysis")))

    def file(self, suffix: str, look: Look | None = None, seconds: float = 0.4) -> bytes:
        """The file of a kind.

        Raises:
            Unprocessable: the result has no such file; with the reason.
        """
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
            case "gif" | "mp4":
                write = film.gif_of if suffix == "gif" else film.mp4_of
                return write(_film(self, self.frames, look), self._drawn.recipe, seconds)
            case _:
                usual = Look(normalisation="sequence") if self.frames else Look()
                return png_file(_picture(self, self.frames, look or usual), self._drawn.recipe)

    def largest(self) -> tuple[float, float, float]:
        """Largest distance of each channel, over all frames if there are any; in the distance's own unit."""
        return largest(self.frames or [self])

    @property
    def _drawn(self) -> Result:
        """Whose recipe a picture or a film carries: the frame asked for last, if there are any."""
        return self.frames[-1] if self.frames else self


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


def _picture(result: Result, parts: Sequence[Result], look: Look) -> Image.Image:
    show = shown_as(result)
    refuse_absent(show, "png", result)
    assert not isinstance(show.picture, Absent)
    return show.picture(result, parts, look)


def _film(result: Result, parts: Sequence[Result], look: Look | None) -> Sequence[Image.Image]:
    show = shown_as(result)
    refuse_absent(show, "gif", result)
    assert not isinstance(show.film, Absent)
    return show.film(result, parts, look or Look(normalisation="sequence"))
