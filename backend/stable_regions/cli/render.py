"""`stable-regions render`: a slice as a picture or as numbers."""

from pathlib import Path
from typing import Annotated

import typer

from stable_regions.cli import asked
from stable_regions.pictures.look import Look, Normalisation


def render(
    prompt_a: asked.PromptA = None,
    prompt_b: asked.PromptB = None,
    prompt_c: asked.PromptC = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The suffix says what: .png .npz .safetensors .csv .html .json")
    ] = Path("slice.png"),
    preset: asked.PresetName = None,
    from_recipe: asked.RecipeFile = None,
    model: asked.Model = None,
    revision: asked.Revision = None,
    dtype: asked.DtypeName = None,
    layer: asked.Layer = None,
    distance: asked.DistanceName = None,
    contexts: asked.ContextsName = None,
    resolution: asked.Points = None,
    alpha: asked.Alpha = None,
    beta: asked.Beta = None,
    tilt: asked.Tilt = None,
    palette: asked.PaletteName = "paper",
    normalisation: Annotated[
        Normalisation,
        typer.Option(
            help="frame: by the whole plane (the paper); absolute: by the distance's bound; contrast: lowest to highest here."
        ),
    ] = "frame",
    size: asked.Size = 720,
    names: asked.Names = True,
    caption: asked.Caption = True,
    offline: asked.Offline = False,
    yes: asked.Yes = False,
    url: asked.Url = None,
) -> None:
    """Compute a slice and write it to a file."""
    from stable_regions.answers.shown import kinds
    from stable_regions.cli.asking import answered, chosen, writable
    from stable_regions.models.catalogue import Catalogue
    from stable_regions.schemas.result import Json

    settings = chosen(offline)
    writable(output, kinds("slice"))
    look = Look(size=size, palette=palette, normalisation=normalisation, names=names, caption=caption)
    changes: dict[str, Json] = {
        "name": model,
        "revision": revision,
        "dtype": dtype,
        "write_layer": layer,
        "distance": distance,
        "contexts": contexts,
        "resolution": resolution,
        "alpha": list(alpha) if alpha else None,
        "beta": list(beta) if beta else None,
        "tilt": {"degrees": tilt[0], "seed": tilt[1]} if tilt else None,
    }
    request = asked.view(Catalogue(settings), (prompt_a, prompt_b, prompt_c), preset, from_recipe, changes)
    typer.echo(answered(request, url, settings, yes).save(output, look))
