"""Letters on pictures: Pillow's own font, badges for the anchors, lines that fit."""

import unicodedata
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from stable_regions.pictures.colour import SAFE_CORNERS
from stable_regions.pictures.look import Palette

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Colour = tuple[int, int, int]

LETTERS = "ABC"
INK: Colour = (232, 234, 238)
QUIET: Colour = (150, 155, 165)
PAPER: Colour = (18, 20, 24)
_ANCHORS: tuple[Colour, ...] = ((0xD6, 0x28, 0x28), (0x13, 0x8A, 0x36), (0x2B, 0x50, 0xE0))
_GREY: Colour = (0x3A, 0x3D, 0x44)


FONT = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"
"""Latin, Greek, Cyrillic, Arabic, Hebrew and many signs; its licence lies beside it."""


def font(size: int, text: str = "") -> Font:
    """Pillow's own font, or for a text with letters that it lacks DejaVu Sans: the same on every machine."""
    return _loaded(size, _basic(text))


@cache
def _loaded(size: int, basic: bool) -> Font:
    return ImageFont.load_default(size) if basic else ImageFont.truetype(FONT, size)


def plain(text: str) -> str:
    r"""The text in signs that can be drawn; a letter that no font here has is written as its number (`\u65e5`)."""
    signs = str.maketrans(
        {"⏎": "\\n", "⇥": "\\t", "␣": "_", "∅": "(empty)", "—": "-", "–": "-", "“": '"', "”": '"', "’": "'"}
    )
    letters = unicodedata.normalize("NFC", text.translate(signs))
    return "".join(c if _shown(c) and (_basic(c) or _drawn(c)) else _number(c) for c in letters)


def _shown(letter: str) -> bool:
    """Whether it is a sign and no control: ends of lines and changes of direction would undo the line they stand in."""
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _basic(text: str) -> bool:
    """Whether Pillow's own font has it."""
    return all(c.isascii() or c == "·" for c in text)


@cache
def _drawn(letter: str) -> bool:
    """Whether DejaVu Sans has a letter: it draws something else than its sign for what is missing."""
    return _pixels(letter) != _pixels("\U0010ffff")


def _pixels(letter: str) -> bytes:
    image = Image.new("1", (48, 48))
    ImageDraw.Draw(image).text((8, 8), letter, font=font(20, "α"), fill=1)
    return image.tobytes()


def _number(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"


def text_width(text: str, size: int) -> float:
    """Width in pixels."""
    return font(size, text).getlength(text)


def fitted(text: str, size: int, room: float) -> str:
    """The text, cut with an ellipsis where it is wider than `room` pixels."""
    if text_width(text, size) <= room:
        return text
    kept, cut = 0, len(text)
    while cut - kept > 1:  # a longer beginning is wider, but for a kerning
        middle = (kept + cut) // 2
        if text_width(text[:middle] + "...", size) > room:
            cut = middle
        else:
            kept = middle
    return text[:kept].rstrip() + "..."


def anchor_colour(k: int, palette: Palette) -> Colour:
    """The colour in which anchor k's letter stands, as on the page."""
    if palette == "safe":
        return SAFE_CORNERS[k]
    return _ANCHORS[k] if palette == "paper" else _GREY


@cache
def badge(k: int, radius: int, palette: Palette) -> Image.Image:
    """Anchor k's letter in a circle, RGBA; drawn four times as large and reduced, so that its edge is smooth."""
    fill = anchor_colour(k, palette)
    side, ring = 8 * radius, max(2, round(0.4 * radius))
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((0, 0, side - 1, side - 1), fill=(0, 0, 0, 150))
    draw.ellipse((ring, ring, side - 1 - ring, side - 1 - ring), fill=(255, 255, 255, 255))
    draw.ellipse((3 * ring, 3 * ring, side - 1 - 3 * ring, side - 1 - 3 * ring), fill=(*fill, 255))
    ink = (20, 20, 20, 255) if sum(fill) > 600 else (255, 255, 255, 255)
    draw.text((side / 2, side / 2), LETTERS[k], font=font(round(4.6 * radius)), fill=ink, anchor="mm")
    return image.resize((2 * radius, 2 * radius), Image.Resampling.BOX)
