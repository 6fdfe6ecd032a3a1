"""A hidden Markov process: its histories, what is believed after each, and the least loss that any predictor can have."""
