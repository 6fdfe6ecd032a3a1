"""The 2-D slice of the residual stream that three prompts span, coloured by how alike the outputs are."""
