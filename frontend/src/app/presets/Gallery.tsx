/** The gallery: views worth opening, by idea. */
import { Sheet } from "../../kit/Sheet";
import { galleryOpen } from "../../shell/sheets";
import Tiles from "./Tiles";

export default function Gallery() {
  return (
    <Sheet open={galleryOpen} title="Presets" class="gallery">
      <Tiles />
    </Sheet>
  );
}
