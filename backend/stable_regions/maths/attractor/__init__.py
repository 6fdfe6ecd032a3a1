"""Self-attention as an attractor network: tokens, local energies, rules that store, iteration, and what is measured.

Source: D'Amico & Negri, *Self-attention as an attractor network: transient memories without backpropagation* (arXiv
2409.16112). What is ours, not theirs, is called so where it stands: the fixed-point trainer, centring, the normaliser.
"""
