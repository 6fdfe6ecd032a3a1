/** The gallery: views worth opening, by idea. Each card is a link, so it can be opened in another tab or sent. */
import { lazily } from "../theme/lazily";
import { Sheet } from "../theme/Sheet";
import { galleryOpen } from "./open";

export { galleryOpen };

const Tiles = lazily(() => import("./Tiles"));

export function Gallery() {
  return (
    <Sheet open={galleryOpen} title="Presets" class="gallery">
      <Tiles />
    </Sheet>
  );
}
