/** Distances by the names people use. */

const NAMES: Readonly<Record<string, string>> = {
  hellinger: "Hellinger",
  l2: "L2",
  tv: "total variation",
  js: "Jensen–Shannon",
  cosine: "cosine",
};

export function distanceText(name: string): string {
  return NAMES[name] ?? name;
}
