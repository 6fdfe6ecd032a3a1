"""What becomes of a result in a person's hands: files, tables, charts and figures."""
