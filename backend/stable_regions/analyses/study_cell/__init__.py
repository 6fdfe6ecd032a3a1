"""One cell of a study: how sharp the curves of many random pairs are, at one layer of one checkpoint."""
