"""Beliefs read off the residual stream of a model that was trained on a hidden Markov process."""
