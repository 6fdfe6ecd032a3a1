"""The web process never imports torch: it starts in a second, and lives in a third of the memory."""

import os
import subprocess
import sys

import pytest

HEAVY = ("torch", "transformers", "transformer_lens", "plotly")

SERVE = """
import asyncio, tempfile
from pathlib import Path
from stable_regions.app import create_app
from stable_regions.settings import Settings

async def main():
    app = create_app(Settings(cache_folder=Path(tempfile.mkdtemp())), "workers.arithmetic")
    app.openapi()
    async with app.router.lifespan_context(app):
        pass

asyncio.run(main())
"""


def imported(code: str) -> set[str]:
    """Which heavy packages a fresh interpreter has imported after running the code."""
    after = f"{code}\nimport sys\nprint(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", after], env=environment, capture_output=True, text=True, check=True)
    return set(done.stdout.split()) & set(HEAVY)


def test_the_web_process_imports_nothing_heavy() -> None:
    assert imported(SERVE) == set()


@pytest.mark.slow
def test_the_check_can_fail() -> None:
    assert "torch" in imported("import stable_regions.models.model_cache")
