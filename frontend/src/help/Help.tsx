/** The sheet that explains. */
import { Sheet } from "../theme/Sheet";
import { helpOpen } from "./open";
import Words from "./Words";

export default function Help() {
  return (
    <Sheet open={helpOpen} title="What you see, and the keys" class="help">
      <Words />
    </Sheet>
  );
}
