"""Mean-field dynamics of self-attention networks: the limit of many units at a fixed number of features and tokens.

A network writes tokens of ±1 units. Its output, value, query and key weights see a token through M overlaps each, the
features. With many units the overlaps no longer fluctuate, and the network becomes a map of the last L attention vectors,
driven by the clock of the positions: `recursion` iterates it, `tangent` measures how it stretches, `regimes` says what
kind of motion came out, `sampler` is the network with finitely many units.

Source: Poc-López & Aguilera, *Dynamical Mean-Field Theory of Self-Attention Neural Networks* (arXiv 2406.07247).
"""
