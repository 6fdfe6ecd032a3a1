"""Repositories for the stand-in of the hub: tiny models under branches, with every oddity that public ones have."""

import json
import shutil
from pathlib import Path

from stand_in import Hub
from tiny import write_model

NAME = "EleutherAI/tiny"
"""Branches `main`, `step0`, `step1000-tokens4B`, and `step20`, which holds a pickle only."""

SHARDED = "allenai/tiny-sharded"
"""One branch, its weights in shards with an index."""

GATED = "meta-llama/Llama-tiny"


def repositories(folder: Path) -> Path:
    """Write them."""
    for seed, branch in enumerate(("main", "step0", "step1000-tokens4B", "step20")):
        write_model(folder / NAME / branch, seed=seed, hidden_size=64, intermediate_size=256)
    pickled = folder / NAME / "step20"
    (pickled / "model.safetensors").rename(pickled / "pytorch_model.bin")
    (folder / NAME / "main" / "pytorch_model.bin").write_bytes(b"never asked for")
    sharded(folder / SHARDED / "main", folder / NAME / "main")
    shutil.copytree(folder / NAME / "main", folder / GATED / "main")
    return folder


def sharded(folder: Path, whole: Path) -> None:
    """The same model in shards."""
    from transformers import AutoModelForCausalLM

    AutoModelForCausalLM.from_pretrained(whole).save_pretrained(folder, max_shard_size="300KB")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(whole / name, folder / name)
    assert len(json.loads((folder / "model.safetensors.index.json").read_text())["weight_map"]) > 1


def environment(hub: Hub, home: Path) -> dict[str, str]:
    """Variables under which the hub's client asks the stand-in, and keeps its files apart."""
    return {
        "HF_ENDPOINT": hub.url,
        "HF_HOME": str(home),
        "HF_HUB_CACHE": str(home / "hub"),
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
    }
