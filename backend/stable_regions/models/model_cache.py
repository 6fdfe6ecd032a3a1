"""The loaded checkpoints: a few, within a memory budget, the least recently used leaving first.

While one checkpoint is computed with, the next one's files are read in another thread (`prefetch`), so that an
animation spends its time on arithmetic. A prefetch never pushes out the checkpoint in use: what does not fit beside
it waits.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from weakref import WeakSet

from stable_regions.errors import Refusal, TooCostly
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.loading import LoadedModel, device_of, load
from stable_regions.schemas.model import BYTES, ModelRef
from stable_regions.settings import GIB, Settings

ASIDES = 4096
"""Keys under which a few numbers are kept."""


class ModelCache:
    """Loads checkpoints and keeps the recent ones. One thread computes with it; a second reads ahead.

    Args:
        catalogue: knows the checkpoints.
        settings: give the device and the budget.
    """

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self.catalogue = catalogue
        self.settings = settings
        self.device = device_of(settings.device)
        self._models: OrderedDict[ModelRef, LoadedModel] = OrderedDict()
        self._coming: dict[ModelRef, Future[None]] = {}
        self._lent: WeakSet[LoadedModel] = WeakSet()
        self._asides: OrderedDict[str, tuple[float, ...]] = OrderedDict()
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="prefetch")
        self._lock = threading.Lock()

    def model(self, ref: ModelRef) -> LoadedModel:
        """The checkpoint, loaded now if it is not here. Raises as `load` does.

        Raises:
            TooCostly: it alone is larger than the budget.
        """
        weights = self.catalogue.weights(ref)
        with self._lock:
            coming = self._coming.get(ref)
        if coming is not None:
            coming.exception()  # wait; if it went wrong, loading again says why
        with self._lock:
            here = self._models.get(ref)
            if here is not None and here.weights == weights:
                self._models.move_to_end(ref)
                return here
            self._models.pop(ref, None)
            size = self._size(ref)
            budget = self.settings.model_bytes
            if size > budget:
                raise TooCostly(
                    f"{ref.name} takes {size / GIB:.1f} GiB in {ref.dtype}; this server keeps {budget / GIB:.1f} GiB.",
                    "Choose a smaller model, or raise STABLE_REGIONS_MODEL_BYTES.",
                )
            self._make_room(size)
        here = load(ref, self.catalogue, self.device, self._beside(ref))
        with self._lock:
            self._models[ref] = here
        return here

    def has(self, ref: ModelRef) -> bool:
        """Whether the checkpoint is loaded, with the weights that its name stands for now."""
        with self._lock:
            here = self._models.get(ref)
        return here is not None and here.weights == self.catalogue.weights(ref)

    def done(self, ref: ModelRef) -> None:
        """A checkpoint's work is done; where downloads are used once, what was loaded leaves the disk."""
        if self.catalogue.once:
            with suppress(Refusal):
                if self.has(ref):
                    self.catalogue.done(ref)

    def holds(self, refs: Sequence[ModelRef]) -> bool:
        """Whether these checkpoints are all on disk, and fit into memory together."""
        if self.catalogue.once or not all(map(self.catalogue.here, refs)):
            return False
        with suppress(Refusal):
            return sum(map(self._size, refs)) <= self.settings.model_bytes
        return False

    def prefetch(self, ref: ModelRef) -> None:
        """Begin to read a checkpoint that is needed next, if it fits beside the one used last. Never raises."""
        try:
            size = self._size(ref)
        except Refusal:
            return  # whoever asks for it is told
        with self._lock:
            in_use = next(reversed(self._models), None)
            beside = (self._models[in_use].bytes if in_use else 0) + self._out()
            if ref in self._models or ref in self._coming or size + beside > self.settings.model_bytes:
                return
            self._make_room(size, keep=in_use)
            self._coming[ref] = self._reader.submit(self._read, ref)

    def room_if(self, ref: ModelRef, model: LoadedModel, lean: int) -> bool:
        """Whether a checkpoint fits beside the model in use if that takes `lean` bytes only, and not otherwise."""
        try:
            left = self.settings.model_bytes - self._size(ref)
        except Refusal:
            return False
        return lean <= left < model.bytes

    def lend(self, ref: ModelRef, lean: LoadedModel) -> None:
        """Let go of a checkpoint whose user goes on with a part of it; the part counts while it is used."""
        with self._lock:
            self._models.pop(ref, None)
            self._lent.add(lean)

    def aside(self, key: str) -> tuple[float, ...] | None:
        """Numbers of an earlier computation that were kept under this key."""
        return self._asides.get(key)

    def keep_aside(self, key: str, numbers: tuple[float, ...]) -> None:
        """Keep a few numbers that another request will want again, until the process ends or many others came."""
        self._asides[key] = numbers
        self._asides.move_to_end(key)
        while len(self._asides) > ASIDES:
            self._asides.popitem(last=False)

    def resident(self) -> int:
        """Bytes of the loaded checkpoints."""
        with self._lock:
            return self._resident()

    def close(self) -> None:
        """Let go of all checkpoints and of the reading thread."""
        self._reader.shutdown(cancel_futures=True)
        with self._lock:
            self._models.clear()
            self._coming.clear()

    def _read(self, ref: ModelRef) -> None:
        """In the reading thread: put the checkpoint in the cache, behind the one in use."""
        try:
            read = load(ref, self.catalogue, self.device, self._beside(ref))
            with self._lock:
                in_use = next(reversed(self._models), None)
                self._models[ref] = read
                if in_use is not None:
                    self._models.move_to_end(in_use)
        finally:
            with self._lock:
                self._coming.pop(ref, None)

    def _beside(self, ref: ModelRef) -> LoadedModel | None:
        """Another checkpoint of the same model in the same dtype, if one is here."""
        with self._lock:
            held = [
                model for model in self._models.values() if (model.ref.name, model.ref.dtype) == (ref.name, ref.dtype)
            ]
        return held[-1] if held else None

    def _size(self, ref: ModelRef) -> int:
        return self.catalogue.card(ref.name).parameters * BYTES[ref.dtype]

    def _resident(self) -> int:
        return sum(model.bytes for model in self._models.values()) + self._out()

    def _out(self) -> int:
        """Bytes of the parts that are lent."""
        return sum(model.bytes for model in self._lent)

    def _make_room(self, size: int, keep: ModelRef | None = None) -> None:
        """Drop the least recently used until `size` more bytes fit."""
        for ref in list(self._models):
            if self._resident() + size <= self.settings.model_bytes:
                return
            if ref != keep:
                del self._models[ref]
