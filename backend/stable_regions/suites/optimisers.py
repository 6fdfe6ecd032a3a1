"""What moves the weights: AdamW, or AdamW beside Muon, which moves the matrices of the blocks.

Muon takes a matrix's momentum to the nearest orthogonal one, so that every direction is learned at one rate; at this size
it reaches a loss with about half the tokens. Embeddings, norms and biases stay with AdamW.

Source: Jordan et al. 2024, *Muon: an optimizer for hidden layers in neural networks*; `torch.optim.Muon`, its rates scaled
as in Liu et al. 2025 (arXiv 2502.16982) so that they are of AdamW's size.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from stable_regions.suites.recipe import Recipe


class Optimisers:
    """One or two optimisers as one, and the rates that they were made with."""

    def __init__(self, every: Sequence[torch.optim.Optimizer]) -> None:
        self.every = tuple(every)
        self._rates = [[float(group["lr"]) for group in one.param_groups] for one in self.every]

    def slow(self, share: float) -> None:
        """Set every rate to this share of the one that it was made with."""
        for one, rates in zip(self.every, self._rates, strict=True):
            for group, whole in zip(one.param_groups, rates, strict=True):
                group["lr"] = whole * share

    def zero_grad(self) -> None:
        """Forget the gradients."""
        for one in self.every:
            one.zero_grad(set_to_none=True)

    def step(self) -> None:
        """Move the weights."""
        for one in self.every:
            one.step()

    def state(self) -> list[dict[str, object]]:
        """What a training that goes on later must know."""
        return [one.state_dict() for one in self.every]

    def load(self, states: Sequence[dict[str, object]]) -> None:
        """Put a state back."""
        for one, state in zip(self.every, states, strict=True):
            one.load_state_dict(state)


def optimisers(model: nn.Module, recipe: Recipe) -> Optimisers:
    """What a recipe moves its weights with. Matrices decay; biases and norms do not."""
    weights = [(name, weight) for name, weight in model.named_parameters() if weight.requires_grad]
    matrices = [weight for name, weight in weights if recipe.matrix_rate and weight.ndim == 2 and ".layers." in name]
    rest = [weight for _, weight in weights if not any(weight is matrix for matrix in matrices)]
    found: list[torch.optim.Optimizer] = [
        torch.optim.AdamW(
            _groups(rest, recipe.weight_decay),
            lr=recipe.learning_rate,
            betas=recipe.betas,
            weight_decay=recipe.weight_decay,
        )
    ]
    if matrices:
        found.append(
            torch.optim.Muon(
                matrices, lr=recipe.matrix_rate, weight_decay=recipe.weight_decay, adjust_lr_fn="match_rms_adamw"
            )
        )
    return Optimisers(found)


def _groups(weights: Sequence[Tensor], decay: float) -> list[dict[str, list[Tensor] | float]]:
    return [
        {"params": [p for p in weights if p.ndim >= 2], "weight_decay": decay},
        {"params": [p for p in weights if p.ndim < 2], "weight_decay": 0.0},
    ]
