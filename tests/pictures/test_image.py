import io
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from stable_regions.pictures.colour import paint
from stable_regions.pictures.image import png, recipe_of
from stable_regions.pictures.look import Look
from stable_regions.pictures.text import fitted, plain, text_width
from stable_regions.schemas.result import Result


def opened(file: bytes) -> Image.Image:
    return Image.open(io.BytesIO(file)).convert("RGB")


def test_a_png_gives_its_recipe_back(three_countries: Result):
    assert recipe_of(png(three_countries)) == three_countries.recipe


def test_a_recipe_keeps_signs_of_every_language(three_countries: Result):
    recipe = {**three_countries.recipe, "prompts": ["漢字 é\n", "naïve “x”", "\u0000α"]}
    result = Result(three_countries.arrays, {**three_countries.metadata, "recipe": recipe})
    assert recipe_of(png(result)) == recipe


@pytest.mark.parametrize("text", ["Łódź", "Ελλάδα", "Россия", "café ½", "العربية", "naïve Ωß€ →", "Ho\u0302\u0323i An"])
def test_letters_of_many_alphabets_are_drawn_as_they_are(text: str):
    assert "?" not in plain(text)
    assert "\\u" not in plain(text)
    assert plain(text) == unicodedata.normalize("NFC", text)
    assert text_width(plain(text), 20) > 0


def test_a_letter_that_no_font_here_has_is_written_as_its_number_and_not_as_a_question_mark():
    assert plain("日本 ok?") == "\\u65e5\\u672c ok?"
    assert plain("𒀀") == "\\U00012000"


def test_a_prompt_with_other_letters_makes_another_picture(three_countries: Result):
    def drawn(prompt: str) -> bytes:
        recipe = {**three_countries.recipe, "prompts": [prompt, "b", "c"]}
        return opened(png(Result(three_countries.arrays, {**three_countries.metadata, "recipe": recipe}))).tobytes()

    assert len({drawn(prompt) for prompt in ("Łódź", "Lodz", "?odz", "Ελλάδα")}) == 4


def test_every_point_is_a_square_of_whole_pixels(three_countries: Result):
    bare = opened(png(three_countries, size=170, names=False, borders=False, caption=False))
    assert bare.size == (170, 170)
    corners = np.asarray(bare)[::10, ::10][[0, 0, -1, -1], [0, -1, 0, -1]]
    assert (corners == paint(three_countries)[[0, 0, -1, -1], [0, -1, 0, -1]]).all()


def test_a_border_is_drawn_where_the_name_changes(three_countries: Result):
    plain_field = np.asarray(opened(png(three_countries, names=False, borders=False, caption=False))).astype(int)
    bordered = np.asarray(opened(png(three_countries, names=False, caption=False))).astype(int)
    changed = np.abs(bordered - plain_field).max(axis=2)
    # Near the lower edge: Paris up to the middle column, Tokyo right of it, the border within the next point.
    row = changed[-40]
    middle = len(row) // 2
    assert row[middle : middle + 42].max() > 80
    assert row[: middle - 60].max() == 0


def test_the_caption_adds_a_band_below(three_countries: Result):
    with_band, without = opened(png(three_countries)), opened(png(three_countries, caption=False))
    assert with_band.width == without.width
    assert with_band.height > without.height


def test_an_anchor_outside_the_window_is_not_drawn(three_countries: Result):
    moved = {**three_countries.arrays, "anchors": np.array([[5, 5], [6, 6], [-9, 0]], dtype=np.float32)}
    result = Result(moved, three_countries.metadata)
    bare = png(result, names=False, borders=False, caption=False)
    pixels = np.unique(np.asarray(opened(bare)).reshape(-1, 3), axis=0)
    assert {tuple(p) for p in pixels.tolist()} <= {tuple(p) for p in paint(result).reshape(-1, 3).tolist()}


@pytest.mark.parametrize("resolution", [9, 17, 33, 65, 129])
def test_every_resolution_comes_out_about_as_large_as_asked(resolution: int):
    assert abs(Look(size=720).zoom(resolution) * resolution - 720) <= resolution / 2


@pytest.mark.parametrize("file", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\nhalf a chunk"])
def test_other_bytes_hold_no_recipe(file: bytes):
    assert recipe_of(file) is None


def test_a_png_of_somebody_else_holds_no_recipe():
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    assert recipe_of(file.getvalue()) is None


@given(st.text(max_size=60), st.integers(20, 300))
def test_a_line_never_leaves_its_room(text: str, room: int):
    line = fitted(plain(text), 14, room)
    assert text_width(line, 14) <= max(room, text_width("...", 14))
