"""Many pairs at once are each pair by itself."""

from itertools import pairwise

import pytest
import torch
from jaxtyping import Float
from torch import Tensor

from engine.plain import FullSequence
from near import likeliest
from paper import REF, Paper
from stable_regions.engine.oracle import Oracle
from stable_regions.engine.pairs import distances_along, read_along, walked
from stable_regions.engine.writer import Clean, Writer
from stable_regions.engine.writers import writer_for
from stable_regions.maths.distance import hellinger
from stable_regions.maths.paths import straight
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.plane import DISTANCES, Distance

pytestmark = pytest.mark.portable

PROMPTS = [[0, 3, 4, 5], [0, 7, 8, 9], [0, 9, 11, 3], [0, 4, 6], [0, 4, 6], [0, 12, 9, 4]]


def writer_of(models: ModelCache) -> Writer:
    return writer_for(models.model(REF), 1)


def read(models: ModelCache, first: int, last: int, distance: Distance = "hellinger") -> Float[Tensor, "pairs steps"]:
    return distances_along(writer_of(models), list(pairwise(PROMPTS))[first:last], 9, distance)


@pytest.mark.parametrize("distance", DISTANCES)
def test_pairs_read_together_are_each_pair_by_itself(models: ModelCache, distance: Distance) -> None:
    together = read(models, 0, 5, distance)
    for place in range(5):
        assert torch.allclose(together[place], read(models, place, place + 1, distance)[0], atol=2e-5), place


def test_a_path_is_what_writing_into_the_full_sequence_gives(models: ModelCache) -> None:
    plain = FullSequence(models.model(REF).network, write_layer=1)
    found = read(models, 0, 2)
    for place, (a, b) in enumerate(pairwise(PROMPTS[:3])):
        points = straight(plain.anchor(a), plain.anchor(b), torch.linspace(0, 1, 9)).float()
        log_p = plain.written(a, points)[1].log_softmax(-1)
        assert torch.allclose(found[place], hellinger(log_p, log_p[0]), atol=1e-4)


def test_the_fast_path_and_transformer_lens_read_the_same(models: ModelCache) -> None:
    model = models.model(REF)
    pairs = [(PROMPTS[0], PROMPTS[1]), (PROMPTS[3], PROMPTS[2])]
    fast, slow = (
        distances_along(writer, pairs, 5, "l2") for writer in (writer_for(model, 1), Oracle(model.network, 1))
    )
    assert torch.allclose(fast, slow, rtol=1e-4, atol=1e-5)


def test_a_path_begins_at_the_clean_run_of_its_first_prompt(models: ModelCache) -> None:
    walk = walked(writer_of(models), [(PROMPTS[0], PROMPTS[1])], 3)
    torch.testing.assert_close(walk.finals[0, 0], walk.starts[0].final, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("distance", ["l2", "hellinger"])
def test_reading_along_adds_tokens_and_anchors_and_changes_no_distance(models: ModelCache, distance: Distance) -> None:
    writer, pairs = writer_of(models), [(PROMPTS[0], PROMPTS[1]), (PROMPTS[3], PROMPTS[2])]
    along, walk = read_along(writer, pairs, 5, distance), walked(writer, pairs, 5)
    assert torch.allclose(along.distances, distances_along(writer, pairs, 5, distance), atol=1e-6)
    likeliest(along.top, writer.logits(walk.finals.flatten(0, 1)).unflatten(0, walk.finals.shape[:2]))
    for place, (a, b) in enumerate(pairs):
        torch.testing.assert_close(along.a[place].float(), writer.clean(a).anchor, rtol=1e-5, atol=1e-5)
        torch.testing.assert_close(along.b[place].float(), writer.clean(b).anchor, rtol=1e-5, atol=1e-5)


class Rounding(Paper):
    """No output comes out twice the same, as where two passes have different shapes."""

    def written(self, clean: Clean, points: Float[Tensor, "n d_model"]) -> Float[Tensor, "n d_model"]:
        found = super().written(clean, points)
        return found + 1e-3 * torch.randn(found.shape, generator=torch.Generator().manual_seed(self.passes))


def test_equal_prompts_are_known_by_their_tokens_and_not_by_their_outputs(models: ModelCache) -> None:
    model = models.model(REF)
    writer = Rounding({4: (0.0, 5.0), 5: (2.0, 2.0)}, model.card.d_model)
    along = read_along(writer, [([3, 4], [3, 4])], 11, "l2")
    assert along.distances.tolist() == [[0] * 11]
    assert len(along.top.unique()) == 1
