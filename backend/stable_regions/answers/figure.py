"""Results as plotly.py figures: what `result.figure()` shows in a notebook.

The pixels travel as one small PNG inside the figure, since an image trace given as an array takes seconds at 512². A
transparent heatmap over it answers the pointer.
"""

import base64
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from PIL import Image

from stable_regions.pictures.charts import CHARTS, chart
from stable_regions.pictures.colour import paint
from stable_regions.pictures.image import title
from stable_regions.pictures.lines import plotted
from stable_regions.pictures.look import Normalisation, Palette, Triple
from stable_regions.pictures.maps import projection_map, veil_map, with_regions
from stable_regions.pictures.names import name_grid, name_text, shown
from stable_regions.pictures.text import LETTERS, anchor_colour
from stable_regions.pictures.training import timeline_lines
from stable_regions.schemas.result import Json, Result

QUIET_CONFIG = {"displaylogo": False, "showSendToCloud": False}
"""Plotly's page offers to upload charts unless it is told not to."""

HOVER_POINTS = 129
"""Most points per side that answer the pointer; finer slices answer at every second or fourth point."""

DRAWN = {"timeline": timeline_lines, "veil": veil_map, "projection": projection_map}
"""Results that draw themselves: lines over training, and what lies on the plane with no slice below."""

ON_PLANE = ("veil", "projection")


class QuietFigure(go.Figure):
    """A plotly figure that offers no upload, neither shown nor displayed by a notebook."""

    def show(self, *args: Any, **kwargs: Any) -> None:  # plotly's own open signature
        super().show(*args, **{**kwargs, "config": {**QUIET_CONFIG, **(kwargs.get("config") or {})}})

    def _ipython_display_(self) -> None:
        self.show()


def figure(
    result: Result,
    palette: Palette = "paper",
    normalisation: Normalisation = "frame",
    sequence: Triple | None = None,
    frames: Sequence[Result] = (),
) -> go.Figure:
    """A plotly figure of a result: a map, a point's likeliest tokens, lines over training, or one of `CHARTS`."""
    analysis = str(result.recipe.get("analysis"))
    if analysis == "animation":
        return _over_training(result)
    if analysis == "point":
        return _tokens(result, palette)
    if analysis in CHARTS:
        return QuietFigure(plotted(chart(result, frames)))
    if analysis in DRAWN:
        drawn = QuietFigure(DRAWN[analysis](result))
        return _with_anchors(drawn, result, palette) if analysis in ON_PLANE else drawn
    drawn = _slice(result, palette, normalisation, sequence)
    return _with_anchors(with_regions(drawn, result) if analysis == "regions" else drawn, result, palette)


def page(chart: go.Figure) -> str:
    """The figure as one HTML file that opens from a disk, plotly inside, without its upload button."""
    return chart.to_html(include_plotlyjs=True, config={**QUIET_CONFIG})


def _slice(result: Result, palette: Palette, normalisation: Normalisation, sequence: Triple | None) -> go.Figure:
    alpha, beta = result["alpha"].astype(float), result["beta"].astype(float)
    da, db = alpha[1] - alpha[0], beta[1] - beta[0]
    file = io.BytesIO()
    # Plotly lays an image's first row at the low end of an upward axis, whatever the sign of dy.
    Image.fromarray(paint(result, palette, normalisation, sequence)[::-1], "RGB").save(file, "PNG")
    source = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
    chart = QuietFigure()
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


def _with_anchors(chart: go.Figure, result: Result, palette: Palette) -> go.Figure:
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


def _tokens(result: Result, palette: Palette) -> go.Figure:
    """Bars of the likeliest next tokens in each context."""
    chart = QuietFigure()
    texts = result.metadata.get("tokens")
    known = texts if isinstance(texts, dict) else {}
    for k, letter in enumerate(LETTERS):
        said = [shown(str(known.get(str(token), f"#{token}"))) for token in result["token"][k]]
        colour = f"rgb{anchor_colour(k, palette)}"
        chart.add_trace(go.Bar(x=result["probability"][k], y=said, orientation="h", name=letter, marker_color=colour))
    chart.update_xaxes(title="probability", range=[0, 1])
    chart.update_yaxes(autorange="reversed")
    recipe = result.recipe
    chart.update_layout(title=f"next tokens at α {recipe.get('alpha')} β {recipe.get('beta')}", barmode="group")
    return chart


def _over_training(result: Result) -> go.Figure:
    """Sharpness of the border along A→B at each checkpoint."""
    rows = result.metadata.get("frames")
    names = [str(row["revision"]) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    steps = result["step"].astype(float)
    logarithmic = bool(len(steps) and (steps >= 0).all())
    # Step 0 has no logarithm: the axis shows step + 1, and the tick texts say the step.
    x = steps + 1 if logarithmic else np.arange(len(steps))
    chart = QuietFigure()
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


def _prompts(result: Result) -> list[Json]:
    prompts = result.recipe.get("prompts")
    return prompts if isinstance(prompts, list) else ["", "", ""]
