"""Loading a checkpoint beside one that is loaded: another moment of the same training differs in its weights alone.

The module tree of the loaded one is copied and given the new weights, which is as fast as reading them. It is done only
where the files hold exactly the network's own parameters, in its shapes and under the names that it would be saved under.
Whatever has to be split, merged or turned goes the long way.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import PreTrainedModel
from transformers.core_model_loading import revert_weight_conversion

from stable_regions.models.module_copy import can_be_copied, module_copy
from stable_regions.models.upload import uploaded, uploading


def swapped(network: PreTrainedModel, files: Sequence[Path]) -> PreTrainedModel | None:
    """The network with the weights of other files, in its dtype and on its device; None where the files do not fit it."""
    own = _as_saved(network)
    if own is None or not can_be_copied(network):
        return None
    try:
        stored = {name: weight for file in files for name, weight in load_file(file).items()}
    except (OSError, SafetensorError):
        return None
    if {name: weight.shape for name, weight in stored.items()} != {name: weight.shape for name, weight in own.items()}:
        return None
    with uploading(network.device):
        held = {id(weight): _parameter(stored[name], weight) for name, weight in own.items()}
    made = module_copy(network)
    for module in made.modules():
        for name, weight in module._parameters.items():  # pyright: ignore[reportPrivateUsage]  (assigning as attributes would search every tie)
            if weight is not None:
                module._parameters[name] = held[id(weight)]  # pyright: ignore[reportPrivateUsage]  (likewise)
    return made


def _as_saved(network: PreTrainedModel) -> Mapping[str, nn.Parameter] | None:
    """The network's parameters, what is tied once, by the names they are saved under; None where more than names differ."""
    own = dict(network.named_parameters())
    if dict(network.named_buffers()).keys() & network.state_dict().keys():
        return None
    by_place = {weight.data_ptr(): weight for weight in own.values()}
    named: dict[str, nn.Parameter] = {}
    for name, saved in revert_weight_conversion(network, dict[str, Tensor](own)).items():
        weight = by_place.get(saved.data_ptr())
        if weight is None or weight.shape != saved.shape:
            return None
        named[name] = weight
    return named


def _parameter(stored: Tensor, like: Tensor) -> nn.Parameter:
    with torch.no_grad():
        return nn.Parameter(uploaded(stored, like.device).to(like.dtype), requires_grad=False)
