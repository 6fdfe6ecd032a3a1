"""What a plane is opened with: the fields of a request that say which one."""

from typing import Protocol, runtime_checkable

from stable_regions.schemas.plane import Contexts, Distance, Tilt


@runtime_checkable
class AskedPlane(Protocol):
    """What a request says of a plane."""

    @property
    def prompts(self) -> tuple[str, str, str]: ...
    @property
    def write_layer(self) -> int: ...
    @property
    def prepend_bos(self) -> bool | None: ...
    @property
    def tilt(self) -> Tilt | None: ...


@runtime_checkable
class Asked(AskedPlane, Protocol):
    """What a request says of a slice plane."""

    @property
    def distance(self) -> Distance: ...
    @property
    def contexts(self) -> Contexts: ...
