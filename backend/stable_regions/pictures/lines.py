"""Curves and studies as plotly traces: one line for a path, one line with quartile bars for each model and layer."""

import numpy as np
import plotly.graph_objects as go

from stable_regions.schemas.result import Result


def curve_lines(result: Result) -> go.Figure:
    """The curve of a pair of prompts or of a line, over the share of the way."""
    chart = go.Figure(go.Scatter(x=result["alpha"].astype(float), y=result["curve"].astype(float), name="d(α) / d(1)"))
    sharp, wide = (float(result[name][0]) for name in ("sharpness", "width"))
    chart.update_layout(
        title=f"sharpness {sharp:.2f}, width {wide:.2f}" if np.isfinite(sharp) else str(result.metadata["undefined"]),
        xaxis_title="share of the way" if result.recipe["analysis"] == "line" else "α",
        yaxis_title=f"{result.recipe['distance']}, d(α) / d(1)",
    )
    return chart


def study_lines(result: Result) -> go.Figure:
    """Median sharpness with its quartiles, over training tokens where they are known, else over steps."""
    known = int(result["tokens"].astype(int).min()) >= 0
    over = result["tokens" if known else "step"]
    models = result.metadata["models"]
    assert isinstance(models, list)
    chart = go.Figure()
    for model, layer in sorted({(int(m), int(n)) for m, n in zip(result["model"], result["write_layer"], strict=True)}):
        rows = (result["model"] == model) & (result["write_layer"] == layer)
        median, lower, upper = (result[name][rows].astype(float) for name in ("median", "lower", "upper"))
        bars = {"type": "data", "symmetric": False, "array": upper - median, "arrayminus": median - lower}
        # A logarithmic axis has no place for 0: the untrained model stands at 1.
        x = np.maximum(over[rows], 1)
        chart.add_trace(go.Scatter(x=x, y=median, error_y=bars, name=f"{models[model]}, layer {layer}"))
    chart.update_layout(
        xaxis={"type": "log", "title": "training tokens" if known else "step"},
        yaxis_title=f"sharpness under {result.recipe['distance']}: median and quartiles over pairs",
    )
    return chart


def cell_bars(result: Result) -> go.Figure:
    """How the sharpness of a cell's pairs is distributed."""
    values = result["sharpness"].astype(float)
    chart = go.Figure(go.Histogram(x=values[~np.isnan(values)]))
    chart.update_layout(xaxis_title=f"sharpness under {result.recipe['distance']}", yaxis_title="pairs")
    return chart
