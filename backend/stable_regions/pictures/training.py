"""What becomes of regions over training, as plotly traces: how many, how alike within, how sharp between, and their areas."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from stable_regions.pictures.image import title
from stable_regions.pictures.names import name_text
from stable_regions.schemas.result import Result

MARKED = {"count": 1, "within": 2, "between": 3}
"""The row of the chart in which a mark stands."""


def timeline_lines(result: Result) -> go.Figure:
    """Four rows over one axis of checkpoints: count, spread, sharpness, and the share of the window of every track."""
    steps = result["step"].astype(int)
    rows = result.metadata["frames"]
    assert isinstance(rows, list)
    labels = [str(row["revision"]) for row in rows if isinstance(row, dict)]
    # Checkpoints stand evenly: training is watched from one to the next, and the first come close together.
    x = np.arange(len(labels))
    chart = make_subplots(rows=4, cols=1, shared_xaxes=True, vertical_spacing=0.04, row_heights=[1, 1, 1, 1.6])
    share = result["within"].astype(float) / result["overall"].astype(float)
    lines = (
        (1, "regions", result["count"].astype(float), "solid"),
        (2, "spread within", result["within"].astype(float), "solid"),
        (2, "share of overall", share, "dot"),
        (3, "borders", result["between"].astype(float), "solid"),
        (3, "A to B", result["sharpness"].astype(float), "dot"),
    )
    for row, name, values, dash in lines:
        trace = go.Scatter(x=x, y=values, name=name, mode="lines+markers", line={"dash": dash}, text=labels)
        chart.add_trace(trace, row=row, col=1)
    track, token = result["track"].astype(int), result["token"].astype(int)
    for number, area in enumerate(result["areas"].astype(float)):
        called = name_text(result, int(token[np.nonzero(track == number)[0][-1]]))
        band = go.Scatter(x=x, y=area, name=called, stackgroup="areas", line={"width": 0.5}, showlegend=False)
        chart.add_trace(band, row=4, col=1)
    marks = result.metadata["marks"]
    for name, row in MARKED.items():
        mark = marks.get(name) if isinstance(marks, dict) else None
        if isinstance(mark, dict):
            there = {"dash": "dash", "color": "#888"}
            # The stub of plotly knows the word "all" only.
            chart.add_vline(x=float(str(mark["frame"])), line=there, row=row, col=1)  # pyright: ignore[reportArgumentType]
    for row, name in enumerate(("regions", "spread", "sharpness", "share of window"), 1):
        chart.update_yaxes(title=name, rangemode="tozero", row=row, col=1)
    chart.update_xaxes(
        tickvals=x, ticktext=[str(s) if s >= 0 else n for s, n in zip(steps, labels, strict=True)], row=4, col=1
    )
    return chart.update_layout(height=760, width=760, title="regions over training", legend={"orientation": "h"})


def sharpness_line(result: Result) -> go.Figure:
    """Sharpness of the border along A→B at each checkpoint."""
    rows = result.metadata.get("frames")
    names = [str(row["revision"]) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    steps = result["step"].astype(float)
    logarithmic = bool(len(steps) and (steps >= 0).all())
    # Step 0 has no logarithm: the axis shows step + 1, and the tick texts say the step.
    x = steps + 1 if logarithmic else np.arange(len(steps))
    chart = go.Figure()
    chart.add_trace(
        go.Scatter(
            x=x,
            y=result["sharpness"],
            mode="lines+markers",
            text=names,
            hovertemplate="%{text}<br>sharpness %{y:.2f}<extra></extra>",
        )
    )
    chart.update_xaxes(
        title="step" if logarithmic else "checkpoint",
        type="log" if logarithmic else "linear",
        tickvals=x,
        ticktext=[f"{step:g}" for step in steps] if logarithmic else names,
    )
    chart.update_yaxes(title="sharpness along A→B (1: straight line)", rangemode="tozero")
    recipe = result.recipe.get("slice")
    chart.update_layout(title=title(recipe)[0] if isinstance(recipe, dict) else "")
    return chart
