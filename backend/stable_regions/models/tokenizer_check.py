"""Whether a tokenizer that somebody brought reads a line of text in time, tried in a process of its own.

A tokenizer.json may hold regular expressions, and those of a certain kind need minutes for a line of 8,192 letters. The web
process tokenises what visitors type, so a tokenizer whose expressions are not among the well-known ones is tried once, on
lines that such expressions are slow with, under a limit of processor time. What takes longer is refused before it is used.

This file is also the program that is run: it imports `tokenizers` and nothing of the package.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

SECONDS = 8
"""Of processor time that all lines together may take; sound ones need about a tenth of one."""

PATIENCE = 120
"""Seconds on the wall, on a machine that has other things to do."""

LONG = 8192
"""Characters of a line: the longest prompt."""

LETTERS = ("a", "A", "0", " ", "\n", "!", "'", "é", "日", "aA", "a ", "a0", " a", "a.", "-_", "ab!")
"""What the lines repeat."""

KNOWN = frozenset(
    {
        "\\s+",
        " ",
        "\\d",
        "\\p{N}",
        "\\p{N}{1,3}",
        "[0-9]",
        "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|"
        "\\s+(?!\\S)|\\s+",
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|"
        "\\s+(?!\\S)|\\s+",
    }
)
"""Expressions of GPT-2, Llama 3, Qwen 2 and the like, which need no trial."""

LISTED = re.compile(r"(\\x\{[0-9A-Fa-f]{1,6}\}\|?)+")
"""A choice of single letters, as the tokenizers of the bundled processes have: it cannot be slow."""


def expressions(described: object) -> Iterator[str]:
    """Every regular expression in a tokenizer.json."""
    waiting = [described]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            found = here.get("Regex")
            if isinstance(found, str):
                yield found
            waiting += [value for name, value in here.items() if name != "vocab"]
        elif isinstance(here, list):
            waiting += here[:LONG]


def too_slow(file: Path, described: object) -> str | None:
    """Why a tokenizer must not be used, in a sentence; None where nothing speaks against it.

    Args:
        file: the tokenizer.json.
        described: what is in it.
    """
    unknown = [one for one in expressions(described) if one not in KNOWN and not LISTED.fullmatch(one)]
    if not unknown:
        return None
    try:
        tried = subprocess.run(
            [sys.executable, "-I", __file__, str(file)], capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        tried = None
    if tried is not None and tried.returncode == 0:
        return None
    return f"its expression {unknown[0][:60]!r} does not read a line of {LONG:,} characters within {SECONDS} s"


def _try(file: str) -> None:
    """The program: tokenise every line, or be ended by the limit."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    except ImportError:  # Windows has no limits of this kind; the clock on the wall is the limit there
        pass
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(file)
    for letters in LETTERS:
        line = (letters * LONG)[: LONG - 1]
        for end in ("", "\x00"):
            with suppress(Exception):  # a word outside a vocabulary is no reason to refuse it
                tokenizer.encode(line + end, add_special_tokens=False)


if __name__ == "__main__":
    _try(sys.argv[1])
