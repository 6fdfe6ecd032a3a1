"""Sees to it that there is a browser for the tests, and says which.

The order: one on PATH; one that Playwright has already; Debian's own when this is root on a machine with apt;
Playwright's download.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


def on_path() -> str | None:
    """The first Chromium on PATH."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def playwrights() -> str | None:
    """Playwright's own Chromium, if it is downloaded."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def from_debian() -> str | None:
    """Debian's chromium, installed now; None where apt or root is missing, or apt fails."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"]
    for command in (["apt-get", "update", "-qq"], install):
        if subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=False).returncode != 0:
            return None
    return on_path()


def downloaded() -> str | None:
    """Playwright's Chromium, downloaded now."""
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return playwrights()


def main() -> int:
    """Find or install one; 1 if there is none to be had."""
    sources = (
        ("on PATH", on_path),
        ("Playwright's own", playwrights),
        ("Debian's, installed now", from_debian),
        ("Playwright's own, downloaded now", downloaded),
    )
    for words, source in sources:
        if path := source():
            sys.stdout.write(f"browser: {path} ({words})\n")
            return 0
    sys.stderr.write(
        "browser: none found, and neither apt nor Playwright could install one. "
        "Install Chromium so that `chromium` is on PATH, or run `make quick`, which needs none.\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
