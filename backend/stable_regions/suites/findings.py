"""What the shipped studies and comparisons show, for the documents: tables, pictures, and the requests that make them.

    stable-regions bundle                                  # computes what is missing
    python -m stable_regions.suites.findings docs          # writes the rest of it from the shipped results

writes the tables of `curves.md` between their marks, `pictures/study-….svg` and `pictures/meaning-….svg`, and
`requests/….json`, from which `stable-regions ask` makes the same pictures anew. No torch: nothing is computed here.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from stable_regions.analyses import REGISTRY
from stable_regions.analyses.study.schema import StudyRequest
from stable_regions.analyses.sweep.schema import SweepRequest
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.resolve import resolve
from stable_regions.pictures.chart import Chart, compact
from stable_regions.pictures.show import Absent
from stable_regions.pictures.svg import svg
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.schemas.result import Result
from stable_regions.settings import Settings
from stable_regions.suites.presets import RESULTS
from stable_regions.suites.shipped import comparisons, studies


def drawn(result: Result) -> Chart:
    """The chart of a result that has one."""
    chart = REGISTRY[str(result.recipe["analysis"])].show.chart
    assert not isinstance(chart, Absent)
    return chart(result, ())


def shipped(request: AnalysisRequest, catalogue: Catalogue, settings: Settings) -> Result:
    """The shipped result of a request."""
    key = resolve(request, catalogue, settings).key
    return Result.from_bytes((RESULTS / f"{key}.safetensors").read_bytes())


def named(catalogue: Catalogue) -> Iterator[tuple[str, StudyRequest | SweepRequest]]:
    """Every study and comparison, and what its files are called."""
    for study in studies(catalogue):
        yield f"study-{study.corpus}-{study.distance}", study
    for sweep in comparisons(catalogue):
        yield f"meaning-{sweep.request.model.name}", sweep


def asked(request: AnalysisRequest) -> str:
    """A request as a file: JSON without the fields left at their defaults."""
    fields = {"analysis": request.model_dump()["analysis"], **request.model_dump(mode="json", exclude_defaults=True)}
    if isinstance(request, SweepRequest):
        fields["request"] = {"analysis": "meaning", **fields["request"]}
    return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"


def study_table(catalogue: Catalogue, settings: Settings) -> str:
    """First and last checkpoint of every model: median sharpness with its interval, and the controls; by distance."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    distances: list[str] = []
    for request in studies(catalogue):
        result = shipped(request, catalogue, settings)
        if request.distance not in distances:
            distances.append(request.distance)
        for place, model in enumerate(request.models):
            rows = np.flatnonzero(result["model"] == place)
            for row, revision in ((rows[0], model.revisions[0]), (rows[-1], model.revisions[-1])):
                own = found.setdefault(
                    (model.name, revision), {"parameters": compact(float(result["parameters"][row]))}
                )
                median, (low, high) = float(result["median"][row]), result["interval"][row]
                controls = " / ".join(f"{value:.2f}" for value in result["control_quartiles"][row, :, 1])
                own[request.distance] = f"**{median:.2f}** ({low:.2f} – {high:.2f}) | {controls}"
    heads = [f"`{name}` (95 %) | last block / outputs / random" for name in distances]
    head = ["model", "parameters", "checkpoint", *" | ".join(heads).split(" | ")]
    rows = [
        [name, own["parameters"], step, *" | ".join(own[d] for d in distances).split(" | ")]
        for (name, step), own in found.items()
    ]
    return table(head, rows)


def comparison_table(catalogue: Catalogue, settings: Settings) -> str:
    """AUC of d(1), and of the activations' own distance, at some checkpoints of every layer."""
    rows: list[list[str]] = []
    steps: list[str] = []
    for request in comparisons(catalogue):
        result = shipped(request, catalogue, settings)
        scores = result.metadata["scores"]
        assert isinstance(scores, list)
        end, anchors = scores.index("end_distance"), scores.index("anchor_distance")
        every = len(request.revisions)
        kept = sorted({0, every // 2, 9 * every // 16, 10 * every // 16, every - 1})
        steps = [request.revisions[place] for place in kept]
        for layer in request.write_layers:
            of_layer = result["auc"][result["write_layer"] == layer]
            cells = [f"**{of_layer[place, end]:.2f}** ({of_layer[place, anchors]:.2f})" for place in kept]
            rows.append([request.request.model.name, str(layer), *cells])
    return table(["model", "layer", *steps], rows)


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def filled(page: str, parts: Mapping[str, str]) -> str:
    """The page with its tables, between their marks, as they are now."""
    for mark, part in parts.items():
        begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
        before, _, rest = page.partition(begin)
        page = f"{before}{begin}\n\n{part}\n\n{end}{rest.partition(end)[2]}"
    return page


def documents(docs: Path) -> dict[Path, str]:
    """Every file that is written, and its text."""
    settings = Settings(offline=True)
    catalogue = Catalogue(settings)
    parts = {"studies": study_table(catalogue, settings), "comparisons": comparison_table(catalogue, settings)}
    page = docs / "curves.md"
    files = {page: filled(page.read_text("utf-8"), parts)}
    for name, request in named(catalogue):
        files[docs / "requests" / f"{name}.json"] = asked(request)
        files[docs / "pictures" / f"{name}.svg"] = svg(drawn(shipped(request, catalogue, settings)))
    return files


if __name__ == "__main__":
    for path, text in documents(Path(sys.argv[1])).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
