"""Likeliest next tokens as plotly bars, a colour for each context."""

import plotly.graph_objects as go

from stable_regions.pictures.look import Palette
from stable_regions.pictures.names import shown
from stable_regions.pictures.text import LETTERS, anchor_colour
from stable_regions.schemas.result import Result


def token_bars(result: Result, palette: Palette) -> go.Figure:
    """Bars of the likeliest next tokens in each context."""
    chart = go.Figure()
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
