/** Networks by seed, small: each a diagram of its first feature over β from 0 to 3, and a way there. */

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { closeMenus, Menu } from "../../kit/Menu";
import { density } from "./draw/density";
import { ground, ofExponent } from "./draw/ink";
import { dynamics } from "./link";
import { measure, star } from "./model/measure";
import { project, segments } from "./model/network";
import type { Column } from "./work/messages";

const COUNT = 12;
const VALUES = 97;
const HOW = { discard: 300, steps: 200, directions: 1 };
const SIZE = { width: 144, height: 84 };

/** Pictures by network. */
const drawn = signal<ReadonlyMap<string, string>>(new Map());
const first = signal(1);

function picture(seed: number): string {
  const { features, context, gamma, epsilon } = dynamics.peek();
  const net = project(segments(seed, features, context));
  const start = star(net, gamma, epsilon);
  const columns = Array.from({ length: VALUES }, (_, i): Column => {
    const beta = (3 * i) / (VALUES - 1);
    const { mean, error, ...found } = measure(net, { beta, gamma, epsilon }, start, HOW);
    return { ...found, beta, exponents: mean, errors: error, position: 0, discard: HOW.discard };
  });
  const colour = (column: Column) => ofExponent(column.exponents[0]);
  const image = density([{ columns, colour }], {
    ...SIZE,
    across: [0, 3],
    up: [-1, 1],
    feature: 1,
    features,
    ground: ground(),
    keeps: () => true,
  });
  const canvas = document.createElement("canvas");
  canvas.width = SIZE.width;
  canvas.height = SIZE.height;
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas.toDataURL();
}

const named = (seed: number): string => {
  const { features, context, gamma, epsilon } = dynamics.value;
  return JSON.stringify([seed, features, context, gamma, epsilon]);
};

/** One of the pictures; made when it is first seen, one at a time so that the page stays quick. */
function Tile({ seed, wait }: { readonly seed: number; readonly wait: number }) {
  const name = named(seed);
  const source = drawn.value.get(name);
  useEffect(() => {
    if (drawn.peek().has(name)) return;
    const later = setTimeout(() => {
      drawn.value = new Map([...drawn.peek(), [name, picture(seed)]]);
    }, 30 * wait);
    return () => clearTimeout(later);
  }, [name]);
  return (
    <button
      type="button"
      class="seed"
      aria-current={dynamics.value.seed === seed}
      onClick={() => {
        dynamics.change({ seed });
        closeMenus();
      }}
    >
      {source ? <img src={source} alt="" {...SIZE} /> : <span class="seed-empty" />}
      seed {seed}
    </button>
  );
}

function Tiles() {
  const seeds = Array.from({ length: COUNT }, (_, i) => first.value + i);
  const turn = (by: number): void => {
    first.value = Math.max(0, first.value + by);
  };
  return (
    <>
      <div class="seeds">
        {seeds.map((seed, i) => (
          <Tile key={seed} seed={seed} wait={i} />
        ))}
      </div>
      <div class="seed-turn">
        <button type="button" disabled={first.value === 0} onClick={() => turn(-COUNT)}>
          earlier seeds
        </button>
        <button type="button" onClick={() => turn(COUNT)}>
          later seeds
        </button>
      </div>
    </>
  );
}

/** Whether the menu has been opened: its pictures are made then. */
const opened = signal(false);

export function Seeds() {
  return (
    <div onClickCapture={() => (opened.value = true)}>
      <Menu label="Networks" title="Networks by seed, small">
        {opened.value && <Tiles />}
      </Menu>
    </div>
  );
}
