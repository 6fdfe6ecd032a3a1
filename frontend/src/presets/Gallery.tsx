/** The gallery: views worth opening, by idea. */
import { Sheet } from "../theme/Sheet";
import { galleryOpen } from "./open";
import Tiles from "./Tiles";

export default function Gallery() {
  return (
    <Sheet open={galleryOpen} title="Presets" class="gallery">
      <Tiles />
    </Sheet>
  );
}
