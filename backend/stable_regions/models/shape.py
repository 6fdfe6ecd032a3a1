"""The size of a model, read from its config.json: the same four numbers under each family's own names."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stable_regions.errors import ModelUnavailable

_OTHER = re.compile(
    r"For(MaskedLM|PreTraining|SequenceClassification|TokenClassification|QuestionAnswering|MultipleChoice|"
    r"NextSentencePrediction)$|^(Bert|Roberta|DistilBert|Electra|Albert|Deberta|DebertaV2|XLMRoberta|T5|MT5|Bart)(Model|ForConditionalGeneration)$"
)
"""Architectures that are no causal language model's."""

_LAYERS = ("num_hidden_layers", "n_layer", "num_layers")
_WIDTH = ("hidden_size", "n_embd", "d_model")
_CONTEXT = ("max_position_embeddings", "n_positions", "n_ctx", "max_seq_len")
_ENDLESS = 2048
"""Tokens of a prompt to a recurrent model, whose config names no context: it has none."""


@dataclass(frozen=True)
class Shape:
    """What a config tells of a model before any weight is read."""

    architecture: str
    layers: int
    d_model: int
    d_vocab: int
    context: int

    @property
    def about(self) -> int:
        """Parameters of a plain transformer of this shape: 12 d² a block, and the embedding once."""
        return 12 * self.layers * self.d_model**2 + self.d_vocab * self.d_model


LARGEST = 16 * 2**20
"""Bytes of a JSON file that is read. Configs are some kilobytes; an index of shards is some hundred."""


def read_json(file: Path, largest: int = LARGEST) -> dict[str, object]:
    """A JSON object in a file.

    Raises:
        ModelUnavailable: no such file, no JSON object in it, or more than `largest` bytes.
    """
    try:
        size = file.stat().st_size
        if size > largest:
            raise ValueError(f"it has {size:,} bytes, at most {largest:,} are read")
        content = json.loads(file.read_text("utf-8"))
    except RecursionError as error:
        raise ModelUnavailable(
            f"{file.name} in {file.parent} nests deeper than is read.", "Copy the file again."
        ) from error
    except (OSError, ValueError) as error:
        raise ModelUnavailable(
            f"{file.name} in {file.parent} cannot be read: {error}.", "Copy the file again."
        ) from error
    if not isinstance(content, dict):
        raise ModelUnavailable(f"{file.name} in {file.parent} is not a JSON object.", "Copy the file again.")
    return content


def shape_of(config: Mapping[str, object], where: str) -> Shape:
    """The shape a config.json describes.

    Raises:
        ModelUnavailable: it is no causal language model's config, or it needs its own code.
    """
    if "auto_map" in config:
        raise ModelUnavailable(
            f"{where} needs code of its own (auto_map), which is never run.",
            "Choose a model whose architecture transformers knows.",
        )
    if "quantization_config" in config:
        method = config["quantization_config"]
        kind = method.get("quant_method", "some method") if isinstance(method, dict) else "some method"
        raise ModelUnavailable(
            f"{where} holds quantised weights ({kind}), which are not read.",
            "Take the model it was made from, in float32, float16 or bfloat16.",
        )
    made = config.get("architectures")
    if isinstance(made, list) and made and all(_OTHER.search(str(name)) for name in made):
        raise ModelUnavailable(
            f"{where} is {made[0]}, which predicts no next token.", "Choose a causal language model."
        )
    nested = config.get("text_config")
    fields: Mapping[str, object] = {**config, **nested} if isinstance(nested, dict) else config

    def number(names: tuple[str, ...]) -> int:
        for name in names:
            value = fields.get(name)
            if isinstance(value, int) and value > 0:
                return value
        raise ModelUnavailable(
            f"{where}: its config gives none of {', '.join(names)}.", "Choose a causal language model."
        )

    return Shape(
        architecture=str(config.get("model_type", "unknown")),
        layers=number(_LAYERS),
        d_model=number(_WIDTH),
        d_vocab=number(("vocab_size",)),
        context=_ENDLESS if config.get("model_type") in ("mamba", "mamba2", "rwkv") else number(_CONTEXT),
    )
