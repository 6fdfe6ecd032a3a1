"""One straight line anywhere on the plane: where along it the output changes, and how sharply."""
