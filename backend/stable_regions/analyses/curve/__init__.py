"""One path from A to B: where along it the output changes, and how sharply."""
