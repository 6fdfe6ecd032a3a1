import { describe, expect, it } from "vitest";
import type { Variation } from "../rooms/compare/variation";
import { firstStudy, type Study } from "../rooms/study/study";
import { CATALOGUE } from "../subject/fixture";
import { firstSum, hashOf, viewOf } from "./testing";

const first = firstSum();

function read(cmp: string) {
  return viewOf(`#v=1&cmp=${encodeURIComponent(cmp)}`, CATALOGUE);
}

describe("fields side by side in the link", () => {
  it("come back whatever their prompts hold", () => {
    const compare: readonly Variation[] = [
      {},
      { revision: "step8", layer: 0 },
      { model: "facts-4l", layer: 3, distance: "l2", contexts: "first" },
      { a: "100 %; a,b: c=d&e", b: "日本 + 🙂", c: "%2C" },
    ];
    const hash = hashOf({ ...first, room: "compare", compare, difference: [0, 2] });
    expect(viewOf(hash, CATALOGUE)).toEqual({
      view: { ...first, room: "compare", compare, difference: [0, 2] },
      complaints: [],
    });
  });

  it("can be read by people", () => {
    const hash = hashOf({
      ...first,
      room: "compare",
      compare: [{ revision: "step0" }, {}, { layer: 3, distance: "tv" }],
    });
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
    const some = {
      ...first,
      room: "sheet",
      sheetRevisions: ["step0", "step8"],
      sheetLayers: [0, 11],
    } as const;
    expect(viewOf(hashOf(some), CATALOGUE)).toEqual({ view: some, complaints: [] });
    expect(hashOf(some)).toContain("srevs=step0,step8&slayers=0,11");
    const all = {
      ...first,
      room: "sheet",
      sheetRevisions: "all",
      sheetLayers: "all",
      heat: "regions",
    } as const;
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

describe("the link of the study room", () => {
  const full: Study = {
    section: "meaning",
    distance: "l2",
    steps: 21,
    seed: 7,
    checkpoints: ["step0", "step64"],
    models: ["facts-4l", "EleutherAI/pythia-70m"],
    layers: [0, 3],
    corpus: "texts",
    text: "one line & = #\nanother | 日本",
    pairs: 12,
    promptTokens: 5,
    over: "parameters",
    measure: "width",
    hidden: ["facts-4l"],
    cell: ["facts-4l", "step64", 3],
    pair: 4,
    meaningModel: "facts-12l",
    meaningLayers: [2, 11],
    meaningPairs: 50,
    contrast: "own",
    same: "a | b",
    different: "c | d\n",
    score: "one_token",
    place: ["step64", 11],
  };

  it("brings every part of a study back, and is of its room alone", () => {
    const view = { ...first, room: "study", study: full };
    expect(viewOf(`#${hashOf(view)}`, CATALOGUE)).toEqual({ view, complaints: [] });
    expect(hashOf({ ...view, room: "slice" })).not.toMatch(/[?&][sm]\./);
    expect(hashOf(view)).not.toMatch(/[?&](model|a|layer|w)=/);
  });

  it("names hidden lines only where there are some", () => {
    const study = firstStudy(CATALOGUE);
    expect(hashOf({ ...first, room: "study", study })).not.toContain("s.hide");
    const read = viewOf("#v=1&room=study&s.hide=facts-4l,facts-12l", CATALOGUE);
    expect(read).toMatchObject({ complaints: [], view: { study: { hidden: ["facts-4l", "facts-12l"] } } });
    expect(viewOf("#v=1&s.hide=a,a", CATALOGUE).complaints).toHaveLength(1);
  });

  it("says nothing of studies before somebody has entered the room", () => {
    expect(hashOf(first)).not.toMatch(/[sm]\./);
  });

  it("fills in the rest where a link names some of it, and says what makes no sense", () => {
    const read = viewOf("#v=1&room=study&s.pairs=50&s.layers=0,x&s.section=luck", CATALOGUE);
    expect(read.view.study).toEqual({ ...firstStudy(CATALOGUE), pairs: 50 });
    expect(read.complaints).toHaveLength(2);
    expect(read.complaints.join()).toContain("different layers");
  });
});
