"""How a path between two activations is sampled, and what that costs; known before anything is computed."""

RISES, FINEST = 3, 400
"""How many of the steepest rises between even samples are looked at again, and in how many steps the whole path would be then.

Finer steps would measure the rounding of single precision where the ends of a path are close to each other.
"""

CONTROLS = {
    "last_block": "the same path written after the last block, where only the final norm and the head are above",
    "final_line": "a straight line between the path's two final residuals, through the same head",
    "random": "the path between two random activations as long as A and B, in A's context",
}
"""What the sharpness of a path is compared with (`engine.controls`)."""

CALLED = {"last_block": "last block", "final_line": "line of outputs", "random": "random ends"}
"""The controls, in a legend's few words."""

CONTROLLED = 200
"""Pairs of a study, its first, of which the controls are measured, too."""


def pieces(steps: int) -> int:
    """In how many pieces a rise between even samples is looked at again."""
    return max(1, round(FINEST / (steps - 1)))


def samples(steps: int) -> int:
    """Points of one path: the even ones, and those around the steepest rises."""
    return steps + min(RISES, steps - 1) * (pieces(steps) - 1)


def points_written(pairs: int, steps: int) -> int:
    """Points that the first so many pairs of a study write into the blocks: their own, and those of random paths.

    The controls above the last block cost no block and are not counted.
    """
    return (pairs + min(pairs, CONTROLLED)) * samples(steps)
