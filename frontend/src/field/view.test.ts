import { expect, test } from "vitest";
import { exampleSlice } from "./example";
import { random } from "./testing";
import {
  aspect,
  frame,
  NARROWEST,
  near,
  pan,
  sameWindow,
  span,
  tidy,
  toPixel,
  toPlane,
  WHOLE,
  type Window,
  windowOf,
  zoom,
} from "./view";

const next = random(11);
const windows: Window[] = Array.from({ length: 20 }, () => {
  const [a, b] = [4 * next() - 2, 4 * next() - 2];
  return { alpha: [a, a + 0.01 + 3 * next()], beta: [b, b + 0.01 + 3 * next()] };
});

test("a pixel of the plane is the plane's point again", () => {
  for (const window of windows) {
    for (const scale of [null, 0.4, 1.7]) {
      const here = frame(window, { width: 640, height: 480 }, scale);
      const [alpha, beta] = [
        window.alpha[0] + next() * span(window.alpha),
        window.beta[0] + next() * span(window.beta),
      ];
      const { x, y } = toPixel(here, alpha, beta);
      const back = toPlane(here, x, y);
      expect(back.alpha).toBeCloseTo(alpha, 9);
      expect(back.beta).toBeCloseTo(beta, 9);
    }
  }
});

test("the lowest beta is at the bottom, the lowest alpha at the left", () => {
  const here = frame(WHOLE, { width: 300, height: 300 });
  expect(toPixel(here, -0.25, -0.25)).toEqual({ x: 0, y: 300 });
  expect(toPixel(here, 1.25, 1.25)).toEqual({ x: 300, y: 0 });
});

test("zooming keeps the point under the pointer where it is, and zooming back restores the window", () => {
  for (const window of windows) {
    const centre = {
      alpha: window.alpha[0] + 0.3 * span(window.alpha),
      beta: window.beta[0] + 0.8 * span(window.beta),
    };
    const closer = zoom(window, 0.5, centre);
    expect((centre.alpha - closer.alpha[0]) / span(closer.alpha)).toBeCloseTo(0.3, 9);
    expect(sameWindow(zoom(closer, 2, centre), window)).toBe(true);
  }
});

test("a window never leaves what can be asked for, nor gets narrower than numbers allow", () => {
  const far = zoom(WHOLE, 1e6, { alpha: 0, beta: 0 });
  expect(far).toEqual({ alpha: [-100, 100], beta: [-100, 100] });
  expect(pan(WHOLE, 1e4, -1e4)).toEqual({ alpha: [98.5, 100], beta: [-100, -98.5] });
  for (const narrowest of [NARROWEST.float32, NARROWEST.float64]) {
    const deep = zoom(WHOLE, 1e-30, { alpha: 0, beta: 0 }, narrowest);
    expect(span(deep.alpha) / narrowest).toBeCloseTo(1, 1);
  }
  const out = zoom(WHOLE, 1e-30, { alpha: 90, beta: 90 }, NARROWEST.float64);
  expect(out.alpha[1]).toBeGreaterThan(out.alpha[0]);
});

test("true scale gives a unit of each axis the length it has in the residual stream", () => {
  const slice = exampleSlice(9);
  const here = frame(windowOf(slice), { width: 600, height: 600 }, aspect(slice));
  const origin = toPixel(here, 0, 0);
  const [right, up] = [toPixel(here, 1, 0).x - origin.x, origin.y - toPixel(here, 0, 1).y];
  expect(up / right).toBeCloseTo(slice.norms.cx / slice.norms.ba, 9);
  expect(here.height).toBe(600);
  expect(here.left).toBeCloseTo(100, 9);
});

test("looking closer at a window that is narrower than single precision allows leaves it as it is", () => {
  const deep: Window = { alpha: [0.5, 0.5 + 1e-12], beta: [0.25, 0.25 + 1e-12] };
  const closer = zoom(deep, 0.5, { alpha: 0.5, beta: 0.25 });
  expect(span(closer.alpha)).toBe(span(deep.alpha));
  expect(span(zoom(deep, 2, { alpha: 0.5, beta: 0.25 }).alpha)).toBeGreaterThan(1.9e-12);
});

test("a slice covers the window that was asked, however few digits its axes have", () => {
  const window: Window = { alpha: [0.5, 0.5 + 1e-11], beta: [0.25, 0.25 + 1e-11] };
  const slice = exampleSlice(9, { window });
  expect(span(windowOf(slice).alpha)).toBe(0);
  const asked = { ...slice, recipe: { ...slice.recipe, window: { ...window } } };
  expect(windowOf(asked)).toEqual(window);
});

test("a tidy window of doubles keeps what tells its ends apart", () => {
  const deep: Window = { alpha: [0.4, 0.4 + 1.3e-13], beta: [1.1, 1.1 + 1.3e-13] };
  const tidied = tidy(deep);
  expect(Math.abs(span(tidied.alpha) / span(deep.alpha) - 1)).toBeLessThan(1e-2);
  expect(near(0.123456789, 1e-3)).toBe(0.1234568);
});

test("a tidy window is the same to the eye and short in a link", () => {
  const tidied = tidy({ alpha: [0.123456789, 0.623456789], beta: [-1 / 3, 2 / 3] });
  expect(tidied).toEqual({ alpha: [0.12346, 0.62346], beta: [-0.3333, 0.6667] });
});
