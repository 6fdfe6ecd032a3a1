"""Results as pictures: colours, PNG with the recipe inside, films, plotly figures, tables. NumPy and Pillow; no torch."""
