import { expect, describe as group, it } from "vitest";
import { csvOf, describe, heatShare, layersText, type Row } from "./describe";

const row = (layer: number, step: number, sharpness: number | null, regions: number): Row => ({
  layer,
  revision: `step${step}`,
  moment: `step ${step}`,
  sharpness,
  regions,
});

group("a contact sheet in words", () => {
  it("says where it is sharpest, when borders first appear and where regions are many", () => {
    const rows = [
      row(0, 0, 1.2, 9),
      row(0, 256, 2.4, 4),
      row(0, 1536, 5.1, 3),
      row(2, 0, 1.1, 12),
      row(2, 256, 2.1, 5),
      row(2, 1536, 7.6, 3),
    ];
    expect(describe(rows)).toBe(
      "Sharpest at layer 2, step 1536: 7.6. A border twice as steep as a straight line first appears at step 256, at layers 0 and 2. Most regions at layer 2, step 0: 12; fewest at layer 0, step 1536: 3.",
    );
  });

  it("says so where a border is there from the first checkpoint on, or at none", () => {
    expect(describe([row(1, 0, 3, 2), row(1, 8, 4, 2)])).toContain("is there from step 0 on, at layer 1");
    expect(describe([row(1, 0, 1.3, 2)])).toContain("No border is twice as steep");
    expect(describe([row(1, 0, 1.3, 1)])).toContain("Every slice has one region.");
  });

  it("leaves out what is not defined, and says nothing of nothing", () => {
    expect(describe([row(0, 0, null, 3)])).toBe("Every slice has 3 regions.");
    expect(describe([])).toBe("");
  });

  it("lists layers as people do", () => {
    expect([[4], [4, 5], [0, 1, 2, 3], [0, 2], [0, 2, 5]].map(layersText)).toEqual([
      "layer 4",
      "layers 4 and 5",
      "layers 0 to 3",
      "layers 0 and 2",
      "layers 0, 2 and 5",
    ]);
  });
});

group("a contact sheet in numbers", () => {
  it("is a line a cell, with nothing where nothing is known", () => {
    const line = { ...row(2, 8, null, 3), step: 8, tokens: null, width: null, side: 33, key: "k" };
    expect(csvOf([line, { ...line, revision: 'a,"b"', sharpness: 1.5 }])).toBe(
      'layer,revision,step,tokens,sharpness,width,regions,points_per_side,key\n2,step8,8,,,,3,33,k\n2,"a,""b""",8,,1.5,,3,33,k\n',
    );
  });

  it("has a shade from a straight line to the sharpest", () => {
    expect([heatShare(1, 9), heatShare(5, 9), heatShare(9, 9), heatShare(0.5, 9)]).toEqual([0, 0.5, 1, 0]);
    expect(heatShare(1, 1)).toBe(0);
  });
});
