"""Loading one checkpoint: Hugging Face layout, safetensors only, never code that came with it.

A reference's `dtype` says what is computed in, not what is stored: weights stored in half precision are computed with in
single unless it says otherwise.
"""

import json
from dataclasses import dataclass
from typing import cast

import torch
from safetensors import SafetensorError
from transformers import AutoConfig, AutoModelForCausalLM, GenerationConfig, PreTrainedModel
from transformers.utils import logging

from stable_regions.errors import ModelUnavailable
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.folder import ModelFiles
from stable_regions.models.placing import free_memory, placement
from stable_regions.models.shape import shape_of
from stable_regions.models.swap_weights import swapped
from stable_regions.models.tokens import Tokens
from stable_regions.schemas.model import ModelCard, ModelRef


@dataclass(frozen=True, eq=False)
class LoadedModel:
    """A checkpoint in memory, ready to be written into.

    Attributes:
        network: in evaluation mode, without gradients.
        weights: content hash or commit, as in the key.
        bytes: memory of its parameters and buffers.
    """

    ref: ModelRef
    card: ModelCard
    network: PreTrainedModel
    tokens: Tokens
    weights: str
    device: torch.device
    dtype: torch.dtype
    bytes: int
    config: str
    """The text of its config.json."""


def load(ref: ModelRef, catalogue: Catalogue, device: torch.device, beside: LoadedModel | None = None) -> LoadedModel:
    """Load a checkpoint, in the reference's dtype.

    Args:
        ref: which.
        catalogue: knows its files.
        device: where it is computed.
        beside: another checkpoint of the same model, dtype and device that is loaded already, if there is one.

    Raises:
        UnknownModel: no such model.
        UnknownRevision: no such checkpoint.
        ModelUnavailable: the files cannot be had, or do not hold what the config says.
        TooCostly: all GPUs together have no room for it.
    """
    card = catalogue.card(ref.name)
    files = catalogue.files(ref)
    dtype: torch.dtype = getattr(torch, ref.dtype)
    free = free_memory() if device.type == "cuda" else []
    spread = placement(ref.name, card.parameters * dtype.itemsize, device, free) == "spread"
    text = (files.config / "config.json").read_text("utf-8")
    _check_shape(ref, card, text)
    network: PreTrainedModel | None = None
    if beside is not None and beside.config == text and not spread:
        network = swapped(beside.network, files.weights)
    network = network or _from_files(ref, files, None if spread else device, dtype)
    held = [*network.parameters(), *network.buffers()]
    return LoadedModel(
        ref=ref,
        card=card,
        network=network,
        tokens=catalogue.tokens(ref.name),
        weights=catalogue.weights(ref),
        device=device,
        dtype=dtype,
        bytes=sum(tensor.numel() * tensor.element_size() for tensor in held),
        config=text,
    )


def _check_shape(ref: ModelRef, card: ModelCard, config: str) -> None:
    """Refuse a checkpoint of another shape than the model's card, which requests are checked against."""
    own = shape_of(json.loads(config), ref.name)
    for what, here, there in (
        ("blocks", own.layers, card.layers),
        ("numbers in its stream", own.d_model, card.d_model),
        ("tokens in its vocabulary", own.d_vocab, card.d_vocab),
    ):
        if here != there:
            raise ModelUnavailable(
                f"{ref.name} at {ref.revision} has {here:,} {what}; the model's card says {there:,}.",
                "Choose another checkpoint: one request compares models of one shape.",
            )


def _from_files(ref: ModelRef, files: ModelFiles, device: torch.device | None, dtype: torch.dtype) -> PreTrainedModel:
    """The network as transformers builds it: names translated, ties made, what is missing refused. No device: on all."""
    logging.disable_progress_bar()
    try:
        config = AutoConfig.from_pretrained(files.config, local_files_only=True, trust_remote_code=False)
        loaded = AutoModelForCausalLM.from_pretrained(
            files.weights[0].parent,
            config=config,
            generation_config=GenerationConfig(),  # else looked for beside the weights, where one config serves all
            dtype=dtype,
            device_map="auto" if device is None else None,
            use_safetensors=True,
            local_files_only=True,
            trust_remote_code=False,
            output_loading_info=True,
        )
    except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
        raise ModelUnavailable(
            f"{ref.name} at {ref.revision} does not load: {_first_line(error)}", "Copy or convert its files again."
        ) from error
    found, report = cast(tuple[PreTrainedModel, dict[str, set[str]]], loaded)
    if missing := sorted(report["missing_keys"]):
        raise ModelUnavailable(
            f"{ref.name} at {ref.revision} lacks {len(missing)} weights, such as {missing[0]}.",
            "Copy or convert its files again.",
        )
    network = found.eval().requires_grad_(False)
    if device is not None:
        torch.nn.Module.to(network, device)  # in place; transformers' own `to` hides its types
    return network


def device_of(setting: str) -> torch.device:
    """The device a setting means: `auto` is CUDA where there is one, else the CPU."""
    if setting == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    return torch.device(setting)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
