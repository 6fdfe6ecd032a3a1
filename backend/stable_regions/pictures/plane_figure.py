"""The plane as a plotly figure: a slice's map, and the anchors on it."""

import base64
import io

import numpy as np
import plotly.graph_objects as go
from PIL import Image

from stable_regions.pictures.colour import paint
from stable_regions.pictures.image import title
from stable_regions.pictures.look import Look, Palette
from stable_regions.pictures.names import name_grid, name_text
from stable_regions.pictures.text import LETTERS, anchor_colour
from stable_regions.schemas.result import Json, Result

HOVER_POINTS = 129
"""Most points per side that answer the pointer; finer slices answer at every second or fourth point."""


def slice_figure(result: Result, look: Look) -> go.Figure:
    """The map of a slice.

    The pixels travel as one small PNG inside the figure, since an image trace given as an array takes seconds at 512². A
    transparent heatmap over it answers the pointer.
    """
    alpha, beta = result["alpha"].astype(float), result["beta"].astype(float)
    da, db = alpha[1] - alpha[0], beta[1] - beta[0]
    file = io.BytesIO()
    # Plotly lays an image's first row at the low end of an upward axis, whatever the sign of dy.
    Image.fromarray(paint(result, look.palette, look.normalisation, look.sequence)[::-1], "RGB").save(file, "PNG")
    source = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
    chart = go.Figure()
    chart.add_trace(go.Image(source=source, x0=alpha[0], dx=da, y0=beta[0], dy=db, hoverinfo="skip"))
    every = max(1, (len(alpha) - 1) // (HOVER_POINTS - 1))
    names = name_grid(result)[::every, ::every]
    texts = {int(token): name_text(result, int(token)) for token in np.unique(names)}
    chart.add_trace(
        go.Heatmap(
            x=alpha[::every],
            y=beta[::every],
            z=names,
            text=[[texts[int(token)] for token in row] for row in names],
            customdata=np.moveaxis(result["distance"][:, ::every, ::every], 0, -1),
            opacity=0,
            showscale=False,
            hovertemplate="α %{x:.3f} β %{y:.3f}<br><b>%{text}</b><br>A %{customdata[0]:.4g} · B %{customdata[1]:.4g} · "
            "C %{customdata[2]:.4g}<extra></extra>",
        )
    )
    what, revision = title(result.recipe)
    chart.update_xaxes(title="α", range=[alpha[0] - da / 2, alpha[-1] + da / 2], showgrid=False, zeroline=False)
    chart.update_yaxes(
        title="β", range=[beta[0] - db / 2, beta[-1] + db / 2], showgrid=False, zeroline=False, scaleanchor=None
    )
    chart.update_layout(
        title=f"{what} · {revision}", width=640, height=660, margin={"l": 60, "r": 20, "t": 60, "b": 50}
    )
    return chart


def with_anchors(chart: go.Figure, result: Result, palette: Palette) -> go.Figure:
    """The chart with A, B and C (or C's projection) on it."""
    anchors = result["anchors"].astype(float)
    return chart.add_trace(
        go.Scatter(
            x=anchors[:, 0],
            y=anchors[:, 1],
            mode="markers+text",
            text=[f"<b>{letter}</b>" for letter in LETTERS],
            textfont={"color": "white", "size": 13},
            marker={
                "size": 24,
                "color": [f"rgb{anchor_colour(k, palette)}" for k in range(3)],
                "line": {"color": "white", "width": 2},
            },
            hovertext=[f"{letter}: {prompt}" for letter, prompt in zip(LETTERS, _prompts(result), strict=True)],
            hoverinfo="text",
            showlegend=False,
        )
    )


def _prompts(result: Result) -> list[Json]:
    prompts = result.recipe.get("prompts")
    return prompts if isinstance(prompts, list) else ["", "", ""]
