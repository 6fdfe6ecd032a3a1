import { describe, expect, it } from "vitest";
import { step } from "./place";

const upward = [5, 2, 0];
const columns = ["a", "b", "c"];
const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, metaKey: false, altKey: false });
const from = { layer: 2, revision: "b" };

describe("a key on the sheet", () => {
  it.each([
    ["ArrowUp", 5, "b"],
    ["ArrowDown", 0, "b"],
    ["ArrowLeft", 2, "a"],
    ["ArrowRight", 2, "c"],
    ["Home", 2, "a"],
    ["End", 2, "c"],
  ])("%s goes to layer %i, checkpoint %s", (name, layer, revision) => {
    expect(step(key(name), upward, columns, from)).toEqual({ layer, revision });
  });

  it("with Ctrl goes to the corners: the first checkpoint's lowest layer, the last one's highest", () => {
    expect(step(key("Home", true), upward, columns, from)).toEqual({ layer: 0, revision: "a" });
    expect(step(key("End", true), upward, columns, from)).toEqual({ layer: 5, revision: "c" });
  });

  it("stays on the sheet at its edges", () => {
    expect(step(key("ArrowUp"), upward, columns, { layer: 5, revision: "c" })).toEqual({
      layer: 5,
      revision: "c",
    });
    expect(step(key("ArrowRight"), upward, columns, { layer: 5, revision: "c" })?.revision).toBe("c");
  });

  it("begins at the first checkpoint's lowest layer", () => {
    expect(step(key("ArrowUp"), upward, columns, null)).toEqual({ layer: 2, revision: "a" });
  });

  it("is left to others where it is not the grid's", () => {
    expect(step(key("Enter"), upward, columns, from)).toBeNull();
    expect(step(key("ArrowUp", true), upward, columns, from)).toBeNull();
  });
});
