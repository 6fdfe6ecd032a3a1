"""Rows of studies, their cells and comparisons of meaning, tidy: what a table of each holds; units stand in the names."""

from collections.abc import Callable, Iterable, Mapping

from stable_regions.schemas.result import Json, Result

Columns = dict[str, Iterable[object]]


def study(result: Result) -> Columns:
    """One row a cell."""
    models = result.metadata["models"]
    assert isinstance(models, list)
    return {
        "model": [models[int(place)] for place in result["model"]],
        "revision": [model["revision"] for model in _models(result)],
        **{name: result[name] for name in ("parameters", "step", "tokens", "write_layer")},
        **{f"sharpness_{name}": result[name] for name in ("lower", "median", "upper")},
        "width_alpha_lower": result["width_lower"],
        "width_alpha_median": result["width"],
        "width_alpha_upper": result["width_upper"],
        **{name: result[name] for name in ("pairs", "left_out")},
    }


def study_cell(result: Result) -> Columns:
    """One row a pair."""
    prompts = result.metadata["prompts"]
    assert isinstance(prompts, list)
    return {
        "pair": range(len(prompts) - 1),
        "prompt_a": prompts[:-1],
        "prompt_b": prompts[1:],
        "sharpness": result["sharpness"],
        "width_alpha": result["width"],
        f"end_distance_{result.recipe['distance']}": result["end_distance"],
    }


def meaning(result: Result) -> Columns:
    """One row a pair, the similar ones first."""
    said = result.metadata["pairs"]
    assert isinstance(said, dict)
    kinds = ("same", "different")
    pairs = [(kind, pair) for kind in kinds for pair in _listed(said[kind])]

    def both(name: str) -> list[object]:
        return [value for kind in kinds for value in result[f"{kind}_{name}"]]

    distance = result.recipe["distance"]
    return {
        "meaning": [kind for kind, _ in pairs],
        "prompt_a": [_listed(pair)[0] for _, pair in pairs],
        "prompt_b": [_listed(pair)[1] for _, pair in pairs],
        f"end_distance_{distance}": both("end_distance"),
        f"farthest_{distance}": both("farthest"),
        "sharpness": both("sharpness"),
        "one_token": both("one_token"),
        "anchor_distance_l2": both("anchor_distance"),
        "anchor_distance_cosine": both("anchor_cosine"),
    }


def sweep(result: Result) -> Columns:
    """One row a cell."""
    scores = result.metadata.get("scores")
    areas = (
        {f"auc_{name}": column for name, column in zip(_listed(scores), result["auc"].T, strict=True)} if scores else {}
    )
    return {
        "model": [model["name"] for model in _models(result)],
        "revision": [model["revision"] for model in _models(result)],
        **{name: result[name] for name in ("step", "tokens", "write_layer", "sharpness")},
        **areas,
    }


COLUMNS: Mapping[str, Callable[[Result], Columns]] = {
    "study": study,
    "study_cell": study_cell,
    "meaning": meaning,
    "sweep": sweep,
}
"""By analysis."""


def _models(result: Result) -> list[dict[str, Json]]:
    """The checkpoint of each cell of a study or sweep."""
    found: list[dict[str, Json]] = []
    for cell in _listed(result.metadata["cells"]):
        assert isinstance(cell, dict)
        request = cell["request"]
        assert isinstance(request, dict)
        model = request["model"]
        assert isinstance(model, dict)
        found.append(model)
    return found


def _listed(value: Json) -> list[Json]:
    assert isinstance(value, list)
    return value
