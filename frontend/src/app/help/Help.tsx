/** The sheet that explains. */
import { Sheet } from "../../kit/Sheet";
import { helpOpen } from "../../shell/sheets";
import Words from "./Words";

export default function Help() {
  return (
    <Sheet open={helpOpen} title="What you see, and the keys" class="help">
      <Words />
    </Sheet>
  );
}
