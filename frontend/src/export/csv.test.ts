import { expect, test } from "vitest";
import { exampleSlice } from "../field/example";
import { csv } from "./csv";

const slice = exampleSlice(9);
const lines = csv(slice).trimEnd().split("\n");

test("there is a row a point under a header that names the columns", () => {
  expect(lines[0]).toBe(
    "alpha,beta,distance_a,distance_b,distance_c,top_token_a,top_token_b,top_token_c,name,computed",
  );
  expect(lines.length).toBe(1 + 81);
});

test("numbers read back as the very same float32", () => {
  lines.slice(1).forEach((line, n) => {
    const [alpha, beta, a, b, c] = line.split(",").map((text) => Math.fround(Number(text)));
    expect([alpha, beta]).toEqual([slice.alpha[n % 9], slice.beta[Math.floor(n / 9)]]);
    expect([a, b, c]).toEqual([0, 1, 2].map((k) => slice.distance[k * 81 + n]));
  });
});

test("a token with a comma, a quote or a line's end is quoted", () => {
  const tokens = new Map([
    [10, ' "yen", 円'],
    [11, "\n"],
    [12, " plain"],
  ]);
  const text = csv({ ...slice, tokens });
  expect(text).toContain('," ""yen"", 円",');
  expect(text).toContain(',"\n",');
  expect(text).toContain(", plain,");
});
