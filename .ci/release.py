"""Makes a release ready: one version everywhere, a heading in the changelog, wheel and sdist built and tried, a tag's message.

    make release VERSION=0.2.0

Nothing is tagged and nothing is sent: the commands for that are said in the end.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ("frontend/package.json", "frontend/package-lock.json")
NAMES = ("pyproject.toml", "CITATION.cff", "CHANGELOG.md", *PAGE)
"""Where a version stands."""
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
        **dict.fromkeys(PAGE, (r'(?<="name": "stable-regions-page",\n)( +"version": )"[^"]+"', rf'\1"{version}"')),
        "CHANGELOG.md": (r"^## Unreleased$", f"## Unreleased\n\n## {version} ({today})"),
    }
    made: dict[str, str] = {}
    for name, (before, after) in rows.items():
        made[name], times = re.subn(before, after, texts[name], flags=re.MULTILINE)
        if not times:
            raise ValueError(f"{name} does not hold a version where one is expected")
    return made


def message(version: str, changelog: str) -> str:
    """What the tag says: the version, and what the changelog says of it."""
    found = re.search(rf"^## {re.escape(version)} .*?\n+(.+?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    return f"Stable Regions Explorer {version}\n\n{found.group(1).strip() if found else ''}\n"


def tried(version: str) -> None:
    """Build wheel and sdist, install each in a fresh environment, and look whether it answers from there.

    What it needs is lent by the environment that builds: the lock already says which versions that are, and a release
    needs no gigabytes fetched twice.

    Raises:
        ValueError: an installed one is another version, runs from elsewhere, or lacks the page or the models.
        subprocess.CalledProcessError: it does not build, install or run.
    """
    dist = ROOT / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    for kind in ("wheel", "sdist"):
        subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", kind], cwd=ROOT, check=True)
    for pattern in (f"stable_regions-{version}-*.whl", f"stable_regions-{version}.tar.gz"):
        (built,) = dist.glob(pattern)
        with tempfile.TemporaryDirectory() as folder:
            installed(built, version, Path(folder).resolve())


SAID = {"capture_output": True, "text": True}

LOOK = """
import pathlib, stable_regions
package = pathlib.Path(stable_regions.__file__).parent
print(stable_regions.__version__)
print(package)
print((package / "web" / "index.html").is_file(), len(list((package / "suites").rglob("model.safetensors"))) > 0)
"""


def installed(built: Path, version: str, folder: Path) -> None:
    """One of them, alone in an environment; see `tried`."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    lent = [path for path in (sysconfig.get_path("purelib"), sysconfig.get_path("platlib")) if path]
    site = subprocess.run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], check=True, **SAID)
    (Path(site.stdout.strip()) / "lent.pth").write_text("\n".join(dict.fromkeys(lent)) + "\n")
    # Without isolation: a build of the sdist takes hatchling from what is lent.
    alone = ["--quiet", "--no-deps", "--no-build-isolation", "--force-reinstall", "--disable-pip-version-check"]
    subprocess.run([python, "-m", "pip", "install", *alone, built], cwd=folder, check=True)
    shell = subprocess.run([python.with_name("stable-regions"), "--version"], cwd=folder, check=True, **SAID).stdout
    own, place, whole = subprocess.run([python, "-c", LOOK], cwd=folder, check=True, **SAID).stdout.splitlines()
    if own != version or version not in shell:
        raise ValueError(f"{built.name}, installed, says {shell.strip()!r} and {own!r}, not {version}")
    if not Path(place).resolve().is_relative_to(folder):
        raise ValueError(f"{built.name} was not what ran, but {place}")
    if whole != "True True":
        raise ValueError(f"{built.name}, installed, lacks the page or the models (it has them: {whole})")


def main() -> int:
    """Change, build and try; 1 with a sentence if something speaks against it."""
    version = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        made = changed(version, f"{datetime.now(UTC):%Y-%m-%d}", {name: (ROOT / name).read_text() for name in NAMES})
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
