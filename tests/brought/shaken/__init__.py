"""Shaking an activation: the smallest analysis about a model, by which the contract is tested."""

INTERFACE = 1
