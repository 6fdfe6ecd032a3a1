"""A slice as a PNG that says what it shows, and carries its recipe.

The recipe is an iTXt chunk named `stable-regions`: the resolved request as JSON. Dropped on the page, the file restores
the view; `recipe_of` reads it back.
"""

import io
import json

from PIL import Image, ImageDraw, PngImagePlugin

from stable_regions.pictures.field import field
from stable_regions.pictures.look import Look, Normalisation, Palette, Triple
from stable_regions.pictures.text import INK, PAPER, QUIET, badge, fitted, font, plain, text_width
from stable_regions.schemas.result import Json, Result

CHUNK = "stable-regions"


def title(recipe: dict[str, Json]) -> tuple[str, str]:
    """What the picture shows: model, layer and distance; and the checkpoint."""
    model = recipe.get("model")
    name, revision = (str(model.get("name")), str(model.get("revision"))) if isinstance(model, dict) else ("", "")
    return f"{name} · layer {recipe.get('write_layer')} · {recipe.get('distance')}", revision


def picture(result: Result, look: Look) -> Image.Image:
    """The field, with its caption below if the look has one."""
    drawn = field(result, look)
    return captioned(drawn, result.recipe, look) if look.caption else drawn


def captioned(
    drawn: Image.Image, recipe: dict[str, Json], look: Look, last: str | None = None, first: str | None = None
) -> Image.Image:
    """An image above a band with model, layer and distance (or `first`), checkpoint (or `last`) and the three prompts."""
    size = max(12, round(look.size / 40))
    step, margin = round(1.6 * size), round(0.8 * size)
    whole = Image.new("RGB", (drawn.width, drawn.height + 4 * step + 2 * margin), PAPER)
    whole.paste(drawn, (0, 0))
    draw = ImageDraw.Draw(whole)
    what, revision = title(recipe)
    what = what if first is None else first
    revision = plain(revision if last is None else last)
    y = drawn.height + margin + step / 2
    end = drawn.width - margin
    draw.text((end, y), revision, font=font(round(1.15 * size), revision), fill=INK, anchor="rm")
    room = end - 2 * margin - text_width(revision, round(1.15 * size))
    about = fitted(plain(what), size, room)
    draw.text((margin, y), about, font=font(size, about), fill=QUIET, anchor="lm")
    prompts = recipe.get("prompts")
    for k, prompt in enumerate(prompts if isinstance(prompts, list) else []):
        y += step
        radius = round(0.62 * size)
        letter = badge(k, radius, look.palette)
        whole.paste(letter, (margin, round(y) - radius), letter)
        left = margin + 3 * radius
        line = fitted(plain(str(prompt).replace("\n", "⏎")), size, end - left)
        draw.text((left, y), line, font=font(size, line), fill=INK, anchor="lm")
    return whole


def png(
    result: Result,
    *,
    size: int = 720,
    palette: Palette = "paper",
    normalisation: Normalisation = "frame",
    sequence: Triple | None = None,
    names: bool = True,
    borders: bool = True,
    caption: bool = True,
) -> bytes:
    """The slice as a PNG file; see `Look` for the choices."""
    look = Look(size, palette, normalisation, sequence, names, borders, caption)
    return png_file(picture(result, look), result.recipe)


def png_file(image: Image.Image, recipe: dict[str, Json]) -> bytes:
    """An image as a PNG file (sRGB) with the recipe inside."""
    chunks = PngImagePlugin.PngInfo()
    chunks.add(b"sRGB", b"\0")
    chunks.add_itxt(CHUNK, json.dumps(recipe, ensure_ascii=False, sort_keys=True))
    file = io.BytesIO()
    image.save(file, "PNG", pnginfo=chunks)
    return file.getvalue()


def recipe_of(file: bytes) -> dict[str, Json] | None:
    """The recipe inside a PNG that this project made, in Python or in the browser; None if there is none."""
    try:
        with Image.open(io.BytesIO(file), formats=["PNG"]) as image:
            image.load()
            text = image.text if isinstance(image, PngImagePlugin.PngImageFile) else {}
    except (OSError, ValueError, SyntaxError):
        return None
    try:
        recipe: Json = json.loads(text.get(CHUNK, "null"))
    except json.JSONDecodeError:
        return None
    return recipe if isinstance(recipe, dict) else None
