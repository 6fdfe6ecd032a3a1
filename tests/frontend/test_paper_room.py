"""What a room costs: a folder of its own and one hand edit. A small room is added to a copy of the page's sources."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

FRONTEND = Path(__file__).parents[2] / "frontend"

VIEW = """
/** What the paper room shows. */
import { rowsOf } from "../../shell/row";
import { State } from "../../shell/state";

export interface PaperView {
  readonly sheets: number;
}

const { whole } = rowsOf<PaperView>();

export const view = new State<PaperView>({
  rows: { "q.sheets": whole("sheets", 1, 9) },
  first: () => ({ sheets: 1 }),
});
"""

INDEX = """
/** A room without a model. */
import type { Room } from "../../shell/room";
import { view } from "./view";

export const paper: Room = {
  name: "paper",
  text: "Paper",
  about: "Sheets, counted",
  states: [view],
  title: () => `Paper · ${view.value.sheets}`,
  load: () => import("./PaperPage"),
};
"""

PAGE = """
/** The page of the paper room. */
import { Everywhere, Frame } from "../../shell/Frame";
import type { KeyRow } from "../../shell/keys";
import { view } from "./view";

export const keys: readonly KeyRow[] = [
  {
    keys: ["n"],
    shown: "N",
    text: "one more sheet",
    run: () => view.change({ sheets: view.peek().sheets + 1 }),
  },
];

export default function PaperPage() {
  return (
    <div class="hall">
      <Frame>
        <Everywhere />
      </Frame>
      <main class="paper-sheets">{view.value.sheets} sheets</main>
    </div>
  );
}
"""

RUN = """
import { spawnSync } from "node:child_process";
const [root, ...tool] = process.argv.slice(1);
const done = spawnSync(process.execPath, tool, { cwd: root, encoding: "utf8" });
if (done.status !== 0) { console.error(done.stdout + done.stderr); process.exit(1); }
"""

BUILD = """
import { build } from "vite";
import preact from "@preact/preset-vite";
const [root] = process.argv.slice(1);
process.chdir(root);
const { output } = await build({
  root, configFile: false, logLevel: "error", base: "./", plugins: [preact()],
  build: { write: false, minify: false, target: "es2022", modulePreload: { polyfill: false } },
});
const files = output.map(({ fileName, code, source }) => [fileName, code ?? String(source)]);
process.stdout.write(JSON.stringify(Object.fromEntries(files)));
"""

TOOLS = {
    "types": ["node_modules/.bin/tsc", "--noEmit"],
    "lint": ["node_modules/.bin/biome", "check", "src"],
    "floors": ["node_modules/.bin/depcruise", "--config", ".dependency-cruiser.mjs", "src"],
}
CATALOGUE = {
    name: []
    for name in ("models", "families", "distances", "resolutions", "presets", "studies", "comparisons", "paper")
} | {"default": None, "version": "0", "hub": {"allowed": [], "offline": True, "keep": "keep"}}


@pytest.fixture(scope="module")
def with_paper(tmp_path_factory: pytest.TempPathFactory, in_node: Callable[..., str]) -> Path:
    """A copy of frontend/ with the room in it. By hand: its folder, and one edit in one file."""
    root = tmp_path_factory.mktemp("page") / "frontend"
    shutil.copytree(FRONTEND, root, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (root / "node_modules").symlink_to(FRONTEND / "node_modules")
    images = Path("backend", "stable_regions", "suites", "images")  # the page takes its digits from there
    shutil.copytree(FRONTEND.parent / images, root.parent / images)
    folder = root / "src" / "rooms" / "paper"
    folder.mkdir()
    for name, text in (("view.ts", VIEW), ("index.ts", INDEX), ("PaperPage.tsx", PAGE)):
        (folder / name).write_text(text.lstrip())
    rooms = root / "src" / "app" / "rooms.ts"
    head, end, rest = rooms.read_text().rpartition("];")
    assert end
    rooms.write_text(f'import {{ paper }} from "../rooms/paper";\n{head.rstrip().rstrip(",")}, paper{end}{rest}')
    in_node(RUN, str(root), "node_modules/.bin/biome", "check", "--write", "src/app/rooms.ts")
    return root


@pytest.mark.parametrize("tool", TOOLS)
def test_a_room_is_its_folder_and_one_hand_edit(with_paper: Path, in_node: Callable[..., str], tool: str):
    changed = [
        path.relative_to(with_paper).as_posix()
        for path in with_paper.joinpath("src").rglob("*")
        if path.is_file()
        and "paper" not in path.parts
        and path.read_bytes() != (FRONTEND / path.relative_to(with_paper)).read_bytes()
    ]
    assert changed == ["src/app/rooms.ts"]
    in_node(RUN, str(with_paper), *TOOLS[tool])


def test_the_room_opens_has_its_key_its_link_its_title_and_its_history(
    with_paper: Path, in_node: Callable[..., str], blank_page: Page
):
    files = json.loads(in_node(BUILD, str(with_paper)))
    entry = next(name for name in files if name.endswith(".html"))
    kinds = {"html": "text/html", "js": "text/javascript", "css": "text/css"}

    def answer(route) -> None:  # type: ignore[no-untyped-def]
        path = route.request.url.partition("://")[2].partition("/")[2].partition("?")[0] or entry
        if path == "api/v1/catalogue":
            route.fulfill(json=CATALOGUE)
        elif path in files:
            route.fulfill(body=files[path], content_type=kinds[path.rpartition(".")[2]])
        else:
            route.fulfill(status=404)

    page = blank_page
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.route("http://paper.test/**", answer)
    page.goto("http://paper.test/#v=1&room=paper&q.sheets=3")
    page.wait_for_selector("text=3 sheets")
    assert page.title() == "Paper · 3 · Stable Regions"
    page.keyboard.press("n")
    page.wait_for_selector("text=4 sheets")
    assert page.evaluate("location.hash") == "#v=1&q.sheets=4&room=paper"
    page.go_back()
    page.wait_for_selector("text=3 sheets")
    page.get_by_role("link", name="Slice").click()
    page.wait_for_selector("text=No model is here")
    page.keyboard.press("n")
    page.get_by_role("link", name="Paper").click()
    page.wait_for_selector("text=3 sheets")
    assert failures == []
