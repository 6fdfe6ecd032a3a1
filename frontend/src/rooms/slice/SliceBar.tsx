/** The slice room's bar: what is asked, then what can be done with the picture. */
import { lazily } from "../../kit/lazily";
import { CopyLink } from "../../shell/CopyLink";
import { Everywhere, Frame } from "../../shell/Frame";
import { galleryOpen } from "../../shell/sheets";
import { LookMenu } from "../../subject/LookMenu";
import { Questions } from "../../subject/Questions";
import { SaveMenu } from "./SaveMenu";

const OverlayFields = lazily(() => import("./OverlayFields"), true);

export function SliceBar() {
  return (
    <Frame>
      <Questions />
      <div class="bar-actions">
        <button
          type="button"
          class="bare"
          onClick={() => (galleryOpen.value = true)}
          title="Views worth opening (G)"
        >
          Presets
        </button>
        <LookMenu>
          <OverlayFields />
        </LookMenu>
        <SaveMenu />
        <CopyLink />
        <Everywhere />
      </div>
    </Frame>
  );
}
