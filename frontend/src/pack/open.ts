/** Opens a pack: from now on everything is answered from it. Loaded only where there is one. */
import { catalogue } from "../api/catalogue";
import { Refused, Unreachable } from "../api/client";
import { answerFrom } from "../api/source";
import { pack } from "./opened";
import { PackSource, type Read } from "./source";

/** The files of a pack that lies beside the page. */
function beside(base: string): Read {
  const root = new URL(base, document.baseURI);
  return async (path, signal) => {
    let response: Response;
    try {
      response = await fetch(new URL(path, root), signal ? { signal } : {});
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new Unreachable();
    }
    if (!response.ok)
      throw new Error(`${path} is missing beside the page (${response.status}): the pack is not whole.`);
    return response.arrayBuffer();
  };
}

export async function openBeside(base: string): Promise<void> {
  try {
    await answerFromPack(await PackSource.open(beside(base)));
  } catch (error) {
    if (error instanceof Unreachable) throw error;
    throw new Refused({
      type: "about:blank",
      title: "This pack cannot be opened",
      status: 0,
      detail: error instanceof Error ? error.message : String(error),
      next: "Make it again with `stable-regions pack`, and copy the whole folder.",
    });
  }
}

/** Answers from a pack, and shows its first view where no link names another, or where it was `brought` to an open page. */
export async function answerFromPack(opened: PackSource, brought = false): Promise<void> {
  const listed = brought ? await opened.catalogue() : null;
  pack.value = opened;
  answerFrom(opened);
  const [first] = opened.manifest.views;
  if (listed) catalogue.value = listed;
  if (first && (brought || location.hash.length < 2)) history.replaceState(history.state, "", first.link);
}
