"""`stable-regions pack`: views with all that they need, as a folder that any static host serves, or as one file."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from stable_regions.packs.story import Story


def pack(
    views: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LINK | STORY]...", help="Links as Copy link gives them, or a story that the page saved."
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="A folder to write; or one file, such as talk.srpack.")
    ] = Path("site"),
    gallery: Annotated[bool, typer.Option("--gallery", help="All presets, and every room's shipped results.")] = False,
    title: Annotated[str, typer.Option(help="What the pack is called.")] = "",
    offline: Annotated[bool, typer.Option("--offline", help="Ask no hub; use only what is on disk.")] = False,
) -> None:
    """Pack views: everything they show is computed beforehand, and no server is needed afterwards."""
    from stable_regions.cli.asking import chosen, progress_bar
    from stable_regions.models.catalogue import Catalogue
    from stable_regions.packs.archive import SUFFIX, write_archive
    from stable_regions.packs.build import Pack, build
    from stable_regions.packs.collect import Collector
    from stable_regions.packs.folder import write_folder
    from stable_regions.packs.links import gallery as presets
    from stable_regions.packs.story import Story, View
    from stable_regions.routes.catalogue import catalogue_document
    from stable_regions.store.open import open_store
    from stable_regions.suites.presets import RESULTS
    from stable_regions.suites.shipped import bundled_requests

    settings = chosen(offline)
    catalogue = Catalogue(settings)
    if output.suffix not in ("", SUFFIX):
        raise ValueError(
            f"{output.name!r} has the suffix of no pack: a folder, such as site/, or a file, such as talk.srpack"
        )
    if output.suffix and not output.parent.is_dir():
        raise ValueError(f"The folder {str(output.parent)!r} of {output.name!r} does not exist; make it first.")
    if gallery == bool(views):
        raise ValueError("Name views to pack: links, or a story that the page saved; or --gallery for all presets.")
    if gallery:
        rows = tuple(View(link=link, title=name, notes=text) for link, name, text in presets(catalogue))
        story = Story(title=title or "Gallery", views=rows)
    else:
        story = _story(tuple(views or ()), title)
    made: Pack | None = None
    with asyncio.Runner() as loop, progress_bar() as show:
        store = open_store(settings, RESULTS)
        collector = Collector(
            settings,
            catalogue,
            fetch=lambda key: loop.run(store.fetch(key)),
            keep=lambda key, file: loop.run(store.put(key, file)),
            show=show,
        )
        try:
            document = catalogue_document(catalogue, settings).model_dump(mode="json")
            for request in bundled_requests(catalogue) if gallery else ():
                collector.take(request)
            for step in build(story, catalogue, document, collector):
                if isinstance(step, Pack):
                    made = step
                else:
                    typer.echo(step, err=True)
        finally:
            collector.close()
            loop.run(store.close())
    assert made is not None  # building ends with the pack, or raises
    if output.suffix:
        write_archive(made, output)
        how = f"Open it with `stable-regions serve {output.name}`, or drop it on the page."
    else:
        write_folder(made, output)
        how = "Serve the folder with any web server."
    for place, view in enumerate(made.manifest.views, 1):
        for gap in view.gaps:
            typer.echo(f"View {place} lacks: {gap}", err=True)
    complete = sum(not view.gaps for view in made.manifest.views)
    typer.echo(
        f"{output}: {complete} of {len(made.manifest.views)} views complete, {len(made.files)} results, "
        f"{made.stored / 1e6:.1f} MB. {how}"
    )


def _story(views: tuple[str, ...], title: str) -> "Story":
    """Links, or one story's file."""
    from stable_regions.packs.story import Story

    if len(views) == 1 and "#" not in views[0]:
        file = Path(views[0])
        if not file.is_file():
            raise ValueError(f"{views[0]!r} is neither a link (it has no '#') nor a file.")
        story = Story.model_validate_json(file.read_bytes())
    else:
        story = Story.of_links(views)
    return story.model_copy(update={"title": title}) if title else story
