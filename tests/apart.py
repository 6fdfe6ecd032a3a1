"""Imported first: what lies in a person's own cache of the hub is no test's business, and the client reads this early."""

import os
import tempfile
from pathlib import Path

HOME = Path(tempfile.gettempdir()) / "stable-regions-tests-hub"
"""Stays empty: tests of the hub name folders of their own."""

os.environ["HF_HOME"], os.environ["HF_HUB_CACHE"] = str(HOME), str(HOME / "hub")

from huggingface_hub import constants as constants  # noqa: E402  (afterwards)
