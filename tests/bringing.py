"""A package that brings analyses, as it lies in an environment: its folders, and the metadata that names them."""

from collections.abc import Mapping
from pathlib import Path

BROUGHT = Path(__file__).parent / "brought"


def bring(folder: Path, points: Mapping[str, str], distribution: str = "walks") -> Path:
    """Write the metadata of a distribution with entry points `stable_regions.analyses`; the folder, for the path."""
    info = folder / f"{distribution}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
    rows = "".join(f"{name} = {value}\n" for name, value in points.items())
    (info / "entry_points.txt").write_text(f"[stable_regions.analyses]\n{rows}")
    return folder
