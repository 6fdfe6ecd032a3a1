"""A pack as a folder: the page, the pack beside it, and nothing that a static host would have to do."""

import shutil
from pathlib import Path

from stable_regions.packs.build import Pack
from stable_regions.packs.manifest import CATALOGUE, FOLDER, MANIFEST
from stable_regions.routes.guard import POLICY
from stable_regions.routes.page import WEB

MARK = '<meta name="stable-regions-pack" content="./pack/" />'
"""Tells the page that a pack lies beside it."""

HEAD = '<meta charset="utf-8" />'


def page_of(html: str) -> str:
    """The page's own index, which opens the pack; as on the server it loads and talks to nothing but its own origin."""
    if HEAD not in html:
        raise ValueError("The page that is built is of another version: build it with `make page`.")
    head = f'{HEAD}\n    <meta http-equiv="Content-Security-Policy" content="{POLICY}" />\n    {MARK}'
    return html.replace(HEAD, head, 1)


def write_folder(pack: Pack, folder: Path, web: Path = WEB) -> None:
    """Write a pack and the page that shows it.

    Args:
        pack: what to write.
        folder: where; made if it is not there. A pack of before is replaced, anything else refused.
        web: the built page.

    Raises:
        ValueError: the folder holds something else, or the page is not built.
    """
    if not (web / "index.html").is_file():
        raise ValueError("The page is not built here. Run `make page`, or install the package with `pip install .`.")
    if folder.exists() and any(folder.iterdir()) and not (folder / FOLDER / MANIFEST).is_file():
        raise ValueError(f"{str(folder)!r} holds something that is no pack; name an empty folder.")
    for old in ("assets", FOLDER):
        shutil.rmtree(folder / old, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(web / "assets", folder / "assets", ignore=shutil.ignore_patterns("*.br", "*.gz"))
    shutil.copy(web / "icon.svg", folder / "icon.svg")
    (folder / "index.html").write_text(page_of((web / "index.html").read_text("utf-8")), "utf-8")
    (folder / ".nojekyll").touch()  # GitHub Pages would leave files out otherwise
    for path, file in files_of(pack):
        place = folder / FOLDER / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file)


def files_of(pack: Pack) -> list[tuple[str, bytes]]:
    """The files of a pack's own folder by path, the manifest last: what is cut has none."""
    manifest = pack.manifest.model_dump_json().encode()
    return [*pack.files.items(), (CATALOGUE, pack.catalogue), (MANIFEST, manifest)]
