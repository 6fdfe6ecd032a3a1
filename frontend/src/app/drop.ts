/** What is dropped on the page: a picture that was saved here restores the view it shows, a pack is opened. */
import { reopen } from "../shell/address";
import { hovering, notice } from "../shell/notice";

export function startDropping(): void {
  const carries = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    hovering.value = true;
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) hovering.value = false;
  });
  addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    hovering.value = false;
    const file = event.dataTransfer?.files[0];
    if (file?.name.endsWith(".srpack")) void openPack(file);
    else if (file) void import("./restore").then(({ restoreFrom }) => restoreFrom(file));
  });
}

/** From now on the page answers from the pack. */
async function openPack(file: File): Promise<void> {
  try {
    const { openDropped } = await import("../pack/archive");
    await openDropped(file);
    reopen();
  } catch (error) {
    notice.value = `${file.name} cannot be opened. ${error instanceof Error ? error.message : String(error)}`;
  }
}
