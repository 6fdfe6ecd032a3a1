import { describe, expect, it } from "vitest";
import type { ModelDocument } from "../../api/types";
import { CATALOGUE, cardNamed } from "../fixture";
import { firstView } from "../view";
import { between, firstWay, opening, ordered, ways } from "./choose";
import { groups, isId } from "./rows";

const card = { ...cardNamed("EleutherAI/pythia-70m", "Pythia", 6), source: "hub" as const, distance: "l2" };
const hub: ModelDocument = {
  card,
  selections: [
    { how: "log-8", text: "eight", revisions: ["step0", "step8", "step64"] },
    { how: "last", text: "the end of training", revisions: ["step64"] },
  ],
  license: "apache-2.0",
  gated: false,
  on_disk: ["step8"],
  listed_at: 0,
};
const bundled: ModelDocument = { ...hub, card: CATALOGUE.models[0] as ModelDocument["card"] };
const view = firstView(CATALOGUE);

describe("ways to choose", () => {
  it("offers the server's selections and what is on disk; all of them only where they are no downloads", () => {
    expect(ways(hub).map((way) => way.how)).toEqual(["log-8", "last", "disk"]);
    expect(ways(bundled).map((way) => way.how)).toEqual(["all", "log-8", "last"]);
  });

  it("opens with what is shown, offline with what is here, else with the first", () => {
    const offered = ways(hub);
    expect(firstWay(offered, view, card.name, false)).toBe("log-8");
    expect(firstWay(offered, view, card.name, true)).toBe("disk");
    const open = { ...view, model: card.name };
    expect(firstWay(offered, { ...open, revisions: ["step64"] }, card.name, false)).toBe("last");
    expect(firstWay(offered, { ...open, revisions: ["step1"] }, card.name, false)).toBe("hand");
  });

  it("puts checkpoints in the order of training, and typed ones after them", () => {
    expect(ordered(new Set(["step8", "my-branch", "step0"]), card.revisions)).toEqual([
      "step0",
      "step8",
      "my-branch",
    ]);
  });

  it("spaces checkpoints evenly in the logarithm of the step, both ends kept", () => {
    const rows = Array.from({ length: 101 }, (_, i) => ({
      revision: `step${i * 10}`,
      stage: null,
      step: i * 10,
      tokens: null,
      loss: null,
    }));
    const names = between(rows, 0, 100, 5);
    expect([names.length, names[0], names.at(-1)]).toEqual([5, "step0", "step1000"]);
    const gaps = names.slice(1).map((name, i) => Number(name.slice(4)) - Number(names[i]?.slice(4)));
    expect(gaps).toEqual([...gaps].sort((p, q) => p - q));
    expect(between(rows, 4, 2, 9)).toEqual(["step20", "step30", "step40"]);
  });
});

describe("opening a model", () => {
  it("of the hub takes its own layer and distance, and exactly the chosen checkpoints", () => {
    const change = opening(CATALOGUE, { ...view, pin: [0, 0] }, hub, ["step0", "step8"]);
    expect(change).toMatchObject({
      model: card.name,
      revision: "step8",
      revisions: ["step0", "step8"],
      layer: card.write_layer,
      distance: "l2",
      pin: null,
    });
    expect(change.prompts).toBeUndefined();
  });

  it("that is open already changes its frames only", () => {
    const open = { ...view, model: card.name, revision: "step0" };
    expect(opening(CATALOGUE, open, hub, ["step0", "step8"])).toEqual({
      revision: "step0",
      revisions: ["step0", "step8"],
    });
  });

  it("that is bundled, with all its checkpoints, is the model's own film", () => {
    const all = bundled.card.revisions.map((row) => row.revision);
    expect(opening(CATALOGUE, view, bundled, all)).toMatchObject({ model: "facts-4l", revisions: null });
    expect(opening(CATALOGUE, view, bundled, ["step1"]).revisions).toEqual(["step1"]);
  });
});

describe("the list", () => {
  const listed = {
    ...CATALOGUE,
    models: [...CATALOGUE.models, { ...card, revisions: card.revisions.slice(0, 2) }],
  };

  it("begins with what is here and says how much of a repository is on disk", () => {
    const [here, pythia] = groups(listed, "");
    expect(here?.title).toBe("On this computer");
    expect(here?.rows.map((row) => row.name)).toContain("facts-12l");
    expect(pythia?.rows.map((row) => [row.name, row.here])).toEqual([
      ["EleutherAI/pythia-70m", 2],
      ["EleutherAI/pythia-12b", 0],
    ]);
  });

  it("finds rows by every word, in the name, the family, the licence or the note", () => {
    expect(groups(listed, "PYTHIA 12b").flatMap((group) => group.rows.map((row) => row.name))).toEqual([
      "EleutherAI/pythia-12b",
    ]);
    expect(groups(listed, "apache pile")).toHaveLength(1);
    expect(groups(listed, "nothing like it")).toEqual([]);
  });

  it("offline has only what is here", () => {
    const offline = { ...listed, hub: { ...listed.hub, offline: true } };
    expect(groups(offline, "").map((group) => group.title)).toEqual(["On this computer"]);
  });

  it.each(["EleutherAI/pythia-70m", "a/b.c_d"])("takes %s for a repository", (text) =>
    expect(isId(text)).toBe(true),
  );
  it.each(["pythia", "a/b/c", "/b", "a/", "a/../b", "a b/c", "https://a/b"])("takes %s for none", (text) =>
    expect(isId(text)).toBe(false),
  );
});
