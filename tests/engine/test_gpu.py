"""On a GPU: the CPU's numbers, whatever fits. What can be checked without one is in test_passes and test_tail."""

import pytest
import torch

from engine.plain import FullSequence
from engine.test_exactness import error, line
from engine.test_tail import IDS
from engine.zoo import FAST, specimen
from stable_regions.engine.families import family_of
from stable_regions.engine.tail import Tail
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.loading import load
from stable_regions.schemas.model import ModelRef

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device"),
]


def tails(model_type: str, dtype: torch.dtype = torch.float32) -> tuple[Tail, Tail, torch.Tensor]:
    """The tail on the CPU in float32, the tail on the GPU in another dtype, and points."""
    here, there = specimen(model_type), specimen(model_type).to("cuda", dtype)
    family = family_of(here)
    assert family is not None
    return Tail(here, 1, family), Tail(there, 1, family), line(FullSequence(here, 1), IDS)


@pytest.mark.parametrize("model_type", FAST)
def test_a_gpu_gives_the_cpus_numbers_to_1e_4(model_type: str) -> None:
    assert not torch.backends.cuda.matmul.allow_tf32, "TF32 keeps ten bits"
    here, there, points = tails(model_type)
    expected = here.written(here.clean(IDS), points)
    found = there.written(there.clean(IDS), points.cuda())
    assert error(found.cpu(), expected) < 1e-4
    assert error(there.logits(found).cpu(), here.logits(expected)) < 1e-4


@pytest.mark.parametrize("model_type", ["gpt2", "gpt_neox", "llama", "gemma2", "qwen2"])
def test_bfloat16_on_a_gpu_is_within_three_percent(model_type: str) -> None:
    here, there, points = tails(model_type, torch.bfloat16)
    found = there.written(there.clean(IDS), points.to("cuda", torch.bfloat16))
    assert error(found.float().cpu(), here.written(here.clean(IDS), points)) < 0.03


def test_a_sibling_is_uploaded_beside_the_present_checkpoint(catalogue: Catalogue) -> None:
    device = torch.device("cuda")
    first, alone = (load(ModelRef(name="tiny-neox", revision=name), catalogue, device) for name in ("step0", "step8"))
    second = load(ModelRef(name="tiny-neox", revision="step8"), catalogue, device, beside=first)
    expected = alone.network.state_dict()
    assert all(torch.equal(weight, expected[name]) for name, weight in second.network.state_dict().items())
    assert second.network.device.type == "cuda"


def test_a_pass_that_runs_out_of_memory_is_halved() -> None:
    here, there, points = tails("llama")
    clean = there.clean(IDS)
    many = points.cuda().repeat(3000, 1)
    share = torch.cuda.memory_allocated() + 64 * 2**20
    torch.cuda.set_per_process_memory_fraction(share / torch.cuda.get_device_properties(0).total_memory)
    try:
        found = there.written(clean, many)
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)
    assert error(found[:7].cpu(), here.written(here.clean(IDS), points)) < 1e-4
    assert there.passes.rows(len(IDS)) < len(many)
