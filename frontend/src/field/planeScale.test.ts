import { describe, expect, it } from "vitest";
import { scales } from "./colour";
import { exampleSlice } from "./example";
import { knowsScale, planeScale } from "./planeScale";
import { largest } from "./slice";

const CLOSE = { window: { alpha: [-0.1, 0.1], beta: [-0.1, 0.1] } } as const;
const FAR = { window: { alpha: [-1, 2], beta: [-1, 2] } } as const;

describe("the scale of a plane", () => {
  it("is that of the slice until the whole plane was seen, and then of the whole, however close one looks", () => {
    const close = exampleSlice(17, CLOSE);
    expect(knowsScale(close)).toBe(false);
    expect(scales("frame", close)).toEqual(largest(close));
    const whole = exampleSlice(33);
    expect(scales("frame", whole)).toEqual(largest(whole));
    expect(knowsScale(close)).toBe(true);
    expect(scales("frame", close)).toEqual(largest(whole));
    expect(largest(close)[0]).toBeLessThan(largest(whole)[0]);
  });

  it("is the finest whole slice's, whichever came last", () => {
    const fine = planeScale(exampleSlice(65));
    planeScale(exampleSlice(9));
    expect(planeScale(exampleSlice(17, CLOSE))).toEqual(fine);
  });

  it("grows with what is seen from farther, and contrast stays the window's own", () => {
    const far = exampleSlice(33, FAR);
    expect(planeScale(far)).toEqual(largest(far));
    const close = exampleSlice(17, CLOSE);
    expect(scales("contrast", close)).toEqual(largest(close));
  });
});
