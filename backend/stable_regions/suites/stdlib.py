"""Real text that every Python has: the source and docstrings of the running interpreter's own standard library.

Files are read in the order of their names, tests and the like left out, so that the same Python gives the same text. The
tokens are byte-level BPE, 2,048 of them, trained on that text and shipped with the models: nothing is ever unknown.
"""

import sys
import sysconfig
from functools import cache
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

BOS, PAD = "<bos>", "<pad>"
SPECIALS = (BOS, "<unk>", PAD)  # the numbers of the specials are those of the facts suite
TOKENS = 2048
HELD_BACK = 16  # every sixteenth file
LEFT_OUT = {"test", "tests", "idle_test", "site-packages", "dist-packages", "__pycache__", "pydoc_data", "lib2to3"}


def version() -> str:
    """Which standard library it is: `3.11.9`."""
    return ".".join(map(str, sys.version_info[:3]))


@cache
def files() -> tuple[Path, ...]:
    """The library's Python files, sorted by their names below it."""
    root = Path(sysconfig.get_paths()["stdlib"])
    found = (p for p in root.rglob("*.py") if not LEFT_OUT & set(p.relative_to(root).parts))
    return tuple(sorted(found, key=lambda p: p.relative_to(root).as_posix()))


@cache
def texts(held_back: bool = False) -> tuple[str, ...]:
    """The files' text: what models read, or the sixteenth part that they never see and are measured on.

    The few files that are not UTF-8, or empty, are left out.
    """
    found: list[str] = []
    for number, file in enumerate(files()):
        if (number % HELD_BACK == HELD_BACK - 1) is held_back:
            try:
                found.append(file.read_text("utf-8"))
            except UnicodeDecodeError:
                continue
    return tuple(text for text in found if text.strip())


def unread() -> str:
    """What the texts that are held back are, in words."""
    return f"files of the standard library of Python {version()} that the bundled models have not read"


def train_tokenizer() -> Tokenizer:
    """Byte-level BPE over the text that models read; adds no special token by itself and gives the same text back."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=TOKENS, special_tokens=list(SPECIALS), initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(texts(), trainer)
    return tokenizer
