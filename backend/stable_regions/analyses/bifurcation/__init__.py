"""Orbits over one parameter: where order turns into chaos."""
