/** The sheet that explains; its words are fetched when it is first opened. */
import { lazily } from "../theme/lazily";
import { Sheet } from "../theme/Sheet";
import { helpOpen } from "./open";

const Words = lazily(() => import("./Words"));

export function Help() {
  return (
    <Sheet open={helpOpen} title="What you see, and the keys" class="help">
      <Words />
    </Sheet>
  );
}
