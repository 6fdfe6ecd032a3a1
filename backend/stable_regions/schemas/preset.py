"""A preset: a view worth opening, with its picture ready."""

from stable_regions.schemas.base import Wire
from stable_regions.schemas.key import Key


class Preset(Wire):
    """One card of the gallery."""

    name: str
    group: str
    title: str
    text: str
    request: dict[str, object]
    """An animation request, as it is posted."""
    thumbnail: Key
    """The result whose picture stands on the card: `/api/v1/results/{thumbnail}.png`."""
