"""Reading and writing the residual stream, exactly."""
