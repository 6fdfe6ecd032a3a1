"""What is believed in a plane: beliefs read off the final residual of every point of a slice."""
