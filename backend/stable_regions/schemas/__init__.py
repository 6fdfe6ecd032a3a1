"""The words on the wire: strict pydantic models, the result file, and the key that names both. No torch here."""
