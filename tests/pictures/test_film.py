import io

import av
import numpy as np
from PIL import Image

from stable_regions.pictures.colour import largest
from stable_regions.pictures.film import gif, mp4, strip
from stable_regions.pictures.image import picture, recipe_of
from stable_regions.pictures.look import Look
from stable_regions.pictures.text import anchor_colour
from stable_regions.schemas.result import Result

SMALL = Look(size=120, normalisation="sequence")


def test_a_gif_has_every_checkpoint_loops_and_stays_on_the_last(training: list[Result]):
    film = Image.open(io.BytesIO(gif(training, SMALL, seconds=0.4, pause=1.6)))
    durations = []
    for number in range(film.n_frames):
        film.seek(number)
        durations.append(film.info["duration"])
    assert film.n_frames == 4
    assert film.info["loop"] == 0
    assert durations == [400, 400, 400, 2000]


def test_a_gif_keeps_the_colours_of_areas_borders_and_badges(training: list[Result]):
    look = Look(size=340, normalisation="sequence")
    film = Image.open(io.BytesIO(gif(training[-1:], look))).convert("RGB")
    wanted = np.asarray(picture(training[-1], look.but(sequence=largest(training[-1:])))).astype(int)
    # This slice has all colours at once, the worst case for 256; pixels are dithered, so areas are compared by their means.
    blocks = (np.asarray(film).astype(int) - wanted)[:340, :340].reshape(17, 20, 17, 20, 3).mean(axis=(1, 3))
    assert np.abs(blocks).mean() < 4
    assert {anchor_colour(k, "paper") for k in range(3)} <= set(film.get_flattened_data())


def test_an_mp4_plays_in_browsers_and_slides(training: list[Result]):
    with av.open(io.BytesIO(mp4(training, SMALL, seconds=0.2, pause=0.4))) as film:
        stream = film.streams.video[0]
        pictures = [frame.to_ndarray(format="rgb24") for frame in film.decode(stream)]
    assert stream.codec_context.name == "h264"
    assert stream.codec_context.pix_fmt == "yuv420p"
    assert len(pictures) == 4 * 6 + 12
    assert pictures[0].shape[0] % 2 == 0
    assert pictures[0].shape[1] % 2 == 0


def test_one_scale_for_all_frames_shows_that_distances_grow(training: list[Result]):
    with av.open(io.BytesIO(mp4(training, SMALL.but(caption=False), seconds=0.04, pause=0))) as film:
        light = [float(np.mean(frame.to_ndarray(format="rgb24"))) for frame in film.decode(video=0)]
    assert light == sorted(light, reverse=True)


def test_a_strip_shows_all_checkpoints_and_carries_the_last_recipe(training: list[Result]):
    file = strip(training, Look(size=240, normalisation="sequence"), columns=2)
    image = Image.open(io.BytesIO(file))
    assert recipe_of(file) == training[-1].recipe
    assert image.width > 2 * 51
    assert image.height > 2 * 51


def test_a_film_of_one_checkpoint_is_a_picture_that_stays(training: list[Result]):
    assert Image.open(io.BytesIO(gif(training[:1], SMALL))).n_frames == 1
