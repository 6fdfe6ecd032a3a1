import { describe, expect, it } from "vitest";
import { hashOf, viewOf } from "../../shell/link";
import { CATALOGUE } from "../../subject/fixture";
import { firstView } from "../../subject/view";
import { differing, moved, ownEverywhere, type Variation, varied, without } from "./variation";

const first = firstView(CATALOGUE);

function read(cmp: string) {
  return viewOf(`#v=1&cmp=${encodeURIComponent(cmp)}`, CATALOGUE);
}

describe("a variation", () => {
  it("changes what it names and leaves the rest to the view", () => {
    const field = varied(first, { layer: 3, b: "Tokyo lies in" });
    expect(field).toEqual({
      ...first,
      layer: 3,
      prompts: [first.prompts[0], "Tokyo lies in", first.prompts[2]],
    });
    expect(varied(first, {})).toEqual(first);
    expect(without({ layer: 3, b: "x" }, "layer")).toEqual({ b: "x" });
  });

  it("of another model takes that model's own checkpoints", () => {
    const own = { ...first, revisions: ["step0", "step64"] };
    expect(varied(own, { model: "facts-4l" }).revisions).toBeNull();
    expect(varied(own, { layer: 1 }).revisions).toEqual(own.revisions);
  });

  it("is told from others by what differs, and only by that", () => {
    const fields = [varied(first, { layer: 1 }), varied(first, { layer: 1, revision: "step0" })];
    expect(differing(fields)).toEqual(["revision"]);
    expect(differing([first, first])).toEqual([]);
  });

  it("makes the view's own value moot where every field has one", () => {
    expect(ownEverywhere([{ layer: 1 }, { layer: 2, a: "x" }])).toEqual(["layer"]);
    expect(ownEverywhere([{ layer: 1 }, {}])).toEqual([]);
  });

  it("can be moved among the others", () => {
    expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  });
});

describe("fields side by side in the link", () => {
  it("come back whatever their prompts hold", () => {
    const compare: readonly Variation[] = [
      {},
      { revision: "step8", layer: 0 },
      { model: "facts-4l", layer: 3, distance: "l2", contexts: "first" },
      { a: "100 %; a,b: c=d&e", b: "日本 + 🙂", c: "%2C" },
    ];
    const hash = hashOf({ ...first, compare, difference: [0, 2] });
    expect(viewOf(hash, CATALOGUE)).toEqual({
      view: { ...first, compare, difference: [0, 2] },
      complaints: [],
    });
  });

  it("can be read by people", () => {
    const hash = hashOf({ ...first, compare: [{ revision: "step0" }, {}, { layer: 3, distance: "tv" }] });
    expect(hash).toContain("&cmp=step:step0;same;layer:3,d:tv");
  });

  it.each([
    ["step:step0", "2 to 6 fields"],
    ["same;same;same;same;same;same;same", "2 to 6 fields"],
    ["layer:99;same", "for layer:99 a whole number from 0 to 11"],
    ["model:facts-4l,layer:5;same", "for layer:5 a whole number from 0 to 3"],
    ["step:step9;same", "for step:step9 one of step0"],
    ["pal:safe;same", "pal is none"],
    ["layer;same", "2 to 6 fields"],
    ["a:%;same", "2 to 6 fields"],
  ])("are refused in words: %s", (text, said) => {
    const { view, complaints } = read(text);
    expect(view.compare).toEqual([]);
    expect(complaints[0]).toContain(said);
  });

  it.each(["1-1", "0-2", "1-7", "12", "a-b"])("have no difference %s", (text) => {
    const { view, complaints } = viewOf(`#v=1&diff=${text}`, CATALOGUE);
    expect(view.difference).toBeNull();
    expect(complaints).toHaveLength(1);
  });
});

describe("the contact sheet in the link", () => {
  it("names its checkpoints and layers, or all of them", () => {
    const some = { ...first, sheetRevisions: ["step0", "step8"], sheetLayers: [0, 11] } as const;
    expect(viewOf(hashOf(some), CATALOGUE)).toEqual({ view: some, complaints: [] });
    expect(hashOf(some)).toContain("srevs=step0,step8&slayers=0,11");
    const all = { ...first, sheetRevisions: "all", sheetLayers: "all", heat: "regions" } as const;
    expect(viewOf(hashOf(all), CATALOGUE)).toEqual({ view: all, complaints: [] });
  });

  it.each(["slayers=1,1", "slayers=-1", "slayers=", "srevs=,", "srevs=a,a", "heat=hot"])(
    "says what %s should have been",
    (part) => {
      const { view, complaints } = viewOf(`#v=1&${part}`, CATALOGUE);
      expect([view.sheetLayers, view.sheetRevisions, view.heat]).toEqual([null, null, "none"]);
      expect(complaints[0]).toContain("expected");
    },
  );
});
