"""The slice that can be worked out with a pencil, for every test here."""

from three_countries import three_countries, training

__all__ = ["three_countries", "training"]
