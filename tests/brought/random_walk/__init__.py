"""Random walks on a line: the smallest analysis without a model, by which the contract is tested."""

INTERFACE = 1
