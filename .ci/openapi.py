"""Writes frontend/openapi.json, the server's schema, from which the page's types are made; `--check` compares only."""

import json
import sys
from pathlib import Path

from stable_regions.app import create_app
from stable_regions.settings import Settings

FILE = Path(__file__).parent.parent / "frontend" / "openapi.json"


def main(arguments: list[str]) -> int:
    """Write, or with `--check` say whether writing would change anything but its layout (exit code 1)."""
    schema = create_app(Settings()).openapi()
    if "--check" not in arguments:
        FILE.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
        return 0
    if FILE.is_file() and json.loads(FILE.read_text()) == json.loads(json.dumps(schema)):
        return 0
    sys.stderr.write("frontend/openapi.json is not this server's schema. Run `make api` and commit the difference.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
