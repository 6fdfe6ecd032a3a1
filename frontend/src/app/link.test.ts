import { describe, expect, it } from "vitest";
import { CATALOGUE, cardNamed } from "../subject/fixture";
import links from "./links.json";
import { ROOMS } from "./rooms";
import { firstSum, hashOf, type Sum, viewOf } from "./testing";

const first = firstSum();

function there(view: Sum): Sum {
  const read = viewOf(`#${hashOf(view)}`, CATALOGUE);
  expect(read.complaints).toEqual([]);
  return read.view;
}

describe("the link", () => {
  it("is empty for the first view, and the first view is what an empty link shows", () => {
    expect(viewOf("", CATALOGUE)).toEqual({ view: first, complaints: [] });
    expect(viewOf("#", CATALOGUE).view).toEqual(first);
  });

  it("brings every part of a view back, each in its room", () => {
    const everything: Sum = {
      room: "slice",
      model: "facts-4l",
      revision: "step8",
      revisions: null,
      dtype: "float64",
      prompts: ["  two spaces & an = sign #1", "日本の首都は", "a,b;c+d%20e\nnew line 🙂"],
      layer: 3,
      distance: "l2",
      contexts: "first",
      bos: false,
      window: { alpha: [0.123456, 0.2], beta: [-0.5, 12.25] },
      resolution: 257,
      exact: false,
      palette: "safe",
      normalisation: "sequence",
      trueScale: true,
      contours: false,
      names: false,
      fade: true,
      pin: [0.25, -0.125],
      theme: "projector",
      overlay: "veil",
      mlps: 3,
      tilt: { degrees: 22.5, seed: 7 },
      others: ["The capital of Kenya is", "  a & b"],
      beside: "regions",
      agree: "output",
      threshold: 0.0625,
      forming: true,
      line: ["C", [0.125, 0.75]],
      allCurves: true,
      enlarged: "inside",
      path: "arc",
      logits: true,
      compare: [
        { revision: "step8", layer: 2 },
        { distance: "tv", b: "a;b" },
      ],
      difference: [1, 0],
      sheetRevisions: "all",
      sheetLayers: [0, 2],
      heat: "sharpness",
      study: null,
    };
    const { compare, difference, sheetRevisions, sheetLayers, heat, ...slice } = everything;
    expect(there(everything)).toEqual({ ...first, ...slice });
    const { dtype, window, pin, palette, ...rest } = everything;
    const looked = { dtype, window, pin, palette, prompts: rest.prompts, tilt: rest.tilt, model: rest.model };
    const compared = there({ ...everything, room: "compare" });
    expect(compared).toMatchObject({ ...looked, room: "compare", compare, difference });
    const sheet = there({ ...everything, room: "sheet" });
    expect(sheet).toMatchObject({ ...looked, room: "sheet", sheetRevisions, sheetLayers, heat });
  });

  it.each(links)("of version 1 goes on opening: $name", ({ hash, differs }) => {
    expect(viewOf(hash, CATALOGUE)).toEqual({ view: { ...first, ...differs }, complaints: [] });
  });

  it("keeps more than thirty links of version 1, of every room", () => {
    expect(links.length).toBeGreaterThanOrEqual(30);
    for (const { name } of ROOMS)
      expect(links.some(({ hash }) => viewOf(hash, CATALOGUE).view.room === name)).toBe(true);
  });

  it("tells a plane that could be turned from one that is not to be, and from a turned one", () => {
    for (const tilt of [null, { degrees: 0, seed: 3 }, { degrees: 90, seed: 0 }]) {
      expect(there({ ...first, tilt }).tilt).toEqual(tilt);
    }
  });

  it.each(["91,0", "20", "-1,0", "20,0.5", "20,9999999999", "x,y"])("never takes %s for a tilt", (text) => {
    expect(viewOf(`#v=1&tilt=${text}`, CATALOGUE).view.tilt).toBeNull();
  });

  it("closes gaps between further prompts and drops what is there twice", () => {
    const { view, complaints } = viewOf("#v=1&p4=one&p6=two&p7=one", CATALOGUE);
    expect(view.others).toEqual(["one", "two"]);
    expect(complaints).toHaveLength(1);
  });

  it.each(["0", "-1", "", "NaN", "2e6"])("never takes %s for a threshold", (text) => {
    expect(viewOf(`#v=1&thr=${text}`, CATALOGUE).view.threshold).toBeNull();
  });

  it("shows the line from A to B unless it names another, and says what it cannot read", () => {
    expect(hashOf(first)).not.toContain("line=");
    expect(viewOf("#v=1&line=CA", CATALOGUE).view.line).toEqual(["C", "A"]);
    const { view, complaints } = viewOf("#v=1&line=AA", CATALOGUE);
    expect(view.line).toEqual(["A", "B"]);
    expect(complaints[0]).toContain("two different ends");
  });

  it("keeps a model that this catalogue does not list, with its own checkpoints", () => {
    const view: Sum = {
      ...first,
      model: "EleutherAI/pythia-70m",
      revision: "step512",
      revisions: ["step0", "step512"],
    };
    expect(there(view)).toEqual(view);
  });

  it("keeps every digit of a deep zoom, and of a point in it", () => {
    const window = { alpha: [0.41234567890123, 0.41234567890135], beta: [1e-13, 3e-13] } as const;
    expect(there({ ...first, window, pin: [0.41234567890129, 2e-13] }).window).toEqual(window);
  });

  it("reads links from before there was a choice of precision as single precision", () => {
    const old = hashOf(first).replace("&dtype=float32", "");
    expect(old).not.toContain("dtype");
    expect(viewOf(`#${old}`, CATALOGUE)).toEqual({ view: first, complaints: [] });
  });

  it("takes any checkpoint of a model of the hub, also one that is not on disk yet", () => {
    const hub = { ...cardNamed("EleutherAI/pythia-70m", "Pythia", 6), source: "hub" as const };
    const read = viewOf("#v=1&model=EleutherAI/pythia-70m&step=step512", {
      ...CATALOGUE,
      models: [...CATALOGUE.models, hub],
    });
    expect(read.complaints).toEqual([]);
    expect(read.view).toMatchObject({ revision: "step512", revisions: null });
  });

  it("writes what is asked even where it is the default, so that a later default changes no old link", () => {
    const hash = hashOf(first);
    for (const name of [
      "v=1",
      "model=",
      "step=",
      "a=",
      "b=",
      "c=",
      "layer=",
      "dtype=",
      "d=",
      "ctx=",
      "n=",
      "exact=",
      "w=",
    ]) {
      expect(hash).toContain(name);
    }
    expect(hash).not.toContain("pal=");
  });

  it("says which values it could not use, what it expected and what it shows instead", () => {
    const { view, complaints } = viewOf("#v=1&model=facts-12l&layer=99&n=66&w=1,0,0,1&a=", CATALOGUE);
    expect(view.layer).toBe(first.layer);
    expect(view.resolution).toBe(65);
    expect(view.prompts).toEqual(first.prompts);
    expect(complaints).toHaveLength(4);
    expect(complaints.join("\n")).toContain(
      "layer=99 in the link: expected a whole number from 0 to 11. Shown instead: layer=2.",
    );
  });

  it("names fields it does not know and versions it cannot read", () => {
    expect(viewOf("#v=1&zz=3", CATALOGUE).complaints).toEqual(["zz=3 in the link means nothing here."]);
    expect(viewOf("#v=2", CATALOGUE).complaints[0]).toContain("version 2");
    expect(viewOf("#model=facts-4l", CATALOGUE).complaints[0]).toContain("no version");
  });

  it("refuses a checkpoint the model has not got, by name", () => {
    const { view, complaints } = viewOf("#v=1&model=facts-4l&step=step9", CATALOGUE);
    expect(view.revision).toBe("step64");
    expect(complaints[0]).toContain("step0, step1");
  });

  it("gives a model named alone its own good layer", () => {
    expect(viewOf("#v=1&model=facts-4l", CATALOGUE).view.layer).toBe(0);
  });

  it.each(["NaN", "Infinity", "1e999", "0x1", "", "1,2,3", "1,2,3,200"])(
    "never takes %s for a window",
    (text) => {
      const { view } = viewOf(`#v=1&w=${text}`, CATALOGUE);
      expect(view.window).toEqual(first.window);
    },
  );
});
