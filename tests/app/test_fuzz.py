"""The described interface under generated requests, seeded: no 500, no answer that the description does not name."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from serving import serving
from stable_regions.settings import Settings

UNSAID = "positive_data_acceptance"
"""Left out: that three prompts differ, and that a model has so many layers, is beyond a schema."""


CONFIG = """
[checks]
negative_data_rejection.expected-statuses = [400, 404, 405, 413, 422, 424, 503]
"""
"""How what breaks the schema may be refused; 413 among them, since the limit of the body comes first."""


async def test_no_generated_request_finds_a_hole(make_settings: Callable[..., Settings], tmp_path: Path) -> None:
    (tmp_path / "schemathesis.toml").write_text(CONFIG)
    async with serving(make_settings(queue=8)) as served:
        command = (
            *("-m", "schemathesis.cli", "run", f"{served.http.base_url}/openapi.json"),
            *("--seed", "1", "--max-examples", "5", "--generation-deterministic"),
            *("--checks", "all", "--exclude-checks", UNSAID, "--no-color", "--warnings", "off"),
        )
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, cwd=tmp_path
        )
        said, _ = await process.communicate()
        assert process.returncode == 0, said.decode()[:6000]
        assert "test cases" in said.decode().lower()
        assert (await served.http.get("/healthz")).status_code == 200
