"""`stable-regions animate`: the same slice at every checkpoint, as a film."""

from pathlib import Path
from typing import Annotated

import typer

from stable_regions.cli import asked
from stable_regions.pictures.look import Look, Normalisation


def animate(
    prompt_a: asked.PromptA = None,
    prompt_b: asked.PromptB = None,
    prompt_c: asked.PromptC = None,
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", help="The suffix says what: .gif .mp4 .png (side by side) .npz .safetensors .json"
        ),
    ] = Path("training.gif"),
    preset: asked.PresetName = None,
    from_recipe: asked.RecipeFile = None,
    model: asked.Model = None,
    revisions: asked.Revisions = None,
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
        Normalisation, typer.Option(help="sequence: one scale for all checkpoints; frame: each its own; absolute.")
    ] = "sequence",
    size: asked.Size = 720,
    names: asked.Names = True,
    caption: asked.Caption = True,
    seconds: Annotated[float, typer.Option(min=0.04, max=10, help="How long a film shows each checkpoint.")] = 0.4,
    offline: asked.Offline = False,
    yes: asked.Yes = False,
    url: asked.Url = None,
) -> None:
    """Compute a slice at every checkpoint and write the film of it."""
    from stable_regions.analyses.animation.schema import AnimationRequest
    from stable_regions.answers.shown import kinds
    from stable_regions.cli.asking import answered, chosen, writable
    from stable_regions.models.catalogue import Catalogue
    from stable_regions.schemas.result import Json

    settings = chosen(offline)
    # As a page it is a line of sharpness over training, which is no film: `ask` writes that.
    writable(output, tuple(kind for kind in kinds("animation") if kind != "html"))
    look = Look(size=size, palette=palette, normalisation=normalisation, names=names, caption=caption)
    catalogue = Catalogue(settings)
    changes: dict[str, Json] = {
        "name": model,
        "dtype": dtype,
        "write_layer": layer,
        "distance": distance,
        "contexts": contexts,
        "resolution": resolution,
        "alpha": list(alpha) if alpha else None,
        "beta": list(beta) if beta else None,
        "tilt": {"degrees": tilt[0], "seed": tilt[1]} if tilt else None,
    }
    shown = asked.view(catalogue, (prompt_a, prompt_b, prompt_c), preset, from_recipe, changes)
    wanted = asked.checkpoints(catalogue.card(shown.model.name), revisions)
    first = shown.model_copy(update={"model": shown.model.model_copy(update={"revision": wanted[-1]})})
    answer = answered(AnimationRequest(slice=first, revisions=tuple(wanted)), url, settings, yes)
    typer.echo(answer.save(output, look, seconds))
