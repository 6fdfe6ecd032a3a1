/** What the page reads of the server's two diagrams. */
import { DecodeError, type NamedArray, type ResultFile } from "../../../api/decode";

export interface Length {
  readonly kind: "diagram" | "map";
  /** Values to the right. */
  readonly x: ArrayLike<number>;
  /** Values upward; of a diagram, the two ends of what its bins divide. */
  readonly y: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  /** Of a diagram: steps by bin and value [height, width], lowest bin first. */
  readonly density: ArrayLike<number> | null;
  /** λ₁, of each value [width] or of each point [height, width]. */
  readonly exponent: ArrayLike<number>;
  /** Indices of `regimes`. */
  readonly regime: ArrayLike<number>;
  readonly regimes: readonly string[];
  readonly file: ResultFile;
}

export function lengthOf(file: ResultFile): Length {
  const regimes = file.metadata["regimes"] as readonly string[];
  const [exponent, regime] = [numbers(file, "exponents"), numbers(file, "regime")];
  const said = { exponent: exponent.data, regime: regime.data, regimes, file };
  const density = file.arrays.get("density");
  if (!density) {
    const [x, y] = [numbers(file, "x").data, numbers(file, "y").data];
    return { kind: "map", x, y, width: x.length, height: y.length, density: null, ...said };
  }
  const [height = 0, width = 0] = density.shape;
  const x = numbers(file, "axis").data;
  const span = (file.metadata["request"] as { readonly span?: readonly [number, number] })?.span ?? [-1, 1];
  return { kind: "diagram", x, y: span, width, height, density: numbers(file, "density").data, ...said };
}

type Numbers = Exclude<NamedArray, { readonly dtype: "I64" }>;

function numbers(file: ResultFile, name: string): Numbers {
  const found = file.arrays.get(name);
  if (!found || found.dtype === "I64")
    throw new DecodeError(`The diagram holds no array “${name}” of numbers.`);
  return found;
}

/** Regimes by the share of values or points that they hold, the commonest first. */
export function sharesOf({ regime, regimes }: Pick<Length, "regime" | "regimes">): [string, number][] {
  const counts = new Map<string, number>();
  for (let i = 0; i < regime.length; i++) {
    const name = regimes[regime[i] as number] ?? "undecided";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]): [string, number] => [name, count / regime.length])
    .sort((a, b) => b[1] - a[1]);
}
