"""The regions of a slice: areas that agree, how alike their outputs are, and how sharp the borders between them."""
