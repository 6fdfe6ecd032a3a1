import { describe, expect, it } from "vitest";
import { lightness, paintRamp, ramp, wantsDarkInk } from "./ramp";

const SHARES = Array.from({ length: 201 }, (_, n) => n / 200);

/** Contrast of an ink of some luminance on a ground (WCAG 2). */
const contrast = (one: number, other: number): number =>
  (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

describe("the scale from little to much", () => {
  it("grows lighter all the way, so that it reads without colour", () => {
    const light = SHARES.map((share) => lightness(ramp(share)));
    for (let n = 1; n < light.length; n++) expect(light[n]).toBeGreaterThanOrEqual(light[n - 1] as number);
    expect(light[0]).toBeLessThan(0.01);
    expect(light[200]).toBeGreaterThan(0.85);
  });

  it("holds its ends outside 0…1", () => {
    expect(ramp(-1)).toEqual(ramp(0));
    expect(ramp(7)).toEqual(ramp(1));
  });

  it("is read with dark ink on light colours and light ink on dark ones, at 4.5 to 1 everywhere", () => {
    for (const share of SHARES) {
      const ground = lightness(ramp(share));
      expect(contrast(wantsDarkInk(share) ? 0 : 1, ground)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("paints the highest β on top and the most at its end", () => {
    const pixels = paintRamp(Float32Array.of(0, 1, 2, 4), 2, 2, 4);
    expect([...pixels.slice(0, 3)]).toEqual([...ramp(0.5)]);
    expect([...pixels.slice(4, 7)]).toEqual([...ramp(1)]);
    expect([...pixels.slice(8, 11)]).toEqual([...ramp(0)]);
    expect([...paintRamp(Float32Array.of(0), 1, 1, 0)]).toEqual([...ramp(0), 255]);
  });
});
