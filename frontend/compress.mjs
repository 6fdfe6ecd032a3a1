/**
 * Writes `.br` and `.gz` beside every file of the built page that becomes smaller by them: compressed once, at their best,
 * when the page is built. The server sends whichever a browser takes.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const PAGE = "../backend/stable_regions/web";
const SMALL = 1024;
const WORTH = 0.9;

const brotli = (plain) =>
  brotliCompressSync(plain, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
  });

const WAYS = [
  [".br", brotli],
  [".gz", (plain) => gzipSync(plain, { level: constants.Z_BEST_COMPRESSION })],
];

for (const name of readdirSync(PAGE, { recursive: true })) {
  const file = join(PAGE, name);
  if (!statSync(file).isFile() || name === "manifest.json") continue;
  const plain = readFileSync(file);
  if (plain.length <= SMALL) continue;
  for (const [end, way] of WAYS) {
    const packed = way(plain);
    if (packed.length <= WORTH * plain.length) writeFileSync(file + end, packed);
  }
}
