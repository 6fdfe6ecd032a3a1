"""Similar against dissimilar pairs: whether what ends in one region also means the same."""
