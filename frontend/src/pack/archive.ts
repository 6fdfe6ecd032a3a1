/**
 * A pack as one file, dropped on the page: a zip whose entries are stored, so that nothing in it can inflate, and whose names
 * are a list that is known beforehand. What is in it is checked by the source, result by result.
 */
import { unzipSync } from "fflate";
import { answerFromPack } from "./open";
import { PackSource } from "./source";

/** Bytes of a pack that is read. */
const LARGEST = 2 ** 29;

const NAMES = /^(manifest\.json|catalogue\.json|results\/[0-9a-f]{64}\.srz)$/;

/** The pack's files by name, or an error that says what is wrong. */
export function filesOf(archive: Uint8Array): ReadonlyMap<string, Uint8Array> {
  let odd: string | null = null;
  let found: Record<string, Uint8Array>;
  try {
    found = unzipSync(archive, {
      filter: ({ name, compression }) => {
        const good = NAMES.test(name) && compression === 0;
        if (!good) odd ??= name;
        return good;
      },
    });
  } catch {
    throw new Error("It is no pack, or it is cut off.");
  }
  if (odd !== null)
    throw new Error(`It holds “${String(odd).slice(0, 60)}”, which no pack does; nothing of it was used.`);
  return new Map(Object.entries(found));
}

/** Opens a dropped pack: the page answers from it until it is loaded anew. Throws in words. */
export async function openDropped(file: File): Promise<void> {
  if (file.size > LARGEST)
    throw new Error(
      `It is larger than ${LARGEST / 2 ** 20} MB: open it with \`stable-regions serve ${file.name}\`.`,
    );
  const files = filesOf(new Uint8Array(await file.arrayBuffer()));
  const opened = await PackSource.open(async (path) => {
    const one = files.get(path);
    if (!one) throw new Error(`${path} is missing in this pack: it is cut off.`);
    return one.slice().buffer;
  });
  await answerFromPack(opened, true);
}
