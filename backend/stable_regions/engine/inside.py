"""What happens inside the blocks above the write layer, along a path: which units change sign, and who compresses.

*Flips.* A unit of an MLP is on one side or the other of its nonlinearity (ReLU, GELU, SiLU, a gate): the sign of what
goes in. Points with the same signs at every unit lie in one polytope. One region is crossed against many sign changes.

*Compression.* g(α) = ‖d out/dα‖ along the path, through everything; g_F(α) the same with the outputs of a set F of
components (the MLP or the attention of a block) held constant at their values at that point. compression = 1 − g / g_F:
positive where F flattens, as inside a basin; negative where F amplifies, as at a border. Derivatives are forward-mode
products, exact to rounding, one pass for all points of a path since no point sees another.

Source: Janiak et al. 2024 (arXiv 2409.17113), sections on polytopes and discussion (frozen components).
"""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Literal

import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn
from torch.autograd import forward_ad

from stable_regions.engine.tail import Tail
from stable_regions.engine.writer import Clean, Writer
from stable_regions.errors import UnsupportedModel

Kind = Literal["attention", "mlp"]

KINDS: dict[Kind, frozenset[str]] = {
    "attention": frozenset({"self_attn", "attn", "attention"}),
    "mlp": frozenset({"mlp", "feed_forward", "block_sparse_moe"}),
}
"""The components of a block, by the names that families give their modules."""

NONLINEARITIES = frozenset({"act", "act_fn", "activation", "activation_fn"})
"""Names of an MLP's nonlinearity."""


class Inside:
    """The blocks above the write layer, looked into.

    Args:
        writer: on the fast path; hooks stand in its own modules for the time of a call.

    Raises:
        UnsupportedModel: the model goes through the slow path.
    """

    def __init__(self, writer: Writer) -> None:
        if not isinstance(writer, Tail):
            raise UnsupportedModel(
                "This architecture goes through the slow exact path, into which the analysis cannot look.",
                "Ask without flips, compression, gradient and polytopes, or choose an architecture of the fast path.",
            )
        self._tail = writer
        self.blocks: Sequence[int] = sorted(writer.above)

    def component(self, block: int, kind: Kind) -> nn.Module:
        """A block's attention or MLP."""
        return self._one(block, kind, self._tail.above[block].named_children(), KINDS[kind])

    def signs(self, clean: Clean, points: Float[Tensor, "n d_model"]) -> Mapping[int, Bool[Tensor, "n units"]]:
        """Of each block, which units' nonlinearities are given something positive."""
        seen: dict[int, Tensor] = {}
        with torch.inference_mode(), ExitStack() as stack:
            for block in self.blocks:
                unit = self._one(block, "nonlinearity", self._tail.above[block].named_modules(), NONLINEARITIES)

                def keep(_module: nn.Module, args: tuple[Tensor, ...], block: int = block) -> None:
                    seen[block] = args[0].reshape(-1, args[0].shape[-1]) > 0

                stack.enter_context(unit.register_forward_pre_hook(keep))
            self._tail.final(clean, points)
        if any(len(signs) != len(points) for signs in seen.values()) or len(seen) != len(self.blocks):
            raise UnsupportedModel(
                "This architecture does not send every token through every unit (a mixture of experts), so there are no "
                "sign patterns to compare.",
                "Ask without flips and polytopes.",
            )
        return seen

    def slopes(
        self,
        clean: Clean,
        points: Float[Tensor, "n d_model"],
        tangents: Float[Tensor, "n d_model"],
        output: Callable[[Tensor, Tensor | None], Tensor],
        by_logits: bool,
        frozen: Sequence[nn.Module] = (),
    ) -> Float[Tensor, " n"]:
        """‖d out/dα‖ at each point: the lengths of `pushed`."""
        return torch.linalg.vector_norm(self.pushed(clean, points, tangents, output, by_logits, frozen), dim=-1)

    def pushed(
        self,
        clean: Clean,
        points: Float[Tensor, "n d_model"],
        tangents: Float[Tensor, "n d_model"],
        output: Callable[[Tensor, Tensor | None], Tensor],
        by_logits: bool,
        frozen: Sequence[nn.Module] = (),
    ) -> Float[Tensor, "n size"]:
        """D out/dα at each point.

        Args:
            clean: the context.
            points: P(α).
            tangents: dP/dα.
            output: out, from final residuals and, where `by_logits`, their logits.
            by_logits: whether the output needs logits.
            frozen: components whose outputs are held constant.

        Raises:
            UnsupportedModel: an operation of this architecture has no forward-mode derivative.
        """

        def run(written: Tensor) -> Tensor:
            final = self._tail.final(clean, written)
            return output(final, self._tail.head(final) if by_logits else None)

        return pushed(run, points, tangents, frozen)

    def _one(self, block: int, what: str, among: Iterable[tuple[str, nn.Module]], names: frozenset[str]) -> nn.Module:
        found = [module for path, module in among if path.rpartition(".")[2] in names]
        if len(found) != 1:
            raise UnsupportedModel(
                f"Block {block} has {len(found)} modules that could be its {what}; exactly one is expected.",
                "Ask without flips, compression and polytopes.",
            )
        return found[0]


def slopes(
    run: Callable[[Tensor], Tensor],
    points: Float[Tensor, "n d_in"],
    tangents: Float[Tensor, "n d_in"],
    frozen: Sequence[nn.Module] = (),
) -> Float[Tensor, " n"]:
    """‖J(x) v‖: the lengths of `pushed`."""
    return torch.linalg.vector_norm(pushed(run, points, tangents, frozen), dim=-1)


def pushed(
    run: Callable[[Tensor], Tensor],
    points: Float[Tensor, "n d_in"],
    tangents: Float[Tensor, "n d_in"],
    frozen: Sequence[nn.Module] = (),
) -> Float[Tensor, "n size"]:
    """J(x) v for each row x of the points and v of the tangents, with the outputs of some modules held constant.

    Raises:
        UnsupportedModel: an operation has no forward-mode derivative.
    """
    try:
        with torch.no_grad(), forward_ad.dual_level(), held_constant(frozen):
            out = run(forward_ad.make_dual(points.clone(), tangents.clone()))
            tangent = forward_ad.unpack_dual(out).tangent
            # Nothing of the point reaches the output where everything on its way is held constant.
            rows = out.new_zeros(out.shape) if tangent is None else tangent
            return rows.clone()
    except (NotImplementedError, RuntimeError) as reason:
        if "forward" not in str(reason):
            raise
        raise UnsupportedModel(
            f"An operation of this architecture has no forward-mode derivative: {str(reason).splitlines()[0]}",
            "Ask without compression and gradient.",
        ) from reason


@contextmanager
def held_constant(modules: Sequence[nn.Module]) -> Generator[None]:
    """While it lasts, the modules' outputs keep their values and lose their derivatives."""
    with ExitStack() as stack:
        for module in modules:
            stack.enter_context(module.register_forward_hook(_without_tangent))
        yield


def _without_tangent(_module: nn.Module, _args: object, output: Tensor | tuple[object, ...]) -> object:
    if isinstance(output, Tensor):
        return forward_ad.unpack_dual(output).primal
    return tuple(forward_ad.unpack_dual(part).primal if isinstance(part, Tensor) else part for part in output)
