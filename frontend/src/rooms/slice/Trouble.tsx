/** When something went wrong: what, why, and what to do next. The last picture stays behind it. */
import { Notices } from "../../shell/Notices";
import { Trouble as Asked } from "../../shell/Trouble";
import { film } from "./state/film";

export function Trouble() {
  return (
    <div class="trouble">
      <Asked of={film} stays="scrubbing, hovering and downloads still work" />
      <Notices />
    </div>
  );
}
