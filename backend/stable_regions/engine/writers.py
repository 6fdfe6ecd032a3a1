"""The fastest exact writer for a checkpoint and layer, and the writers made last."""

from weakref import WeakKeyDictionary

from stable_regions.engine.families import family_of
from stable_regions.engine.oracle import Oracle
from stable_regions.engine.tail import Tail
from stable_regions.engine.writer import Writer
from stable_regions.models.loading import LoadedModel

KEPT = 2
"""Writers that are kept of each loaded checkpoint: those of the layers asked for last."""

_WRITERS: WeakKeyDictionary[LoadedModel, dict[int, Writer]] = WeakKeyDictionary()
"""The writers made last, by layer; they leave with their checkpoint."""


def writer_for(model: LoadedModel, write_layer: int) -> Writer:
    """The fastest exact writer for a checkpoint; the same one when it is asked for again soon.

    Raises:
        UnknownLayer: the model has no such block.
        UnsupportedModel: neither the fast path nor TransformerLens knows the architecture.
    """
    model.card.check_layer(write_layer)
    known = _WRITERS.setdefault(model, {})
    writer = known.pop(write_layer, None)
    if writer is None or not writer.whole:
        family = family_of(model.network)
        writer = Tail(model.network, write_layer, family) if family else Oracle(model.network, write_layer)
    known[write_layer] = writer
    for oldest in list(known)[:-KEPT]:
        known.pop(oldest, None)
    return writer
