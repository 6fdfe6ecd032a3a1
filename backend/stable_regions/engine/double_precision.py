"""Double precision all the way through a network.

Many families take a norm, a router's softmax or a rotary angle in single precision whatever the network's dtype is: a
safeguard for half precision that throws away half of a double. Under `kept` such a conversion of doubles leaves them
as they are, so that a deep zoom sees steps of 1e-13 and not of 1e-7. What does not depend on the stream stays the
family's own: rotary tables are single-precision constants, the same for every point.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

SINGLE = torch.float32
_CONVERSIONS = frozenset({Tensor.to, Tensor.type})
_SOFTMAXES = frozenset({torch.softmax, Tensor.softmax, torch.nn.functional.softmax})


class _Kept(TorchFunctionMode):
    """Turns conversions of doubles to singles into nothing."""

    def __torch_function__(
        self,
        func: Callable[..., object],
        types: Iterable[type],
        args: tuple[object, ...] = (),
        kwargs: Mapping[str, object] | None = None,
    ) -> object:
        named = dict(kwargs or {})
        first = args[0] if args else None
        if isinstance(first, Tensor) and first.dtype == torch.float64:
            if func is Tensor.float:
                return first
            if func in _CONVERSIONS:
                args = tuple(torch.float64 if one is SINGLE else one for one in args)
                named = {name: torch.float64 if one is SINGLE else one for name, one in named.items()}
            elif func in _SOFTMAXES and named.get("dtype") is SINGLE:
                named["dtype"] = torch.float64
        return func(*args, **named)


def kept(dtype: torch.dtype) -> AbstractContextManager[object]:
    """The mode where a network of doubles runs; nothing for any other dtype."""
    return _Kept() if dtype == torch.float64 else nullcontext()
