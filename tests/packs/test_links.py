"""What a bare link asks. That the page asks the same is held in a browser, by tests/browser/test_packs.py."""

import pytest
from pydantic import ValidationError

from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.line.schema import LineRequest
from stable_regions.analyses.sweep.schema import SweepRequest
from stable_regions.models.catalogue import Catalogue
from stable_regions.packs.links import gallery, requests_of
from stable_regions.packs.story import Story, View
from stable_regions.settings import Settings
from stable_regions.suites import presets


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(Settings(offline=True))


def test_a_link_that_says_nothing_asks_the_first_view(catalogue: Catalogue) -> None:
    assert requests_of("#v=1", catalogue) == [presets.default_request(catalogue)]


def test_a_link_says_what_it_asks(catalogue: Catalogue) -> None:
    link = "#v=1&model=facts-4l&step=step16&revs=step0,step16&layer=1&d=l2&n=17&exact=1&w=0,1,-0.5,0.5&tilt=20,3&bos=0"
    (film,) = requests_of(link, catalogue)
    assert isinstance(film, AnimationRequest)
    assert film.revisions == ("step0", "step16")
    asked = film.slice
    assert (asked.model.name, asked.model.revision) == ("facts-4l", "step16")
    assert (asked.write_layer, asked.distance, asked.resolution, asked.exact) == (1, "l2", 17, True)
    assert (asked.window.alpha, asked.window.beta) == ((0, 1), (-0.5, 0.5))
    assert asked.tilt is not None
    assert (asked.tilt.degrees, asked.tilt.seed, asked.prepend_bos) == (20, 3, False)


def test_very_fine_grids_are_for_the_frame_on_screen(catalogue: Catalogue) -> None:
    film, fine = requests_of("#v=1&model=facts-4l&layer=1&n=257", catalogue)
    assert isinstance(film, AnimationRequest)
    assert film.slice.resolution == 129
    assert fine.model_dump()["resolution"] == 257


def test_another_line_is_asked_at_every_checkpoint(catalogue: Catalogue) -> None:
    film, sweep = requests_of("#v=1&model=facts-4l&layer=1&line=A,0.8,0.3", catalogue)
    assert isinstance(film, AnimationRequest)
    assert isinstance(sweep, SweepRequest)
    assert isinstance(sweep.request, LineRequest)
    assert sweep.request.ends == ("A", (0.8, 0.3))
    assert sweep.revisions == film.revisions


def test_what_is_beside_the_picture_is_asked_at_every_checkpoint(catalogue: Catalogue) -> None:
    link = "#v=1&model=facts-4l&layer=1&n=17&revs=step0,step16&beside=regions&over=veil&pin=0.5,0.5&p4=Peru"
    names = [request.name() for request in requests_of(link, catalogue)]
    assert names == ["animation", *["regions", "veil", "point", "projection"] * 2]


def test_a_preset_is_the_link_that_the_page_opens_it_with(catalogue: Catalogue) -> None:
    rows = gallery(catalogue)
    assert len(rows) == len(presets.rows())
    for (link, *_), row in zip(rows, presets.rows(), strict=True):
        assert requests_of(link, catalogue) == [presets.animation(row, catalogue)]


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("#v=1&room=compare", "room=compare does not say what it asks"),
        ("#v=1&layer=two", "layer=two"),
        ("#v=1&w=0,1", "four numbers|expected 4 numbers"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(link: str, words: str, catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match=words):
        requests_of(link, catalogue)


def test_a_story_takes_addresses_from_the_hash_on() -> None:
    story = Story.of_links(("http://example.org/somewhere/#v=1&n=17",))
    assert story.views[0].link == "#v=1&n=17"
    with pytest.raises(ValidationError, match="has no '#'"):
        View(link="http://example.org/")
