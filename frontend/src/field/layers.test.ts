import { describe, expect, it } from "vitest";
import { edgesLayer, strength } from "./edges";
import { figure, gradientLayer, logScale, logShare } from "./gradient";
import { ramp } from "./inkRamp";
import { spotLayer } from "./spot";
import { nearShare, thickness, veilLayer, veilSentence } from "./veil";
import { WHOLE } from "./view";

const GRID = { nx: 3, ny: 2, window: WHOLE };

/** Opacity at column i, row j from below. */
function opacity(pixels: Uint8ClampedArray, nx: number, ny: number, i: number, j: number): number {
  return pixels[4 * ((ny - 1 - j) * nx + i) + 3] ?? -1;
}

describe("ramps", () => {
  it.each([
    [false, -1],
    [true, 1],
  ] as const)("tell low from high by lightness alone (dark: %s)", (dark, way) => {
    const light = Array.from({ length: 11 }, (_, n) => {
      const [r, g, b] = ramp(n / 10, dark);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    });
    for (let n = 1; n < light.length; n++)
      expect(way * ((light[n] ?? 0) - (light[n - 1] ?? 0))).toBeGreaterThan(0);
    expect(ramp(1, dark)[3]).toBeGreaterThan(ramp(0, dark)[3]);
  });

  it("take what is not a number for low", () => {
    expect(ramp(Number.NaN, false)).toEqual(ramp(0, false));
    expect(ramp(7, false)).toEqual(ramp(1, false));
  });
});

describe("the gradient's layer", () => {
  it("is on a log scale of at least one power of ten", () => {
    const [low, high] = logScale(Float32Array.from([1, 1.1, 1.2]));
    expect(high / low).toBeGreaterThanOrEqual(10);
    expect(logShare(high, [low, high])).toBe(1);
    expect(logShare(Math.sqrt(low * high), [low, high])).toBeCloseTo(0.5, 6);
    expect(logShare(0, [low, high])).toBe(0);
    expect(logShare(Number.NaN, [low, high])).toBe(0);
  });

  it("puts row 0 at the bottom, and names its unit and the ends of its scale", () => {
    const layer = gradientLayer(
      Float32Array.from([0.001, 0.001, 10, 0.001, 0.001, 0.001]),
      GRID,
      "L2",
      false,
    );
    expect(opacity(layer.pixels, 3, 2, 2, 0)).toBeGreaterThan(opacity(layer.pixels, 3, 2, 0, 0));
    expect(opacity(layer.pixels, 3, 2, 2, 1)).toBe(opacity(layer.pixels, 3, 2, 0, 0));
    expect(layer.legend[0]?.text).toContain("L2");
    expect(layer.scale).toMatchObject({ from: "0.001", to: "10" });
  });

  it.each([
    [0.0123, "0.012"],
    [1.5e-5, "1.5·10⁻⁵"],
    [-2, "−2"],
    [0, "0"],
    [Number.NaN, "–"],
  ])("says %s as %s", (value, text) => expect(figure(value)).toBe(text));
});

describe("polytope edges", () => {
  const flips = { nx: 3, ny: 2, right: Int32Array.from([0, 9, 0, 0]), up: Int32Array.from([4, 0, 0]) };
  const layer = edgesLayer(flips, WHOLE, "the first MLP", false);

  it("lie half way between the two points that differ, and nowhere else", () => {
    const mist = opacity(layer.pixels, layer.nx, layer.ny, 0, 0);
    const inked = (x: number, y: number) => opacity(layer.pixels, layer.nx, layer.ny, x, y) > mist;
    expect([layer.nx, layer.ny]).toEqual([9, 5]);
    expect(inked(6, 0)).toBe(true);
    expect(inked(0, 2)).toBe(true);
    expect(inked(2, 2)).toBe(true);
    expect(inked(2, 0)).toBe(false);
    expect(inked(4, 0)).toBe(false);
    expect(inked(6, 4)).toBe(false);
  });

  it("are the stronger the more units change sign, and seen even where one does", () => {
    expect([0, 1, 4, 9].map((count) => strength(count, 9))).toEqual([
      0,
      expect.closeTo(0.45, 2),
      expect.closeTo(0.73, 2),
      1,
    ]);
    expect(layer.scale).toMatchObject({ from: "1", to: "9" });
  });

  it("say it where no unit changes its sign", () => {
    const none = edgesLayer({ ...flips, right: new Int32Array(4), up: new Int32Array(3) }, WHOLE, "it", true);
    expect(none.legend[0]?.text).toContain("no unit");
    expect(none.scale).toBeUndefined();
  });
});

describe("the veil", () => {
  it("leaves clear what is as near as real text is to itself, and is thickest from three times as far on", () => {
    expect([0, 0.5, 1, Math.sqrt(3), 3, 50, Number.NaN].map(thickness)).toEqual([
      0,
      0,
      0,
      expect.closeTo(0.5, 9),
      1,
      1,
      1,
    ]);
  });

  it("says what share of the window is near, and never rounds some to none or all", () => {
    const some = Float32Array.from([0.5, 2, 2, 2]);
    expect(nearShare(some)).toBe(0.25);
    expect(veilSentence(some)).toBe("25 % of this window is as near to real text as real text is to itself.");
    expect(veilSentence(new Float32Array(1000).fill(2).fill(1, 0, 1))).toMatch(/^Under 1 %/);
    expect(veilSentence(new Float32Array(1000).fill(1).fill(2, 0, 1))).toMatch(/^99 %/);
    expect(veilSentence(Float32Array.from([2.5, 4]))).toContain("the nearest is 2.5 times as far");
  });

  it("keeps the dots of real activations", () => {
    const dots = Float32Array.from([0, 0, 1, 0]);
    const layer = veilLayer({ ...GRID, relative: Float32Array.from([0, 1, 3, 0, 1, 9]), dots }, false);
    expect(layer.dots).toBe(dots);
    expect(opacity(layer.pixels, 3, 2, 1, 0)).toBe(0);
    expect(opacity(layer.pixels, 3, 2, 2, 0)).toBeGreaterThan(200);
  });
});

it("brings one region out by a mist over all others", () => {
  const layer = spotLayer(Int32Array.from([0, 0, 1, 1, 0, 1]), 1, GRID, true);
  const seen = [0, 1].map((j) => [0, 1, 2].map((i) => opacity(layer.pixels, 3, 2, i, j) === 0));
  expect(seen).toEqual([
    [false, false, true],
    [true, false, true],
  ]);
});
