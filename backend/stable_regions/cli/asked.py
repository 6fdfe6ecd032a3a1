"""What `render`, `animate` and `sheet` ask: three prompts, a preset of the gallery, or a file's recipe; then changes to it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from stable_regions.pictures.look import Palette

if TYPE_CHECKING:
    from stable_regions.analyses.slice.schema import SliceRequest
    from stable_regions.models.catalogue import Catalogue
    from stable_regions.schemas.model import ModelCard
    from stable_regions.schemas.result import Json

PromptA = Annotated[str | None, typer.Argument(metavar="PROMPT_A", help="Its last position gives the anchor A.")]
PromptB = Annotated[str | None, typer.Argument(metavar="PROMPT_B", help="The anchor B.")]
PromptC = Annotated[str | None, typer.Argument(metavar="PROMPT_C", help="The anchor C.")]
PresetName = Annotated[str | None, typer.Option("--preset", help="A preset of the gallery, such as two-wordings.")]
RecipeFile = Annotated[
    Path | None,
    typer.Option("--from-recipe", help="A file with a recipe: PNG, safetensors or JSON that this tool wrote."),
]
Model = Annotated[str | None, typer.Option(help="Bundled suite, model folder or hub repository.")]
Revision = Annotated[str | None, typer.Option(help="Checkpoint; the last one if not given.")]
Revisions = Annotated[
    str | None,
    typer.Option(
        help="log-8 (or another number), paper, last, or checkpoints separated by commas; if not given all, of the hub log-8."
    ),
]
DtypeName = Annotated[
    str | None, typer.Option("--dtype", help="What is computed in: float32, bfloat16, or float64 for deep zooms.")
]
Layer = Annotated[int | None, typer.Option(help="Write layer; about a sixth of the way up if not given.")]
DistanceName = Annotated[str | None, typer.Option("--distance", help="l2, hellinger, tv, js or cosine.")]
ContextsName = Annotated[str | None, typer.Option("--contexts", help="own (each in its own prompt's run) or first.")]
Points = Annotated[int | None, typer.Option("--resolution", help="Points per side: 9, 17, 33, 65, 129, 257 or 513.")]
Alpha = Annotated[tuple[float, float] | None, typer.Option(help="Window along A→B, in anchor units: low high.")]
Beta = Annotated[tuple[float, float] | None, typer.Option(help="Window towards C: low high.")]
Offline = Annotated[bool, typer.Option("--offline", help="Ask no hub; use only what is on disk.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Download without asking first.")]
Tilt = Annotated[
    tuple[float, int] | None,
    typer.Option(help="Turn the plane about the line AB: degrees, and a seed that draws the direction."),
]
Url = Annotated[str | None, typer.Option(help="Ask this server instead of computing here.")]
PaletteName = Annotated[Palette, typer.Option("--palette", help="paper, safe (colour-blind safe), or a, b, c (greys).")]
Size = Annotated[int, typer.Option(min=64, max=4096, help="Aimed side of the field, pixels.")]
Names = Annotated[bool, typer.Option(help="Write the predicted token into each region.")]
Caption = Annotated[bool, typer.Option(help="Say below what is shown.")]


WRAPPED = {"animation": "slice", "sweep": "request", "timeline": "regions"}
"""Requests that hold a slice, and the field in which they do."""


def layers(text: str | None) -> list[int]:
    """Layers with commas between; none where nothing is said.

    Raises:
        ValueError: one of them is no whole number.
    """
    found = [name.strip() for name in text.split(",")] if text else []
    if odd := next((name for name in found if not name.isdecimal()), None):
        raise ValueError(f"layer {odd!r}; write layers as whole numbers with commas between, such as 0,2,4.")
    return [int(name) for name in found]


def view(
    catalogue: "Catalogue",
    prompts: tuple[str | None, str | None, str | None],
    preset: str | None,
    recipe: Path | None,
    changes: "dict[str, Json]",
) -> "SliceRequest":
    """The slice that is asked for.

    Args:
        catalogue: gives the defaults that depend on the model.
        prompts: A, B and C; all or none.
        preset: its name, or None.
        recipe: a file that holds one, or None.
        changes: fields of the request (with `name`, `revision`, `dtype`, `alpha` and `beta` laid flat), None where not given.

    Raises:
        ValueError: none or several of the three ways to ask are taken, or the file holds no recipe.
        Refusal: an unknown model.
    """
    from stable_regions.analyses.slice.schema import SliceRequest
    from stable_regions.suites.presets import rows

    given = [prompt for prompt in prompts if prompt is not None]
    if [bool(given), preset is not None, recipe is not None].count(True) != 1 or len(given) not in (0, 3):
        raise ValueError(
            f"{len(given)} prompts{', a preset' if preset else ''}{', a recipe' if recipe else ''}; "
            "give three prompts, or --preset NAME, or --from-recipe FILE."
        )
    start: dict[str, Json]
    if recipe is not None:
        start = recipe_in(recipe)
    elif preset is not None:
        row = next((row for row in rows() if row.name == preset), None)
        if row is None:
            raise ValueError(f"No preset {preset!r}; there are {', '.join(row.name for row in rows())}.")
        start = {
            "model": {"name": row.model},
            "prompts": [*row.prompts],
            "write_layer": row.write_layer,
            "distance": row.distance,
        }
    else:
        start = {"model": {"name": rows()[0].model}, "prompts": [*given]}
    fields = _changed(start, changes)
    name = str(cast("dict[str, Json]", fields["model"])["name"])
    return SliceRequest.model_validate_json(json.dumps(_with_defaults(fields, catalogue.card(name))))


def _changed(start: "dict[str, Json]", changes: "dict[str, Json]") -> "dict[str, Json]":
    """The request's fields with those of the command line in place."""
    wanted = {name: value for name, value in changes.items() if value is not None}
    model = dict(cast("dict[str, Json]", start.get("model") or {}))
    if "name" in wanted and wanted["name"] != model.get("name"):
        # Another model has other checkpoints and layers: what belonged to the first one is asked anew.
        model, start = {}, {name: start[name] for name in start if name not in ("write_layer", "prepend_bos")}
    model |= {name: wanted.pop(name) for name in ("name", "revision", "dtype") if name in wanted}
    window = dict(cast("dict[str, Json]", start.get("window") or {}))
    window |= {name: wanted.pop(name) for name in ("alpha", "beta") if name in wanted}
    return {**start, **({"window": window} if window else {}), **wanted, "model": model}


def _with_defaults(fields: "dict[str, Json]", card: "ModelCard") -> "dict[str, Json]":
    """The fields with the model's own defaults where nothing was said: last checkpoint, good layer, fitting distance."""
    model = cast("dict[str, Json]", fields["model"])
    revision = model.get("revision") or card.revisions[-1].revision
    defaults: dict[str, Json] = {"write_layer": card.write_layer, "distance": card.distance}
    return {**defaults, **fields, "model": {**model, "revision": revision}}


def checkpoints(card: "ModelCard", words: str | None) -> list[str]:
    """The checkpoints that are named: a selection, or names; without either all, of a hub's model eight.

    Raises:
        UnknownRevision: the words name none.
    """
    from stable_regions.models.selections import chosen, named

    if words:
        return list(named(card, words))
    spaced = chosen(card.revisions, "log-8") if card.source == "hub" else ()
    return list(spaced or [row.revision for row in card.revisions])


def recipe_in(path: Path) -> "dict[str, Json]":
    """The slice's recipe inside a PNG, a result file or a JSON file; of what is made of slices, that slice.

    Raises:
        ValueError: there is none.
    """
    from stable_regions.analyses.slice.schema import SliceRequest
    from stable_regions.pictures.image import recipe_of
    from stable_regions.schemas.result import Result

    file = path.read_bytes()
    recipe: Json = recipe_of(file)
    if recipe is None:
        try:
            recipe = Result.from_bytes(file).recipe if path.suffix == ".safetensors" else json.loads(file)
        except (ValueError, KeyError):
            recipe = None
    if isinstance(recipe, dict) and recipe.get("analysis") in WRAPPED:
        recipe = recipe.get(WRAPPED[str(recipe["analysis"])])
    if isinstance(recipe, dict) and recipe.get("analysis") == "regions":
        recipe = {name: recipe[name] for name in SliceRequest.model_fields if name in recipe} | {"analysis": "slice"}
    if not isinstance(recipe, dict) or "prompts" not in recipe:
        raise ValueError(f"{path} holds no recipe of a slice; PNG, safetensors and JSON files that this tool wrote do.")
    return recipe
