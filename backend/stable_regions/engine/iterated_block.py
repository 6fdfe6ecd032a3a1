"""One block of a model as a map of the stream into itself, iterated at a prompt's last position.

    f(s) = what the block adds to the stream s at that position        (`attention`: what its attention alone adds)
    T(s) = R · (s + η f(s)) / ‖s + η f(s)‖

Keys and values of the earlier positions stay those of the prompt's own run: a *frozen context*, which makes T a map of one
vector and the same at every step. R is the length of the prompt's own activation. The sphere is no ornament: a block reads
the stream through a norm, so it sees the direction of s alone, and an iteration that is not brought back drifts outwards at
an angular speed that falls like 1/t, neither converging nor diverging. Where the norm subtracts the mean (LayerNorm), the
all-ones direction, which it cannot see, is taken out first. A model does no such thing: it applies each block once.

At η = 1 one step of the prompt's own activation is the block's own output in direction.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from typing import cast

import torch
from jaxtyping import Float
from torch import Tensor, nn
from transformers import PreTrainedModel

from stable_regions.engine.attention import WRITTEN, Prefix
from stable_regions.engine.families import Family, family_of, part
from stable_regions.engine.inside import KINDS, pushed
from stable_regions.engine.shallow_copy import shallow_copy
from stable_regions.engine.stubs import HandBack, HandOn
from stable_regions.engine.tail import Tail, TailClean
from stable_regions.engine.writers import writer_for
from stable_regions.errors import UnsupportedModel
from stable_regions.models.loading import LoadedModel

TOGETHER = 2**23
"""Numbers of the stream in one pass."""


class IteratedBlock:
    """T of one block in one prompt's frozen context.

    Args:
        network: the checkpoint's.
        writer: writes before the block, on the fast path.
        block: which block is iterated; its input is the stream after the block before.
        ids: the prompt.
        step: η.
        attention_only: leave the MLP out.

    Attributes:
        anchor: the prompt's own activation at the block's input, as the block sees it.
        radius: R.

    Raises:
        UnsupportedModel: the block has no MLP of its own to leave out.
    """

    def __init__(
        self,
        network: PreTrainedModel,
        writer: Tail,
        block: int,
        ids: Sequence[int],
        step: float = 1.0,
        attention_only: bool = False,
    ) -> None:
        family = family_of(network)
        clean = writer.clean(ids)
        assert family is not None
        assert isinstance(clean, TailClean)
        self._prefix: Prefix = clean.prefixes[block]
        self._length, self._block, self._step = len(clean.ids), block, step
        self._core, self._module = _alone(network, family, block)
        embedding = cast("nn.Embedding", network.get_input_embeddings())
        self._nothing = embedding.weight.new_zeros(1, 1, embedding.embedding_dim)
        self._left_out = [self._mlp()] if attention_only else []
        self.centres = any(isinstance(one, nn.LayerNorm) for one in self._module.modules())
        self.anchor: Float[Tensor, " d_model"] = self._seen(clean.anchor[None])[0]
        self.radius = float(torch.linalg.vector_norm(self.anchor.double()))

    def on_sphere(self, states: Float[Tensor, "n d_model"]) -> Float[Tensor, "n d_model"]:
        """States as the block sees them, brought to length R."""
        seen = self._seen(states)
        return seen * (self.radius / torch.linalg.vector_norm(seen, dim=-1, keepdim=True))

    @torch.inference_mode()
    def step(self, states: Float[Tensor, "n d_model"]) -> Float[Tensor, "n d_model"]:
        """T of each row; no row sees another."""
        rows = max(1, TOGETHER // states.shape[1])
        return torch.cat([self._stepped(some) for some in states.split(rows)])

    def push(
        self, states: Float[Tensor, "n d_model"], tangents: Float[Tensor, "n d_model"]
    ) -> Float[Tensor, "n d_model"]:
        """Jacobian-vector products of T.

        Raises:
            UnsupportedModel: an operation of this architecture has no forward-mode derivative.
        """
        return pushed(self._stepped, states.clone(), tangents)

    @torch.inference_mode()
    def output(self, states: Float[Tensor, "n d_model"]) -> Float[Tensor, "n d_model"]:
        """The block's own output for each row: s + f(s)."""
        return states + self._added(states)

    def _stepped(self, states: Tensor) -> Tensor:
        return self.on_sphere(states + self._step * self._added(states))

    def _added(self, states: Tensor) -> Tensor:
        found: list[Tensor] = []

        def keep(_module: nn.Module, _args: object, output: Tensor | tuple[Tensor, ...]) -> None:
            found.append(output if isinstance(output, Tensor) else output[0])

        with ExitStack() as stack:
            for module in self._left_out:
                stack.enter_context(_silenced(module))
            stack.enter_context(module_hook(self._module, keep))
            self._core(
                inputs_embeds=self._nothing,
                position_ids=torch.tensor([[self._length - 1]], device=states.device),
                use_cache=False,
                points=states[None],
                prefixes={self._block: self._prefix},
            )
        return found[0].reshape(states.shape) - states

    def _seen(self, states: Tensor) -> Tensor:
        return states - states.mean(-1, keepdim=True) if self.centres else states

    def _mlp(self) -> nn.Module:
        found = [module for name, module in self._module.named_children() if name in KINDS["mlp"]]
        if len(found) != 1:
            raise UnsupportedModel(
                f"Block {self._block} has {len(found)} modules that could be its MLP; exactly one is expected.",
                "Iterate the whole block.",
            )
        return found[0]


def iterated_block(
    model: LoadedModel, block: int, ids: Sequence[int], step: float = 1.0, attention_only: bool = False
) -> IteratedBlock:
    """T of a block of a checkpoint.

    Raises:
        UnsupportedModel: the architecture is not on the fast path, or the block has no MLP of its own to leave out.
    """
    writer = writer_for(model, block - 1)
    if not isinstance(writer, Tail):
        raise UnsupportedModel(
            "This architecture goes through the slow exact path, in which no single block can be iterated.",
            "Choose a model of an architecture on the fast path.",
        )
    return IteratedBlock(model.network, writer, block, ids, step, attention_only)


def _alone(network: PreTrainedModel, family: Family, block: int) -> tuple[nn.Module, nn.Module]:
    """A base model of which only one block is left, and that block; parameters are shared with the network."""
    core = part(shallow_copy(network, WRITTEN), family.core)
    blocks = cast("nn.ModuleList", getattr(core, family.blocks))
    own = blocks[block]
    setattr(core, family.blocks, nn.ModuleList([*(HandOn() for _ in range(block - 1)), HandBack(), own]))
    return core, own


@contextmanager
def module_hook(module: nn.Module, keep: Callable[..., object]) -> Generator[None]:
    """A forward hook for the time of a call."""
    handle = module.register_forward_hook(keep)
    try:
        yield
    finally:
        handle.remove()


@contextmanager
def _silenced(module: nn.Module) -> Generator[None]:
    """While it lasts, the module adds nothing."""

    def nothing(_module: nn.Module, _args: object, output: object) -> object:
        if isinstance(output, Tensor):
            return torch.zeros_like(output)
        parts = cast("tuple[Tensor, ...]", output)
        return (torch.zeros_like(parts[0]), *parts[1:])

    with module_hook(module, nothing):
        yield
