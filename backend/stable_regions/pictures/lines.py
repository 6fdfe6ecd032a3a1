"""A chart as a plotly figure."""

from typing import Any

import plotly.graph_objects as go

from stable_regions.pictures.chart import DASHES, SYMBOLS, Chart, Line, scale


def plotted(chart: Chart) -> go.Figure:
    """The chart's lines as traces, bars as error bars. A logarithmic axis shows places, with 0 at one of its own."""
    figure = go.Figure()
    place = scale(chart.x, [value for line in chart.lines for value in line.x])
    for line in chart.lines:
        x = [place(value) for value in line.x] if chart.x.logarithmic else list(line.x)
        for trace in _traces(line, x):
            figure.add_trace(trace)
    axis: dict[str, Any] = {"title": chart.x.title}
    if chart.x.logarithmic:
        axis |= {"tickvals": [place(at) for at, _ in place.ticks], "ticktext": [text for _, text in place.ticks]}
    figure.update_layout(
        title=chart.title,
        xaxis=axis,
        yaxis={"title": chart.y.title, **({"rangemode": "tozero"} if chart.y.low == 0 else {})},
        barmode="overlay",
    )
    return figure


def _traces(line: Line, x: list[float]) -> list[go.Scatter | go.Bar]:
    y = list(line.y)
    if line.kind == "bars":
        return [go.Bar(x=x, y=y, name=line.name, marker_color=line.colour, opacity=0.75)]
    style: dict[str, Any] = {"color": line.colour, "dash": DASHES[line.dash % len(DASHES)]}
    if line.quiet:
        style["width"] = 1
    if line.kind == "band":
        edges = {"mode": "lines", "line": {"width": 0, "color": line.colour}, "showlegend": False, "hoverinfo": "skip"}
        return [
            go.Scatter(x=x, y=list(line.high), **edges),
            go.Scatter(x=x, y=list(line.low), fill="tonexty", opacity=0.2, **edges),
            go.Scatter(x=x, y=y, name=line.name, line=style),
        ]
    if line.kind == "line":
        return [go.Scatter(x=x, y=y, name=line.name, mode="lines", line=style)]
    bars = (
        {
            "type": "data",
            "symmetric": False,
            "array": [high - at for high, at in zip(line.high, y, strict=True)],
            "arrayminus": [at - low for low, at in zip(line.low, y, strict=True)],
        }
        if line.high
        else None
    )
    marker = {"symbol": SYMBOLS[line.look % len(SYMBOLS)], "size": 7}
    hover = "%{customdata}: %{y:.2f}<extra>%{fullData.name}</extra>"
    return [
        go.Scatter(
            x=x, y=y, error_y=bars, name=line.name, mode="lines+markers", line=style, marker=marker,
            customdata=list(line.x), hovertemplate=hover,
        )
    ]  # fmt: skip
