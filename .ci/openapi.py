"""Writes frontend/openapi.json, the server's schema, from which the page's types are made; `--check` compares only."""

import json
import sys
from pathlib import Path

from stable_regions.app import create_app
from stable_regions.settings import Settings

FILE = Path(__file__).parent.parent / "frontend" / "openapi.json"


def main(arguments: list[str]) -> int:
    """Write, or with `--check` say whether writing would change anything (exit code 1)."""
    text = json.dumps(create_app(Settings()).openapi(), indent=2, ensure_ascii=False) + "\n"
    if "--check" not in arguments:
        FILE.write_text(text)
        return 0
    if FILE.is_file() and FILE.read_text() == text:
        return 0
    sys.stderr.write("frontend/openapi.json is not this server's schema. Run `make api` and commit the difference.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
