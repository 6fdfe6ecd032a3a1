"""A server as a person starts it: `stable-regions serve` in a process of its own, on a port the system chose."""

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from patience import PATIENCE


@contextlib.contextmanager
def served(folder: Path, models: Path, **environment: str) -> Iterator[str]:
    """The server's address, once it says it. Stopped with SIGTERM in the end; it must stop orderly.

    Args:
        folder: its cache folder, and where its log is kept.
        models: a folder of models.
        environment: further variables.
    """
    variables = {
        **os.environ,
        "OMP_NUM_THREADS": "1",
        "STABLE_REGIONS_THREADS": "1",
        "STABLE_REGIONS_CACHE_FOLDER": str(folder / "cache"),
        "STABLE_REGIONS_MODEL_FOLDERS": f'["{models}"]',
        "STABLE_REGIONS_OFFLINE": "true",
        "STABLE_REGIONS_DEVICE": "cpu",
        **environment,
    }
    command = [sys.executable, "-u", "-m", "stable_regions", "serve", "--port", "0"]
    with (folder / "log").open("w+") as log:
        process = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=log, text=True)
        assert process.stdout
        said = process.stdout.readline()
        found = re.search(r"http://\S+", said)
        try:
            assert found, said + (folder / "log").read_text()
            yield found[0]
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(PATIENCE)
            process.stdout.close()
        assert code == 0, (folder / "log").read_text()
