"""Stable Regions Explorer: see the geometry of a language model's residual stream.

The public names are `Client`, `Result`, `Settings`, `compute`, and the request of every analysis (`SliceRequest` is that of
the folder `analyses/slice`). Each is imported when first used, so that `import stable_regions` costs no torch.

    from stable_regions import SliceRequest, compute
    result = compute(SliceRequest(model={"name": "facts-12l", "revision": "step1536"}, prompts=[...], write_layer=2))
    result.figure().show()

What type checkers read is `__init__.pyi`, which `make api` writes.
"""

from importlib import import_module

from stable_regions.version import __version__ as __version__

_HOMES = {
    "Client": "stable_regions.client",
    "Result": "stable_regions.schemas.result",
    "Settings": "stable_regions.settings",
    "compute": "stable_regions.client",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name == "__all__" or name.endswith("Request"):
        from stable_regions.analyses import REGISTRY

        requests = {one.request.__name__: one.request for one in REGISTRY.values()}
        if name == "__all__":
            return sorted([*_HOMES, *requests, "__version__"])
        if name in requests:
            return requests[name]
    raise AttributeError(f"module 'stable_regions' has no attribute {name!r}")
