"""Further prompts dropped on the map: where they fall, how far off the plane they are, and whether the map foretells them."""
