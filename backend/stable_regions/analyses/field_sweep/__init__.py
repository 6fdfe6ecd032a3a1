"""One request that knows no model, computed at many values of one of its own fields."""
