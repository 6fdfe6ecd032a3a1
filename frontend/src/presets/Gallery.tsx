/** The gallery: views worth opening, by idea. Each card is a link, so it can be opened in another tab or sent. */
import { signal } from "@preact/signals";
import type { Catalogue, Preset } from "../api/types";
import { catalogue, view } from "../state/store";
import { hashOf } from "../state/url";
import { askedBy } from "../state/view";
import { Sheet } from "../theme/Sheet";
import { Picture } from "./Picture";
import "./gallery.css";

export const galleryOpen = signal(false);

const GROUPS: Readonly<Record<string, string>> = {
  meaning: "Meaning",
  wording: "Wordings of one fact",
  people: "People",
  syntax: "Syntax",
  near: "Near-duplicates",
  control: "Controls",
};

export function Gallery() {
  const all = catalogue.value;
  if (!all) return null;
  return (
    <Sheet open={galleryOpen} title="Presets" class="gallery">
      <ul class="tiles">
        {all.presets.map((preset) => (
          <Tile key={preset.name} preset={preset} all={all} />
        ))}
      </ul>
    </Sheet>
  );
}

function Tile({ preset, all }: { preset: Preset; all: Catalogue }) {
  const asked = { ...view.value, ...askedBy(preset.request, all), pin: null };
  return (
    <li>
      <a
        class="tile"
        href={`#${hashOf(asked)}`}
        onClick={() => {
          galleryOpen.value = false;
        }}
      >
        <Picture thumbnail={preset.thumbnail} />
        <span class="tile-words">
          <span class="tile-group">{GROUPS[preset.group] ?? preset.group}</span>
          <strong>{preset.title}</strong>
          <span class="quiet">{preset.text}</span>
          <span class="quiet tile-model">{preset.request.slice.model.name}</span>
        </span>
      </a>
    </li>
  );
}
