"""Which models there are, and loading their checkpoints. `catalogue`, `revisions` and `tokens` need no torch."""
