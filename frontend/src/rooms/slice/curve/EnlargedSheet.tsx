/** The enlarged curve, as a sheet over the page; what is in it is fetched when it is first opened. */
import { effect, signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { lineName } from "../../../field/line";
import { Sheet } from "../../../kit/Sheet";
import { isIn, isOpen, room } from "../../../shell/address";
import { line } from "../state/line";
import { sliceView } from "../state/view";

const open = signal(false);

/** The sheet follows the view, and the view the sheet. */
export function startEnlarging(): void {
  effect(() => {
    open.value = isOpen.value && isIn("slice") && sliceView.value.enlarged !== null;
  });
  effect(() => {
    if (!open.value && room.peek()?.name === "slice" && sliceView.peek().enlarged)
      sliceView.change({ enlarged: null });
  });
}

export function EnlargedSheet() {
  return (
    <Sheet open={open} title={`Along ${lineName(line.value)}`} class="enlarged">
      <Content />
    </Sheet>
  );
}

function Content() {
  const [part, setPart] = useState<{ readonly of: ComponentType } | "lost" | null>(null);
  useEffect(() => {
    import("./Enlarged").then(
      (module) => setPart({ of: module.default }),
      () => setPart("lost"),
    );
  }, []);
  if (part === "lost") return <p class="bad">This part of the page could not be fetched; reload the page.</p>;
  if (part === null) return <p class="quiet">opening …</p>;
  return <part.of />;
}
