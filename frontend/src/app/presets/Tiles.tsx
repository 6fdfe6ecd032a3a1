/** What is in the gallery: a tile for each view, and the paper's pairs. */
import { catalogue } from "../../api/catalogue";
import type { Catalogue, Preset } from "../../api/types";
import { studyView } from "../../rooms/study/link";
import { firstStudy, type Study } from "../../rooms/study/study";
import { hashTo, room } from "../../shell/address";
import { galleryOpen } from "../../shell/sheets";
import { view } from "../../subject/state";
import { askedBy, cardOf } from "../../subject/view";
import { Picture } from "./Picture";
import "./gallery.css";

const GROUPS: Readonly<Record<string, string>> = {
  meaning: "Meaning",
  wording: "Wordings of one fact",
  people: "People",
  syntax: "Syntax",
  near: "Near-duplicates",
  control: "Controls",
};

export default function Tiles() {
  const all = catalogue.value;
  if (!all) return null;
  return (
    <>
      <ul class="tiles">
        {all.presets.map((preset) => (
          <Tile key={preset.name} preset={preset} all={all} />
        ))}
      </ul>
      {all.paper.length > 0 && <Paper all={all} />}
    </>
  );
}

/** The open room, where it shows what a preset asks; else the slice room. */
function shownIn(): string {
  const open = room.value;
  return open?.states.includes(view) ? open.name : "slice";
}

function Tile({ preset, all }: { preset: Preset; all: Catalogue }) {
  const asked = view.with({ ...askedBy(preset.request, all), pin: null });
  return (
    <li>
      <a
        class="tile"
        href={`#${hashTo(shownIn(), asked)}`}
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

/** The public model of the paper's figures on pairs of prompts. */
const OF_PAPER = "Qwen/Qwen2-0.5B";

/** The paper's pairs, for the public model that is chosen, else for the paper's own: a slice each, and all as a study. */
function Paper({ all }: { all: Catalogue }) {
  const { model } = view.value;
  const own = cardOf(all, model);
  const name = own?.source === "bundled" ? OF_PAPER : model;
  const revision = own?.source === "bundled" ? "main" : view.value.revision;
  const close = (): void => {
    galleryOpen.value = false;
  };
  const base = {
    model: name,
    revision,
    revisions: null,
    layer: 0,
    distance: "l2" as const,
    pin: null,
  };
  const compared = studyView.with({ ...firstStudy(all), ...paperStudy(name, revision) });
  return (
    <section class="paper" aria-labelledby="of-the-paper">
      <h3 id="of-the-paper">The paper’s pairs</h3>
      <p class="quiet">
        Similar prompts end in one region, dissimilar ones in two. For <code>{name}</code>, which is read from
        the hub or a model folder. Each prompt begins with a space.
      </p>
      <ul>
        {all.paper.map((pair, i) => {
          const kind = all.paper.filter((other) => other.meaning === pair.meaning && other !== pair);
          const third = kind[i % kind.length]?.prompts[0] ?? "";
          return (
            <li key={pair.prompts.join("|")}>
              <a
                href={`./#${hashTo("slice", view.with({ ...base, prompts: [...pair.prompts, third] }))}`}
                onClick={close}
              >
                <span class="tile-group">{pair.meaning === "same" ? "similar" : "dissimilar"}</span>
                {pair.prompts[0]} <span class="quiet">|</span> {pair.prompts[1].trim().split(" ").at(-1)}
              </a>
            </li>
          );
        })}
        <li>
          <a href={`./#${hashTo("study", compared)}`} onClick={close}>
            <strong>All six compared</strong>
          </a>
        </li>
      </ul>
    </section>
  );
}

/** What the study room asks to compare the paper's pairs in a model. */
function paperStudy(model: string, revision: string): Partial<Study> {
  return {
    section: "meaning",
    contrast: "paper",
    meaningModel: model,
    meaningLayers: [0],
    checkpoints: [revision],
    distance: "l2",
  };
}
