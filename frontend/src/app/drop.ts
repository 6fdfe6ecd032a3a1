/** A picture that was saved here, dropped on the page, restores the view it shows. */
import { hovering } from "../shell/notice";

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
    if (file) void import("./restore").then(({ restoreFrom }) => restoreFrom(file));
  });
}
