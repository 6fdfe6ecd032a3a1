"""One orbit of the mean-field dynamics, followed."""
