"""Packs: views, the results that they need, and the page, so that they can be shown where no server runs."""
