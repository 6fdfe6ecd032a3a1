"""The families of public models that can be loaded by repository id, one row each."""

from stable_regions.schemas.model import FamilyCard

FAMILIES: tuple[FamilyCard, ...] = (
    FamilyCard(
        family="Pythia",
        repositories=tuple(
            f"EleutherAI/pythia-{size}{deduped}"
            for size in ("14m", "31m", "70m", "160m", "410m", "1b", "1.4b", "2.8b", "6.9b", "12b")
            for deduped in ("", "-deduped")
            if not (deduped and size in ("14m", "31m"))
        ),
        revisions="step0, step1, step2, step4 … step512, step1000 … step143000 (154)",
        note="2,097,152 tokens a step on the Pile, with seeds of every size; Apache-2.0.",
    ),
    FamilyCard(
        family="OLMo",
        repositories=("allenai/OLMo-1B-hf", "allenai/OLMo-7B-hf", "allenai/OLMo-1B-0724-hf", "allenai/OLMo-7B-0724-hf"),
        revisions="step{N}-tokens{M}B",
        note="The models of the paper's figures over training; Apache-2.0.",
    ),
    FamilyCard(
        family="OLMo 2",
        repositories=(
            "allenai/OLMo-2-0425-1B",
            "allenai/OLMo-2-1124-7B",
            "allenai/OLMo-2-1124-13B",
            "allenai/OLMo-2-0325-32B",
        ),
        revisions="stage1-step{N}-tokens{M}B, stage2-ingredient{K}-step{N}-tokens{M}B",
        note="Two stages of training; spacing is uneven and some branches lack the stage; Apache-2.0.",
    ),
    FamilyCard(
        family="OLMo 3",
        repositories=("allenai/Olmo-3-1025-7B", "allenai/Olmo-3-1125-32B"),
        revisions="stage{1,2,3}-step{N}",
        note="Three stages of training; Apache-2.0.",
    ),
    FamilyCard(
        family="Mistral (stanford-crfm) GPT-2",
        repositories=(
            *(
                f"stanford-crfm/{name}"
                for name in (
                    "alias-gpt2-small-x21",
                    "battlestar-gpt2-small-x49",
                    "caprica-gpt2-small-x81",
                    "darkmatter-gpt2-small-x343",
                    "expanse-gpt2-small-x777",
                )
            ),
            *(
                f"stanford-crfm/{name}"
                for name in (
                    "arwen-gpt2-medium-x21",
                    "beren-gpt2-medium-x49",
                    "celebrimbor-gpt2-medium-x81",
                    "durin-gpt2-medium-x343",
                    "eowyn-gpt2-medium-x777",
                )
            ),
        ),
        revisions="checkpoint-{N} (609)",
        note="GPT-2 trained from five seeds in two sizes; many branches hold no safetensors; Apache-2.0.",
    ),
    FamilyCard(
        family="SmolLM",
        repositories=(
            "HuggingFaceTB/SmolLM-135M",
            "HuggingFaceTB/SmolLM-360M",
            "HuggingFaceTB/SmolLM-1.7B",
            "HuggingFaceTB/SmolLM2-135M",
            "HuggingFaceTB/SmolLM2-360M",
            "HuggingFaceTB/SmolLM2-1.7B",
            "HuggingFaceTB/SmolLM3-3B-Base",
        ),
        revisions="main; checkpoints of some are repositories of their own",
        note="Small models of the Llama architecture; Apache-2.0.",
    ),
    FamilyCard(
        family="Qwen",
        repositories=(
            "Qwen/Qwen2-0.5B",
            "Qwen/Qwen2-1.5B",
            "Qwen/Qwen2-7B",
            "Qwen/Qwen2.5-0.5B",
            "Qwen/Qwen2.5-1.5B",
            "Qwen/Qwen2.5-3B",
            "Qwen/Qwen2.5-7B",
            "Qwen/Qwen3-0.6B-Base",
            "Qwen/Qwen3-1.7B-Base",
            "Qwen/Qwen3-4B-Base",
            "Qwen/Qwen3-8B-Base",
        ),
        revisions="main",
        note="The paper's figure on size; Apache-2.0 but for Qwen2.5-3B (research licence).",
    ),
    FamilyCard(
        family="GPT-2",
        repositories=(
            "openai-community/gpt2",
            "openai-community/gpt2-medium",
            "openai-community/gpt2-large",
            "openai-community/gpt2-xl",
        ),
        revisions="main",
        note="124 M to 1.5 B parameters; MIT.",
    ),
    FamilyCard(
        family="Llama",
        repositories=("meta-llama/Llama-3.2-1B", "meta-llama/Llama-3.2-3B", "meta-llama/Llama-3.1-8B"),
        revisions="main",
        note="Gated: accept the licence on the hub and set HF_TOKEN.",
    ),
    FamilyCard(
        family="Gemma",
        repositories=("google/gemma-2-2b", "google/gemma-2-9b", "google/gemma-3-270m", "google/gemma-3-1b-pt"),
        revisions="main",
        note="Gated: accept the licence on the hub and set HF_TOKEN. Its prompts begin with BOS.",
    ),
    FamilyCard(
        family="Phi",
        repositories=("microsoft/phi-1", "microsoft/phi-1_5", "microsoft/phi-2"),
        revisions="main",
        note="1.3 B and 2.7 B parameters; MIT.",
    ),
    FamilyCard(
        family="Mistral",
        repositories=("mistralai/Mistral-7B-v0.1", "mistralai/Mistral-7B-v0.3"),
        revisions="main",
        note="7 B parameters; Apache-2.0.",
    ),
)
