"""Makes a release ready: one version everywhere, a heading in the changelog, wheel and sdist built and tried, a tag's message.

    make release VERSION=0.2.0

Nothing is tagged and nothing is sent: the commands for that are said in the end.
"""

import re
import subprocess
import sys
import tempfile
import venv
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
VERSION = re.compile(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?")


def changed(version: str, today: str, texts: dict[str, str]) -> dict[str, str]:
    """The files with the new version in them.

    Raises:
        ValueError: that is no version, nothing is said of it under Unreleased, or a file does not hold the old one.
    """
    if not VERSION.fullmatch(version):
        raise ValueError(f"{version!r} is no version; expected one like 1.2.3 or 1.2.3rc1")
    news = re.search(r"^## Unreleased\n+(.+?)(?=^## |\Z)", texts["CHANGELOG.md"], re.MULTILINE | re.DOTALL)
    if news is None or not news.group(1).strip():
        raise ValueError("CHANGELOG.md says nothing under Unreleased; say there what users have now")
    rows = {
        "pyproject.toml": (r'^version = "[^"]+"$', f'version = "{version}"'),
        "CITATION.cff": (r"^version: \S+$", f"version: {version}"),
        "CHANGELOG.md": (r"^## Unreleased$", f"## Unreleased\n\n## {version} ({today})"),
    }
    made: dict[str, str] = {}
    for name, (before, after) in rows.items():
        made[name], times = re.subn(before, after, texts[name], count=1, flags=re.MULTILINE)
        if not times:
            raise ValueError(f"{name} does not hold a version where one is expected")
    return made


def message(version: str, changelog: str) -> str:
    """What the tag says: the version, and what the changelog says of it."""
    found = re.search(rf"^## {re.escape(version)} .*?\n+(.+?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    return f"Stable Regions Explorer {version}\n\n{found.group(1).strip() if found else ''}\n"


def tried(version: str) -> None:
    """Build wheel and sdist, install the wheel in a fresh environment, and ask it for its version."""
    for kind in ("wheel", "sdist"):
        subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", kind], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        binaries = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin")
        (wheel,) = (ROOT / "dist").glob(f"stable_regions-{version}-*.whl")
        subprocess.run([binaries / "python", "-m", "pip", "install", "--quiet", wheel], check=True)
        said = subprocess.run([binaries / "stable-regions", "--version"], check=True, capture_output=True, text=True)
        if version not in said.stdout:
            raise ValueError(f"the installed wheel says {said.stdout.strip()!r}, not {version}")


def main() -> int:
    """Change, build and try; 1 with a sentence if something speaks against it."""
    version = sys.argv[1] if len(sys.argv) > 1 else ""
    names = ("pyproject.toml", "CITATION.cff", "CHANGELOG.md")
    try:
        made = changed(version, f"{datetime.now(UTC):%Y-%m-%d}", {name: (ROOT / name).read_text() for name in names})
        for name, text in made.items():
            (ROOT / name).write_text(text)
        tried(version)
    except (ValueError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"release: {error}\n")
        return 1
    note = ROOT / "dist" / "tag.txt"
    note.write_text(message(version, made["CHANGELOG.md"]))
    sys.stdout.write(
        f"dist/ is built and tried. Review the difference, commit it, then:\n  git tag -a v{version} -F {note}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
