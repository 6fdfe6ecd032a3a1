/** When something went wrong: what, why, and what to do next. The last picture stays behind it. */

import { Trouble as Asked } from "../../asking/Trouble";
import { Back } from "../../shell/Back";
import { Notices } from "../../shell/Notices";
import { film } from "./state/film";

export function Trouble() {
  return (
    <div class="trouble">
      <Asked of={film} stays="scrubbing, hovering and downloads still work">
        <Back />
      </Asked>
      <Notices />
    </div>
  );
}
