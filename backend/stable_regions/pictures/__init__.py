"""Results as pictures: colours, PNG with the recipe inside, films, plotly figures. NumPy and Pillow only; no torch."""
