"""Prompts to token ids, and ids to what a person reads. Needs `tokenizers` only, no torch.

Special tokens that a tokenizer would add by itself are left off; the beginning-of-sequence token is put in front
when, and only when, the request says so. Its id is the one the tokenizer's own config names.

A vocabulary spells tokens for machines: byte-level BPE writes a space as `Ġ` and every byte as a printable letter,
SentencePiece writes a space as `▁` and a byte as `<0x0A>`. `Tokens.strings` turns both back into text, keeps the
leading space (it is part of the token), and makes visible what would otherwise be invisible or would reorder the
line.
"""

import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

from stable_regions.errors import ModelUnavailable, PromptRefused
from stable_regions.models.shape import read_json
from stable_regions.models.tokenizer_check import too_slow

LARGEST = 48 * 2**20
"""Bytes of a tokenizer.json that is read; the largest of the public families has 35 MB. Reading holds the process up, by
about a second for so many."""

_VISIBLE = {"\n": "⏎", "\t": "⇥"}


class Tokens:
    """One model's tokenizer.

    Args:
        folder: holds tokenizer.json, and tokenizer_config.json where there is one.
        config: folder of the model's config.json, which names the beginning-of-sequence token where the tokenizer does not.
    """

    def __init__(self, folder: Path, config: Path | None = None) -> None:
        file = folder / "tokenizer.json"
        if not file.is_file():
            raise ModelUnavailable(
                f"{folder} holds no tokenizer.json.",
                "Save the tokenizer with transformers: AutoTokenizer.from_pretrained(...).save_pretrained(folder).",
            )
        described = read_json(file, LARGEST)
        try:
            self._tokenizer = Tokenizer.from_file(str(file))
        except Exception as error:  # tokenizers raises bare Exception for a file it cannot read
            raise ModelUnavailable(f"{file} is no tokenizer: {error}.", "Copy the file again.") from error
        if slow := too_slow(file, described):
            raise ModelUnavailable(
                f"The tokenizer of {folder} is not used: {slow}.",
                "Save the tokenizer of the model's makers in its place; this one would hold up everybody else.",
            )
        self._byte_level = "ByteLevel" in json.dumps([described.get("decoder"), described.get("pre_tokenizer")])
        added = described.get("added_tokens")
        self._added: set[int] = set()
        for entry in added if isinstance(added, list) else ():
            if isinstance(entry, dict) and isinstance(entry.get("id"), int):
                self._added.add(entry["id"])
        own = folder / "tokenizer_config.json"
        self._config = read_json(own) if own.is_file() else {}
        models = (config or folder) / "config.json"
        self._model = read_json(models) if models.is_file() else {}
        self.bos = self._bos()

    def _bos(self) -> int | None:
        """Id of the beginning-of-sequence token; None where the tokenizer has none."""
        named = self._config.get("bos_token")
        text = named.get("content") if isinstance(named, dict) else named
        if isinstance(text, str):
            return self._tokenizer.token_to_id(text)
        number = self._model.get("bos_token_id")
        if isinstance(number, int) and not isinstance(number, bool) and self._tokenizer.id_to_token(number) is not None:
            return number
        return next((i for name in ("<bos>", "<s>") if (i := self._tokenizer.token_to_id(name)) is not None), None)

    @property
    def base_size(self) -> int:
        """Tokens of the vocabulary itself, without those added later."""
        return self._tokenizer.get_vocab_size(with_added_tokens=False)

    @property
    def adds_bos(self) -> bool:
        """Whether the tokenizer puts a beginning-of-sequence token in front by itself, as in training."""
        said = self._config.get("add_bos_token")
        if isinstance(said, bool):
            return said and self.bos is not None
        return self.bos is not None and self._tokenizer.encode("a", add_special_tokens=True).ids[:1] == [self.bos]

    def encode(self, prompt: str, prepend_bos: bool, most: int | None = None) -> list[int]:
        """The prompt's token ids.

        Args:
            prompt: the text.
            prepend_bos: begin with the beginning-of-sequence token.
            most: most tokens allowed, that token included.

        Raises:
            PromptRefused: no token, or more than `most`, or something outside a vocabulary that has no token for the unknown,
            or a BOS token that this tokenizer does not have.
        """
        try:
            ids = self._tokenizer.encode(prompt, add_special_tokens=False).ids
        except Exception as error:  # tokenizers raises bare Exception where a vocabulary has no token for the unknown
            known = ", ".join(
                name for name, _ in sorted(self._tokenizer.get_vocab().items(), key=lambda row: row[1])[:12]
            )
            raise PromptRefused(
                f"The prompt {_short(prompt)!r} holds something that is not in this model's vocabulary.",
                f"Write it in the model's tokens alone: {known}.",
            ) from error
        if not ids:
            raise PromptRefused(f"The prompt {prompt!r} has no tokens.", "Write at least one word.")
        if prepend_bos:
            if self.bos is None:
                raise PromptRefused(
                    "prepend_bos is true, and this model's tokenizer has no beginning-of-sequence token.",
                    "Set prepend_bos to false.",
                )
            ids = [self.bos, *ids]
        if most is not None and len(ids) > most:
            raise PromptRefused(
                f"The prompt {_short(prompt)!r} has {len(ids)} tokens; at most {most} are taken.", "Shorten it."
            )
        return ids

    def spans(self, text: str) -> list[tuple[int, int, int]]:
        """The tokens of a text, without a BOS token: id, and where each begins and ends in the text, in characters."""
        found = self._tokenizer.encode(text, add_special_tokens=False)
        return [(token, start, end) for token, (start, end) in zip(found.ids, found.offsets, strict=True)]

    def strings(self, ids: Sequence[int]) -> list[str]:
        """What a person reads for each token: leading space kept, bytes decoded, control characters visible."""
        return [self._string(token) for token in ids]

    def _string(self, token: int) -> str:
        spelled = self._tokenizer.id_to_token(token)
        if spelled is None:
            return f"<{token}>"  # rows of the unembedding beyond the vocabulary
        if token in self._added:
            return visible(spelled)
        if self._byte_level and all(letter in _BYTES for letter in spelled):
            return visible(bytes(_BYTES[letter] for letter in spelled).decode("utf-8", errors="backslashreplace"))
        if len(spelled) == 6 and spelled.startswith("<0x") and spelled.endswith(">"):
            return visible(bytes([int(spelled[3:5], 16)]).decode("utf-8", errors="backslashreplace"))
        return visible(spelled.replace("▁", " "))

    def unknown_words(self, text: str) -> list[str]:
        """The pieces of a text that the vocabulary does not have, as written; the model reads one token for all of them."""
        unknown = self.unknown
        return (
            [] if unknown is None else [text[start:end] for token, start, end in self.spans(text) if token == unknown]
        )

    @property
    def unknown(self) -> int | None:
        """Id of the token for words outside the vocabulary, where there is one."""
        named = self._config.get("unk_token")
        text = named.get("content") if isinstance(named, dict) else named
        return self._tokenizer.token_to_id(text) if isinstance(text, str) else None


def visible(text: str) -> str:
    """The text with control and formatting characters (line ends, zero widths, writing direction) made visible."""
    return "".join(_letter(letter) for letter in text)


def _letter(letter: str) -> str:
    if letter in _VISIBLE:
        return _VISIBLE[letter]
    if ord(letter) < 0x20:
        return chr(0x2400 + ord(letter))  # Unicode's pictures of control characters
    if unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cn", "Zl", "Zp"):
        return f"\\u{ord(letter):04x}"
    return letter


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _letters_of_bytes() -> dict[str, int]:
    """Byte of each letter in a byte-level vocabulary: printable Latin-1 stands for itself, others follow U+0100.

    Source: `bytes_to_unicode` of GPT-2's encoder.
    """
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in plain]
    return {chr(byte): byte for byte in plain} | {chr(0x100 + n): byte for n, byte in enumerate(others)}


_BYTES = _letters_of_bytes()
