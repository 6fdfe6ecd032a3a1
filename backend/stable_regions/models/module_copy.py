"""Copies of module trees that share their tensors, made by hand.

A copy has its own modules, tables and config, and the other's tensors until it is given its own. A generic deep copy of
a tree, or building a network anew from its config, takes longer than a small picture.
"""

import copy
from collections.abc import Mapping
from typing import TypeVar, cast

from torch import nn
from transformers import PreTrainedConfig, PreTrainedModel

M = TypeVar("M", bound=nn.Module)


def can_be_copied(network: nn.Module) -> bool:
    """Whether no module holds a forward of its own (as dispatching over devices puts there), which holds on to it."""
    return not any("forward" in vars(module) for module in network.modules())


def module_copy(network: PreTrainedModel) -> PreTrainedModel:
    """Another module tree over the same parameters and buffers, with configs of its own."""
    memo: dict[int, object] = {}
    copy.deepcopy(network.config, memo)
    configs = {place: made for place, made in memo.items() if isinstance(made, PreTrainedConfig)}
    return _copy(network, configs, {})


def _copy(module: M, configs: Mapping[int, PreTrainedConfig], made: dict[int, nn.Module]) -> M:
    if id(module) in made:
        return cast("M", made[id(module)])
    like = type(module).__new__(type(module))
    made[id(module)] = like
    fields = vars(like)
    for name, value in vars(module).items():
        kept = configs.get(id(value), value)
        fields[name] = kept.copy() if isinstance(kept, dict | list | set) else kept
    children = cast("dict[str, nn.Module | None]", fields["_modules"])
    for name, child in children.items():
        children[name] = None if child is None else _copy(child, configs, made)
    return like
