/** The menu of how it is computed; what is in it comes after the page is there. */
import { lazily } from "../kit/lazily";
import { Menu } from "../kit/Menu";

const ComputeFields = lazily(() => import("./ComputeFields"));

export function ComputeMenu() {
  return (
    <Menu label="Compute" title="How it is computed">
      <ComputeFields />
    </Menu>
  );
}
