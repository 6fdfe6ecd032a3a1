"""What the page saves, Python reads: the page's own modules are run in Node on a result file that Python wrote."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import plotly.io
import pytest
from PIL import Image, PngImagePlugin
from plotly.io.base_renderers import ExternalRenderer

from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.plane import Window
from stable_regions.schemas.result import Result

SAVE = """
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "vite";
const [folder] = process.argv.slice(1);
const vite = await createServer({
  configFile: false, logLevel: "error", appType: "custom", cacheDir: `${folder}/cache`,
  server: { middlewareMode: true, hmr: false, ws: false, watch: null }, optimizeDeps: { noDiscovery: true },
});
const load = (name) => vite.ssrLoadModule(`/src/${name}.ts`);
const { decodeResult } = await load("api/decode");
const { npz } = await load("export/npz");
const { csv } = await load("export/csv");
const { pngWithRecipe, recipeOf } = await load("export/png");
const { pythonOf } = await load("export/python");
const { sliceOf } = await load("field/slice");
const bytes = readFileSync(`${folder}/result.safetensors`);
const file = decodeResult(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
writeFileSync(`${folder}/page.npz`, npz(file));
writeFileSync(`${folder}/page.csv`, csv(sliceOf(file)));
writeFileSync(`${folder}/page.png`, pngWithRecipe(readFileSync(`${folder}/bare.png`), file.metadata.recipe));
writeFileSync(`${folder}/recipe.json`, JSON.stringify(recipeOf(readFileSync(`${folder}/python.png`))));
for (const name of ["slice", "animation"]) {
  const request = JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8"));
  writeFileSync(`${folder}/${name}.py`, pythonOf(request, "http://127.0.0.1:8000"));
}
await vite.close();
"""

RECIPE = {"analysis": "slice", "distance": "hellinger", "prompts": ["Überall “yen” 円", "b", "c 🗾"], "exact": True}


class Shown(ExternalRenderer):
    """Keeps what would open in a browser."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: list[object] = []

    def render(self, fig_dict: object) -> None:
        self.figures.append(fig_dict)


SLICE = SliceRequest(
    model=ModelRef(name="facts-12l", revision="step1536"),
    prompts=("The capital of France is", "Japan is governed from the city of", "People in Brazil mostly speak"),
    write_layer=2,
    window=Window(alpha=(0.0, 1.0), beta=(-0.5, 0.5)),
    resolution=9,
)


def paper_result(n: int = 9) -> Result:
    """A slice with numbers that anyone can check."""
    rng = np.random.default_rng(5)
    axis = np.linspace(-0.25, 1.25, n, dtype=np.float32)
    prompt = {"text": "a", "tokens": ["a"], "ids": [1], "position": 0, "top": []}
    return Result(
        arrays={
            "distance": rng.random((3, n, n), dtype=np.float32),
            "top_token": rng.integers(0, 4, (3, n, n), dtype=np.int32),
            "computed": np.ones((n, n), dtype=np.uint8),
            "alpha": axis,
            "beta": axis,
            "anchors": np.array([[0, 0], [1, 0], [0.4, 1]], dtype=np.float32),
            "curve": np.linspace(0, 1, 101, dtype=np.float32),
        },
        metadata={
            "key": "0" * 64,
            "recipe": RECIPE,
            "norms": {"ba": 1.5, "cx": 2.5},
            "prompts": [prompt, prompt, prompt],
            "tokens": {"0": " yen", "1": ',"', "2": "\n", "3": " 円"},
            "sharpness": 1.0,
            "width": None,
        },
    )


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory, in_node: Callable[..., str]) -> Path:
    """The folder into which the page saved."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "result.safetensors").write_bytes(paper_result().to_bytes())
    picture = Image.new("RGB", (3, 2), (1, 2, 3))
    picture.save(folder / "bare.png")
    text = PngImagePlugin.PngInfo()
    text.add_itxt("stable-regions", json.dumps(RECIPE, ensure_ascii=False), zip=True)
    picture.save(folder / "python.png", pnginfo=text)
    for request in (SLICE, AnimationRequest(slice=SLICE, revisions=("step0", "step1536"))):
        (folder / f"{request.analysis}.json").write_text(request.model_dump_json())
    in_node(SAVE, str(folder))
    return folder


def test_numpy_reads_the_pages_npz_without_pickle_and_every_array_is_the_results(saved: Path):
    ours = np.load(io.BytesIO(paper_result().to_npz()), allow_pickle=False)
    pages = np.load(saved / "page.npz", allow_pickle=False)
    assert sorted(pages.files) == sorted(ours.files)
    for name in set(ours.files) - {"meta"}:
        assert pages[name].dtype == ours[name].dtype
        np.testing.assert_array_equal(pages[name], ours[name])


def test_the_pages_npz_holds_the_whole_metadata(saved: Path):
    meta = np.load(saved / "page.npz", allow_pickle=False)["meta"]
    assert json.loads(str(meta)) == dict(paper_result().metadata)


def test_the_pages_csv_reads_back_as_the_same_float32(saved: Path):
    with (saved / "page.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    result = paper_result()
    for k, letter in enumerate("abc"):
        column = np.array([row[f"distance_{letter}"] for row in rows]).astype(np.float32)
        np.testing.assert_array_equal(column, result["distance"][k].ravel())
    tokens = [" yen", ',"', "\n", " 円"]
    assert [row["top_token_b"] for row in rows] == [tokens[n] for n in result["top_token"][1].ravel()]


def test_pillow_reads_the_recipe_in_the_pages_picture(saved: Path):
    with Image.open(saved / "page.png") as picture:
        picture.load()
        assert picture.getpixel((0, 0)) == (1, 2, 3)
        assert json.loads(picture.info["stable-regions"]) == RECIPE


def test_the_page_reads_the_recipe_in_a_picture_from_python(saved: Path):
    assert json.loads((saved / "recipe.json").read_text()) == RECIPE


@pytest.mark.parametrize("analysis", ["slice", "animation"])
def test_the_copied_program_runs_as_pasted_and_asks_the_same(
    saved: Path, monkeypatch: pytest.MonkeyPatch, analysis: str
):
    kept = Shown()
    plotly.io.renderers["kept"] = kept
    monkeypatch.setattr(plotly.io.renderers, "default", "kept")
    pasted: dict[str, object] = {}
    exec(compile((saved / f"{analysis}.py").read_text(encoding="utf-8"), "pasted", "exec"), pasted)
    request, result = pasted["request"], pasted["result"]
    assert isinstance(request, SliceRequest | AnimationRequest)
    assert isinstance(result, Result)
    assert request.model_dump_json() == (saved / f"{analysis}.json").read_text()
    assert result.recipe["analysis"] == analysis
    assert len(kept.figures) == 1
