"""The families of public models that can be loaded by repository id, one row each.

Sizes are the hub's own counts of weights, to three digits. Tokens a step are stated where a family's names tell steps
only: for Pythia in its paper (Biderman et al. 2023, arXiv 2304.01373: 1,024 sequences of 2,048 tokens), for SmolLM3 on
the page of its checkpoints.
"""

from collections.abc import Mapping
from functools import cache

from stable_regions.schemas.model import FamilyCard, RepositoryCard

PYTHIA_STEP = 2_097_152
SMOLLM3_STEP = 2_359_296

MILLION, BILLION = 10**6, 10**9


def _rows(
    sizes: Mapping[str, float],
    *,
    unit: int = BILLION,
    gated: bool = False,
    checkpoints: bool = False,
    tokens_per_step: int | None = None,
) -> tuple[RepositoryCard, ...]:
    return tuple(
        RepositoryCard(
            name=name,
            parameters=round(size * unit),
            gated=gated,
            checkpoints=checkpoints,
            tokens_per_step=tokens_per_step,
        )
        for name, size in sizes.items()
    )


PYTHIA = {
    "14m": 14.1, "31m": 30.5, "70m": 70.4, "160m": 162, "410m": 405,
    "1b": 1010, "1.4b": 1410, "2.8b": 2780, "6.9b": 6860, "12b": 11_800,
}  # fmt: skip
"""Parameters of each size, in millions."""

MISTRAL_GPT2 = {
    "alias-gpt2-small-x21": 124, "battlestar-gpt2-small-x49": 124, "caprica-gpt2-small-x81": 124,
    "darkmatter-gpt2-small-x343": 124, "expanse-gpt2-small-x777": 124,
    "arwen-gpt2-medium-x21": 355, "beren-gpt2-medium-x49": 355, "celebrimbor-gpt2-medium-x81": 355,
    "durin-gpt2-medium-x343": 355, "eowyn-gpt2-medium-x777": 355,
}  # fmt: skip

FAMILIES: tuple[FamilyCard, ...] = (
    FamilyCard(
        family="Pythia",
        repositories=_rows(
            {
                f"EleutherAI/pythia-{size}{deduped}": millions
                for size, millions in PYTHIA.items()
                for deduped in ("", "-deduped")
                if not (deduped and size in ("14m", "31m"))
            },
            unit=MILLION,
            checkpoints=True,
            tokens_per_step=PYTHIA_STEP,
        ),
        revisions="step0, step1, step2, step4 … step512, step1000 … step143000 (154)",
        license="apache-2.0",
        note="2,097,152 tokens a step on the Pile; seeds of most sizes are repositories of their own.",
    ),
    FamilyCard(
        family="OLMo",
        repositories=_rows(
            {
                "allenai/OLMo-1B-hf": 1.18,
                "allenai/OLMo-7B-hf": 6.89,
                "allenai/OLMo-1B-0724-hf": 1.28,
                "allenai/OLMo-7B-0724-hf": 6.89,
            },
            checkpoints=True,
        ),
        revisions="step{N}-tokens{M}B",
        license="apache-2.0",
        note="The models of the paper's figures over training. Stored in float32: four bytes a parameter to download.",
    ),
    FamilyCard(
        family="OLMo 2",
        repositories=_rows(
            {
                "allenai/OLMo-2-0425-1B": 1.48,
                "allenai/OLMo-2-1124-7B": 7.3,
                "allenai/OLMo-2-1124-13B": 13.7,
                "allenai/OLMo-2-0325-32B": 32.2,
            },
            checkpoints=True,
        ),
        revisions="stage1-step{N}-tokens{M}B, stage2-ingredient{K}-step{N}-tokens{M}B",
        license="apache-2.0",
        note="Two stages of training; spacing is uneven and some branches lack the stage.",
    ),
    FamilyCard(
        family="OLMo 3",
        repositories=_rows({"allenai/Olmo-3-1025-7B": 7.3, "allenai/Olmo-3-1125-32B": 32.2}, checkpoints=True),
        revisions="stage{1,2,3}-step{N}",
        license="apache-2.0",
        note="Three stages of training.",
    ),
    FamilyCard(
        family="Mistral (stanford-crfm) GPT-2",
        repositories=_rows(
            {f"stanford-crfm/{name}": millions for name, millions in MISTRAL_GPT2.items()},
            unit=MILLION,
            checkpoints=True,
        ),
        revisions="checkpoint-{N} (609)",
        license="apache-2.0",
        note="GPT-2 trained from five seeds in two sizes; many branches hold no safetensors.",
    ),
    FamilyCard(
        family="SmolLM",
        repositories=(
            *_rows(
                {
                    "HuggingFaceTB/SmolLM-135M": 0.135,
                    "HuggingFaceTB/SmolLM-360M": 0.362,
                    "HuggingFaceTB/SmolLM-1.7B": 1.71,
                    "HuggingFaceTB/SmolLM2-135M": 0.135,
                    "HuggingFaceTB/SmolLM2-360M": 0.362,
                    "HuggingFaceTB/SmolLM2-1.7B": 1.71,
                    "HuggingFaceTB/SmolLM3-3B-Base": 3.08,
                }
            ),
            *_rows({"HuggingFaceTB/SmolLM3-3B-checkpoints": 3.08}, checkpoints=True, tokens_per_step=SMOLLM3_STEP),
        ),
        revisions="main; stage{1,2,3}-step-{N} of SmolLM3-3B-checkpoints",
        license="apache-2.0",
        note="Small models of the Llama architecture, and SmolLM3 with its checkpoints, every 40,000 steps.",
    ),
    FamilyCard(
        family="Qwen2",
        repositories=_rows({"Qwen/Qwen2-0.5B": 0.494, "Qwen/Qwen2-1.5B": 1.54, "Qwen/Qwen2-7B": 7.62}),
        revisions="main",
        license="apache-2.0",
        note="The sizes of the paper's figure on size.",
    ),
    FamilyCard(
        family="Qwen2.5",
        repositories=_rows(
            {"Qwen/Qwen2.5-0.5B": 0.494, "Qwen/Qwen2.5-1.5B": 1.54, "Qwen/Qwen2.5-3B": 3.09, "Qwen/Qwen2.5-7B": 7.62}
        ),
        revisions="main",
        license="apache-2.0",
        note="Of the 3B the licence allows research only.",
    ),
    FamilyCard(
        family="Qwen3",
        repositories=_rows(
            {
                "Qwen/Qwen3-0.6B-Base": 0.596,
                "Qwen/Qwen3-1.7B-Base": 1.72,
                "Qwen/Qwen3-4B-Base": 4.02,
                "Qwen/Qwen3-8B-Base": 8.19,
            }
        ),
        revisions="main",
        license="apache-2.0",
        note="Query and key norms.",
    ),
    FamilyCard(
        family="GPT-2",
        repositories=_rows(
            {
                "openai-community/gpt2": 0.124,
                "openai-community/gpt2-medium": 0.355,
                "openai-community/gpt2-large": 0.774,
                "openai-community/gpt2-xl": 1.56,
            }
        ),
        revisions="main",
        license="mit",
        note="Learned positions.",
    ),
    FamilyCard(
        family="Llama",
        repositories=_rows(
            {"meta-llama/Llama-3.2-1B": 1.24, "meta-llama/Llama-3.2-3B": 3.21, "meta-llama/Llama-3.1-8B": 8.03},
            gated=True,
        ),
        revisions="main",
        license="llama3",
        note="Gated: accept the licence on the hub and set HF_TOKEN.",
    ),
    FamilyCard(
        family="Gemma",
        repositories=_rows(
            {
                "google/gemma-2-2b": 2.61,
                "google/gemma-2-9b": 9.24,
                "google/gemma-3-270m": 0.268,
                "google/gemma-3-1b-pt": 1.0,
            },
            gated=True,
        ),
        revisions="main",
        license="gemma",
        note="Gated: accept the licence on the hub and set HF_TOKEN. Its prompts begin with BOS.",
    ),
    FamilyCard(
        family="Phi",
        repositories=_rows({"microsoft/phi-1": 1.42, "microsoft/phi-1_5": 1.42, "microsoft/phi-2": 2.78}),
        revisions="main",
        license="mit",
        note="Parallel residual, trained on textbook-like text.",
    ),
    FamilyCard(
        family="Mistral",
        repositories=_rows({"mistralai/Mistral-7B-v0.1": 7.24, "mistralai/Mistral-7B-v0.3": 7.25}, gated=True),
        revisions="main",
        license="apache-2.0",
        note="Sliding windows in v0.1. The hub may ask to share your contact before it gives the files.",
    ),
)


@cache
def _by_name() -> Mapping[str, tuple[FamilyCard, RepositoryCard]]:
    return {row.name: (family, row) for family in FAMILIES for row in family.repositories}


def repository(name: str) -> tuple[FamilyCard, RepositoryCard] | None:
    """The rows of a repository; None where no family lists it."""
    return _by_name().get(name)
