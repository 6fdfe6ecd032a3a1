/** The menu of looks; what is in it comes after the page is there. */
import { lazily } from "../kit/lazily";
import { Menu } from "../kit/Menu";

const LookFields = lazily(() => import("./LookFields"));

export function LookMenu() {
  return (
    <Menu label="Look">
      <LookFields />
    </Menu>
  );
}
