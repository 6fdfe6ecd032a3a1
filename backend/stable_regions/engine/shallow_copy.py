"""Shallow copies: copies of a network's module tree that share its parameters.

The engine replaces blocks, adds hooks and changes attention functions. It does so to such copies only, so that the network
in the cache stays as it was loaded and any number of writers may share it. A copy costs no weights, only Python
objects.
"""

import copy
from itertools import chain

import torch
from transformers import PreTrainedModel

from stable_regions.models.module_copy import can_be_copied, module_copy


def shallow_copy(network: PreTrainedModel, attention: str) -> PreTrainedModel:
    """A copy with its own modules and config, the same parameters and buffers, and another attention function."""
    if can_be_copied(network):
        made = module_copy(network)
    else:
        shared = {id(tensor): tensor for tensor in chain(network.parameters(), network.buffers())}
        made = copy.deepcopy(network, shared)
    made.set_attn_implementation(attention)
    if network.dtype == torch.float64 and has_experts(network):
        made.set_experts_implementation("eager")  # the fused product of experts knows no doubles
    return made.eval()


def has_experts(network: PreTrainedModel) -> bool:
    """Whether it is a mixture of experts whose product can be chosen."""
    return network._can_set_experts_implementation()  # pyright: ignore[reportPrivateUsage]  (the setter only warns)
