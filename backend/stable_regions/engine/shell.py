"""Shells: copies of a network's module tree that share its parameters.

The engine replaces blocks, adds hooks and changes attention functions. It does so to shells only, so that the network
on the shelf stays as it was loaded and any number of writers may share it. A shell costs no weights, only Python
objects.
"""

import copy
from itertools import chain

from transformers import PreTrainedModel


def shell(network: PreTrainedModel, attention: str) -> PreTrainedModel:
    """A twin with its own modules and config, the same parameters and buffers, and another attention function."""
    shared = {id(tensor): tensor for tensor in chain(network.parameters(), network.buffers())}
    twin = copy.deepcopy(network, shared)
    twin.set_attn_implementation(attention)
    return twin.eval()
