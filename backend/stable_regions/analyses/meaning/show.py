"""A comparison of meaning shown: how far outputs go, a row a pair."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.series import listed, numbers
from stable_regions.pictures.show import Absent, Columns, Show
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    pass


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """How far the output goes along the paths of similar and of dissimilar pairs."""
    recipe, model = result.recipe, result.recipe["model"]
    assert isinstance(model, dict)
    alpha = numbers(result["alpha"])
    names = ("same meaning", "different meaning")
    lines = [
        Line(name, alpha, numbers(median), numbers(low), numbers(high), kind="band", look=place)
        for place, (name, (low, median, high)) in enumerate(zip(names, result["curves"], strict=True))
    ]
    return Chart(
        title=f"{model['name']} {model['revision']}, layer {recipe['write_layer']}: "
        f"d(1) tells meanings apart with AUC {float(result['auc'][0]):.3f}",
        x=Axis("α, share of the way from A to B", low=0, high=1),
        y=Axis(f"d(α), {recipe['distance']}: median and quartiles", low=0),
        lines=lines,
    )


def table(result: Result) -> Columns:
    """One row a pair, the similar ones first."""
    said = result.metadata["pairs"]
    assert isinstance(said, dict)
    kinds = ("same", "different")
    pairs = [(kind, pair) for kind in kinds for pair in listed(said[kind])]

    def both(name: str) -> list[object]:
        return [value for kind in kinds for value in result[f"{kind}_{name}"]]

    distance = result.recipe["distance"]
    return {
        "meaning": [kind for kind, _ in pairs],
        "prompt_a": [listed(pair)[0] for _, pair in pairs],
        "prompt_b": [listed(pair)[1] for _, pair in pairs],
        f"end_distance_{distance}": both("end_distance"),
        f"farthest_{distance}": both("farthest"),
        "sharpness": both("sharpness"),
        "one_token": both("one_token"),
        "anchor_distance_l2": both("anchor_distance"),
        "anchor_distance_cosine": both("anchor_cosine"),
    }


SHOW = Show(
    table=table,
    chart=chart,
    picture=Absent("It is no picture of a plane; take its chart, .svg."),
    film=Absent("It does not move; take its chart, .svg."),
)
