"""Random networks and states, in double precision."""

import torch
from torch import Tensor


def chance(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def couplings(sites: int = 5, d: int = 4, seed: int = 0, symmetric: bool = False) -> Tensor:
    made = torch.randn(sites, sites, d, d, generator=chance(seed), dtype=torch.float64)
    if symmetric:
        made = (made + made.permute(1, 0, 3, 2)) / 2
    made[torch.arange(sites), torch.arange(sites)] = 0
    return made


def states(count: int = 3, sites: int = 5, d: int = 4, seed: int = 1) -> Tensor:
    return torch.randn(count, sites, d, generator=chance(seed), dtype=torch.float64)
