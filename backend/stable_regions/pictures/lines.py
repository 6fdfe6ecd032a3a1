"""Curves and studies as plotly traces: one line for a path, one line with quartile bars for each model and layer."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.colors import sample_colorscale

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


def sweep_lines(result: Result, cells: Sequence[Result]) -> go.Figure:
    """The curves of a sweep's cells, from first to last; of slices, and without cells, sharpness over checkpoints."""
    if not cells or any("curve" not in cell.arrays or "distance" in cell.arrays for cell in cells):
        return _sharpness_over_checkpoints(result)
    shades = sample_colorscale("Viridis", [n / max(1, len(cells) - 1) for n in range(len(cells))])
    chart = go.Figure()
    for cell, shade in zip(cells, shades, strict=True):
        x, y = (cell[name].astype(float) for name in ("alpha", "curve"))
        chart.add_trace(go.Scatter(x=x, y=y, name=_cell_name(cell), line_color=shade, mode="lines"))
    chart.update_layout(xaxis_title="share of the way", yaxis_title="d / d(1)")
    return chart


def _cell_name(cell: Result) -> str:
    model = cell.recipe["model"]
    revision = model["revision"] if isinstance(model, dict) else ""
    return f"{revision}, layer {cell.recipe['write_layer']}"


def _sharpness_over_checkpoints(result: Result) -> go.Figure:
    chart = go.Figure()
    for layer in np.unique(result["write_layer"]):
        rows = result["write_layer"] == layer
        # A logarithmic axis has no place for 0: the untrained model stands at 1.
        x, y = np.maximum(result["step"][rows], 1), result["sharpness"][rows].astype(float)
        chart.add_trace(go.Scatter(x=x, y=y, name=f"layer {layer}"))
    chart.update_layout(xaxis={"type": "log", "title": "step"}, yaxis_title="sharpness")
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
