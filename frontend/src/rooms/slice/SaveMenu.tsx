/** The menu of what can be taken away; what is in it comes after the page is there. */
import { lazily } from "../../kit/lazily";
import { Menu } from "../../kit/Menu";

const SaveEntries = lazily(() => import("./SaveEntries"));

export function SaveMenu() {
  return (
    <Menu label="Save">
      <SaveEntries />
    </Menu>
  );
}
