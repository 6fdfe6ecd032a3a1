"""Regions, veils and projections as plotly traces on the plane."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from stable_regions.maths.regions import borders
from stable_regions.pictures.names import name_text
from stable_regions.pictures.series import listed
from stable_regions.pictures.simplex import belief_colours
from stable_regions.schemas.result import Result

SHOWN = 1.0
"""Real activations are drawn that are no farther from the plane than real ones are from each other."""

CLASSES = ((2.0, 1.2, "up to 2: hardly sharper than even"), (4.0, 2.4, "2 to 4"), (np.inf, 4.0, "above 4: sharp"))
"""Borders by sharpness: up to which, how wide they are drawn, and how that is said."""


def with_regions(chart: go.Figure, result: Result) -> go.Figure:
    """A slice's figure with its regions: borders as wide as they are sharp, and what is said of each at its centre."""
    found = borders(result["label"].astype(np.int32))
    sharpness = result["border_sharpness"].astype(float)
    low = -np.inf
    for high, width, words in CLASSES:
        chosen = np.nonzero((sharpness > low) & (sharpness <= high) | (np.isnan(sharpness) & (low < 0)))[0]
        x, y = _walls(result, np.isin(found.right, chosen), np.isin(found.up, chosen))
        line = {"color": "white", "width": width}
        chart.add_trace(go.Scatter(x=x, y=y, mode="lines", line=line, name=words, hoverinfo="skip"))
        low = high
    counted = slice(None, int(result["count"][0]))
    rows = zip(*(result[name][counted].tolist() for name in ("token", "area", "spread")), strict=True)
    texts = [
        f"<b>{name_text(result, token)}</b><br>{area:.1%} of the window<br>spread {spread:.3g}"
        for token, area, spread in rows
    ]
    centre = result["centre"][counted].astype(float)
    marker = {"size": 7, "color": "white", "line": {"color": "black", "width": 1}}
    chart.add_trace(
        go.Scatter(
            x=centre[:, 0], y=centre[:, 1], mode="markers", marker=marker, text=texts, hoverinfo="text", name="regions"
        )
    )
    within, between = (float(result[name][0]) for name in ("within", "between"))
    said = f"{int(result['count'][0])} regions · spread within {within:.3g} · borders {between:.2f}"
    return chart.update_layout(
        title={"subtitle": {"text": said}},
        legend={"orientation": "h", "title": "sharpness", "bgcolor": "#555", "font": {"color": "white"}},
    )


def belief_map(result: Result) -> go.Figure:
    """The plane in the colours of what is read off every point."""
    belief = np.asarray(result["belief"], dtype=np.float64)
    alpha, beta = result["alpha"].astype(float), result["beta"].astype(float)
    words = [str(word) for word in listed(result.metadata["words"])]
    named = [[[words[n]] for n in row] for row in result["word"].astype(int).tolist()]
    image = go.Image(
        z=belief_colours(belief.reshape(-1, belief.shape[2])).reshape(*belief.shape[:2], 3),
        x0=alpha[0],
        dx=float(alpha[1] - alpha[0]),
        y0=beta[0],
        dy=float(beta[1] - beta[0]),
        customdata=named,
        hovertemplate="α %{x:.3f} β %{y:.3f}<br>as after %{customdata[0]}<extra></extra>",
    )
    return go.Figure(image)


def veil_map(result: Result) -> go.Figure:
    """How far the plane is from real activations, and those near it."""
    alpha, beta = result["alpha"].astype(float), result["beta"].astype(float)
    shade = go.Heatmap(
        x=alpha,
        y=beta,
        z=result["nearest"].astype(float),
        zmin=0,
        colorscale="Greys",
        colorbar={"title": "1: as far as<br>real ones are<br>from each other"},
        hovertemplate="α %{x:.3f} β %{y:.3f}<br>%{z:.2f} from the nearest real activation<extra></extra>",
    )
    near = result["bank_off"].astype(float) <= SHOWN
    plane = result["bank_plane"][near].astype(float)
    off = result["bank_off"][near].astype(float)
    texts = [f"{name_text(result, int(t))}, {o:.2f} off" for t, o in zip(result["bank_token"][near], off, strict=True)]
    marker = {"size": 6, "color": "#d1495b", "opacity": 1 - 0.7 * off / SHOWN}
    dots = go.Scatter(x=plane[:, 0], y=plane[:, 1], mode="markers", marker=marker, text=texts, hoverinfo="text")
    chart = go.Figure([shade, dots])
    chart.update_xaxes(title="α", range=[alpha[0], alpha[-1]])
    chart.update_yaxes(title="β", range=[beta[0], beta[-1]])
    return chart.update_layout(title="distance from real activations", width=680, height=660, showlegend=False)


def projection_map(result: Result) -> go.Figure:
    """The extra prompts at their projections, with a ring as large as they are off the plane (in units of ‖B − A‖)."""
    place, off = result["coordinates"].astype(float), result["off_plane_share"].astype(float)
    prompts = result.recipe["extra"]
    assert isinstance(prompts, list)
    own, told = (result["token"][:, 0].tolist(), result["name"].tolist())
    texts = [
        f"{prompt}<br>says {name_text(result, says)}, the map {name_text(result, maps)}<br>{share:.2f} ‖B − A‖ off the plane"
        for prompt, says, maps, share in zip(prompts, own, told, off, strict=True)
    ]
    chart = go.Figure()
    for (x, y), share in zip(place, off, strict=True):
        chart.add_shape(
            type="circle", x0=x - share, x1=x + share, y0=y - share, y1=y + share, line={"color": "#888", "dash": "dot"}
        )
    symbols = ["circle" if says == maps else "x" for says, maps in zip(own, told, strict=True)]
    marker = {"size": 12, "symbol": symbols, "color": "#333"}
    chart.add_trace(
        go.Scatter(
            x=place[:, 0], y=place[:, 1], mode="markers", marker=marker, text=texts, hoverinfo="text", showlegend=False
        )
    )
    chart.update_xaxes(title="α")
    chart.update_yaxes(title="β")
    return chart.update_layout(title="● the map says what the prompt says, ✕ it does not", width=640, height=660)


def _walls(
    result: Result, right: NDArray[np.bool_], up: NDArray[np.bool_]
) -> tuple[list[float | None], list[float | None]]:
    """The walls between points where an edge crosses, as one broken line."""
    alpha, beta = result["alpha"].astype(float), result["beta"].astype(float)
    half = (alpha[1] - alpha[0]) / 2, (beta[1] - beta[0]) / 2
    x: list[float | None] = []
    y: list[float | None] = []
    for row, column in np.argwhere(right):
        x += [alpha[column] + half[0]] * 2 + [None]
        y += [beta[row] - half[1], beta[row] + half[1], None]
    for row, column in np.argwhere(up):
        x += [alpha[column] - half[0], alpha[column] + half[0], None]
        y += [beta[row] + half[1]] * 2 + [None]
    return x, y
