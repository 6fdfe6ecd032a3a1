"""Exponents and regimes over two parameters."""
