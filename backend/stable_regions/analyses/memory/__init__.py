"""An attractor network that holds images: what iteration makes of corrupted ones, moment by moment."""
