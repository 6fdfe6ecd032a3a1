"""`stable-regions sheet`: the same slice at many layers and checkpoints, as one picture."""

from pathlib import Path
from typing import Annotated

import typer

from stable_regions.cli import asked
from stable_regions.pictures.look import Look, Normalisation


def sheet(
    prompt_a: asked.PromptA = None,
    prompt_b: asked.PromptB = None,
    prompt_c: asked.PromptC = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The suffix says what: .png .npz .safetensors .json")
    ] = Path("sheet.png"),
    preset: asked.PresetName = None,
    from_recipe: asked.RecipeFile = None,
    model: asked.Model = None,
    revisions: asked.Revisions = None,
    dtype: asked.DtypeName = None,
    layers: Annotated[str | None, typer.Option(help="Write layers, separated by commas; all if not given.")] = None,
    distance: asked.DistanceName = None,
    contexts: asked.ContextsName = None,
    resolution: asked.Points = 33,
    alpha: asked.Alpha = None,
    beta: asked.Beta = None,
    palette: asked.PaletteName = "paper",
    normalisation: Annotated[
        Normalisation, typer.Option(help="frame: each cell its own scale; sequence: one for the sheet; absolute.")
    ] = "frame",
    size: asked.Size = 720,
    caption: asked.Caption = True,
    offline: asked.Offline = False,
    yes: asked.Yes = False,
    url: asked.Url = None,
) -> None:
    """Compute a slice at every layer and checkpoint and write the contact sheet."""
    from stable_regions.analyses.sweep.schema import SweepRequest
    from stable_regions.cli.asking import answered, chosen, writable
    from stable_regions.models.catalogue import Catalogue
    from stable_regions.pictures.sheet import sheet as drawn
    from stable_regions.schemas.result import Json

    settings = chosen(offline)
    writable(output, ("png", "npz", "safetensors", "json"))
    look = Look(size=size, palette=palette, normalisation=normalisation, caption=caption)
    catalogue = Catalogue(settings)
    changes: dict[str, Json] = {
        "name": model,
        "dtype": dtype,
        "distance": distance,
        "contexts": contexts,
        "resolution": resolution,
        "alpha": list(alpha) if alpha else None,
        "beta": list(beta) if beta else None,
    }
    shown = asked.view(catalogue, (prompt_a, prompt_b, prompt_c), preset, from_recipe, changes)
    card = catalogue.card(shown.model.name)
    columns = asked.checkpoints(card, revisions)
    rows = asked.layers(layers) or list(range(card.layers))
    place = {"model": shown.model.model_copy(update={"revision": columns[-1]}), "write_layer": rows[0]}
    request = SweepRequest(request=shown.model_copy(update=place), revisions=tuple(columns), write_layers=tuple(rows))
    answer = answered(request, url, settings, yes)
    if output.suffix.lower() == ".png":
        output.write_bytes(drawn(answer, answer.frames, look))
        typer.echo(output)
    else:
        typer.echo(answer.save(output))
