import { expect, test } from "vitest";
import { literal, pythonOf, pythonOfAll } from "./python";

const SLICE = {
  analysis: "slice",
  model: { name: "facts-12l", revision: "step1536" },
  prompts: ["The capital of France is", "Japan is governed from the city of", 'He said "ok\\n"'],
  write_layer: 2,
  distance: "hellinger",
  window: { alpha: [-0.25, 1.25], beta: [0, 1] },
  exact: true,
  prepend_bos: null,
};

test("a request becomes a program that imports, asks and shows", () => {
  expect(pythonOf(SLICE, "http://127.0.0.1:8000")).toBe(`from stable_regions import SliceRequest, compute

request = SliceRequest(
    model={"name": "facts-12l", "revision": "step1536"},
    prompts=[
        "The capital of France is",
        "Japan is governed from the city of",
        "He said \\"ok\\\\n\\"",
    ],
    write_layer=2,
    distance="hellinger",
    window={"alpha": [-0.25, 1.25], "beta": [0, 1]},
    exact=True,
)
result = compute(request)
# On the server this was copied from: from stable_regions import Client; result = Client("http://127.0.0.1:8000").compute(request)
result.figure().show()
`);
});

test("each analysis has its own request", () => {
  const animation = { analysis: "animation", slice: SLICE, revisions: ["step0", "step1536"] };
  expect(pythonOf(animation, "x")).toContain("from stable_regions import AnimationRequest, compute");
  expect(() => pythonOf({ analysis: "the weather" }, "x")).toThrow(
    'No Python is known for the analysis "the weather".',
  );
});

test("JSON's words become Python's", () => {
  expect(literal([true, false, null, 1e-7, "é \u2028 \ud83d\ude00"], 0)).toBe(
    '[True, False, None, 1e-7, "é \u2028 \ud83d\ude00"]',
  );
  expect(literal({}, 0)).toBe("{}");
});

test("a sweep names what is swept as it stands", () => {
  const line = {
    model: { name: "facts-4l", revision: "step8" },
    ends: ["A", [0.5, 0.25]],
    context: null,
    analysis: "line",
  };
  const text = pythonOf({ analysis: "sweep", request: line, revisions: ["step0", "step8"] }, "http://x");
  expect(text).toContain("from stable_regions import SweepRequest, compute");
  expect(text).toContain('"ends": ["A", [0.5, 0.25]],');
  expect(text).toContain('"context": None,');
  expect(text).toContain('    revisions=["step0", "step8"],');
});

test("several requests are one program", () => {
  const small = { analysis: "slice", model: { name: "facts-4l", revision: "step8" }, tilt: null };
  expect(
    pythonOfAll([small, { ...small, write_layer: 2 }], "http://x"),
  ).toBe(`from stable_regions import SliceRequest, compute

requests = [
    SliceRequest(
        model={"name": "facts-4l", "revision": "step8"},
    ),
    SliceRequest(
        model={"name": "facts-4l", "revision": "step8"},
        write_layer=2,
    ),
]
results = [compute(request) for request in requests]
# On the server these were copied from: from stable_regions import Client; results = [Client("http://x").compute(request) for request in requests]
for result in results:
    result.figure().show()
`);
});
