"""The page of figures as it stands in docs: its text, and the rows of a section's table."""

from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text()


def figures(title: str) -> list[list[str]]:
    """The rows of a section's table, marks taken off."""
    section = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")][2:]
    return [[cell.strip(" |*×%+") for cell in line.split(" | ")] for line in lines]
