/** Two to six fields side by side: one question in several variations, under one cursor and one window. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { catalogue } from "../../api/catalogue";
import { Standing } from "../../asking/Standing";
import { Trouble } from "../../asking/Trouble";
import { sameWindow, span, WHOLE } from "../../field/view";
import { closeMenus, Menu } from "../../kit/Menu";
import { coordinate, plural } from "../../kit/numbers";
import { CopyLink } from "../../shell/CopyLink";
import { bare, EMBEDDED } from "../../shell/chrome";
import { Everywhere, Frame } from "../../shell/Frame";
import { Notices } from "../../shell/Notices";
import { CheckpointChoice } from "../../subject/CheckpointChoice";
import { LookMenu } from "../../subject/LookMenu";
import { PromptStrip } from "../../subject/prompts/PromptStrip";
import { Questions } from "../../subject/Questions";
import { change, view } from "../../subject/state";
import { SWEEP } from "../../subject/view";
import { DifferenceTile } from "./DifferenceTile";
import { FieldTile } from "./FieldTile";
import {
  addable,
  addField,
  asked,
  compared,
  fields,
  linked,
  moot,
  setFields,
  several,
  startComparing,
  variations,
} from "./fields";
import { Spoken } from "./Reading";
import { SaveFields } from "./SaveFields";
import { starts } from "./starts";
import { tiling } from "./tiling";
import { differing } from "./variation";
import { fieldName, fieldTitle } from "./words";
import "../../shell/hall.css";
import "./compare.css";
import "./reading.css";

export { keys } from "./keys";

/** What a tile needs around its square, in the root's type: axes at the left, head, axis and lines below. */
const AROUND = { width: 1.75, height: 5.25 };
/** What the difference map's sentence needs below the last row. */
const SENTENCE = 4.5;
const GAP = 20;
/** Below this width the tiles stand in one column and the page scrolls. */
const NARROW = 720;

export default function ComparePage() {
  useEffect(startComparing, []);
  const only = bare.value || EMBEDDED;
  return (
    <div class={`hall${only ? " bare" : ""}`} data-phase={several.status.value}>
      {!only && <Bar />}
      {!only && <PromptStrip />}
      <main class="hall-main">
        {only && <h1 class="unseen">Stable Regions Explorer</h1>}
        <Status />
        <Tiles />
        <Spoken />
        <div class="trouble">
          {several.status.value === "offline" && <Trouble of={several} />}
          <Notices />
        </div>
      </main>
    </div>
  );
}

const QUESTIONS = { model: "Size", layer: "Layer", distance: "Distance" } as const;

function Bar() {
  const own = moot.value;
  const hidden = (Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[]).filter((facet) =>
    own.includes(facet),
  );
  return (
    <Frame>
      <Questions without={hidden.map((facet) => QUESTIONS[facet])}>
        {!own.includes("revision") && <CheckpointChoice />}
      </Questions>
      <div class="bar-actions">
        <LookMenu />
        <SaveFields />
        <CopyLink />
        <Everywhere />
      </div>
    </Frame>
  );
}

/** What is put side by side. */
function Arrange() {
  const all = catalogue.value;
  return (
    <div class="hall-tools">
      <Menu label="Start from" title="Good first choices of fields">
        {all &&
          starts(view.value, all).map(({ text, title, fields: chosen }) => (
            <button
              key={text}
              type="button"
              class="menu-entry"
              title={title}
              onClick={() => {
                setFields(chosen, null);
                closeMenus();
              }}
            >
              {text}
            </button>
          ))}
      </Menu>
      <AddField />
      <button
        type="button"
        class="bare"
        aria-pressed={compared.value !== null}
        onClick={() =>
          setFields(variations.peek(), compared.peek() ? null : [0, variations.peek().length - 1])
        }
      >
        Difference map
      </button>
    </div>
  );
}

/** Where nothing can be added the button stays within reach, and says why. */
function AddField() {
  const found = addable.value;
  const why = typeof found === "string" ? found : null;
  return (
    <button
      type="button"
      class="bare"
      aria-disabled={why !== null}
      title={why ?? "A field that differs from these: the next checkpoint, layer, size or distance"}
      onClick={addField}
    >
      Add field
    </button>
  );
}

function Status() {
  const { window, resolution } = view.value;
  const where = linked.value;
  const all = asked.value;
  const done = all.filter((one) => one?.question.status.value === "done").length;
  return (
    <div class="hall-status">
      <Arrange />
      <p>
        {where ? (
          <span class="hall-place">
            α {coordinate(where.alpha, span(window.alpha))} · β {coordinate(where.beta, span(window.beta))}
          </span>
        ) : (
          <span class="quiet">
            One cursor for all fields: point at one, or focus it and use the arrow keys.
          </span>
        )}
        {!sameWindow(window, WHOLE) && (
          <button type="button" class="chip" onClick={() => change({ window: WHOLE })}>
            zoomed in · reset
          </button>
        )}
      </p>
      <div class="hall-how">
        {resolution > SWEEP && <span class="quiet">{SWEEP}² here</span>}
        <Standing of={several} count={{ there: done, of: all.length, noun: "field" }}>
          {plural(all.length, "field")}
        </Standing>
      </div>
    </div>
  );
}

function Tiles() {
  const own = useRef<HTMLDivElement>(null);
  const room = useSignal({ width: 0, height: 0, rem: 16 });
  useEffect(() => {
    if (!own.current) return;
    const watch = new ResizeObserver(([entry]) => {
      const { width, height } = entry?.contentRect ?? { width: 0, height: 0 };
      room.value = {
        width,
        height,
        rem: Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
      };
    });
    watch.observe(own.current);
    return () => watch.disconnect();
  }, [room]);

  const all = fields.value;
  const pair = compared.value;
  const facets = useMemo(() => differing(all.map((field) => field.view)), [all]);
  const names = all.map((field) => fieldName(field, facets, catalogue.value));
  const titles = all.map((field) => fieldTitle(field, facets, catalogue.value));
  const { width, height, rem } = room.value;
  const around = { width: AROUND.width * rem, height: AROUND.height * rem };
  const left = { width, height: height - (pair ? SENTENCE * rem : 0) };
  const { columns, side } =
    width < NARROW
      ? { columns: 1, side: Math.floor(width - around.width) }
      : tiling(all.length + (pair ? 1 : 0), left, around, GAP);
  return (
    <div ref={own} class="twins" style={{ "--columns": columns }}>
      {side > 0 &&
        all.map((field, i) => (
          <FieldTile
            key={i}
            index={i}
            field={field}
            asked={asked.value[i]}
            name={names[i] ?? ""}
            title={titles[i] ?? ""}
            side={side}
          />
        ))}
      {side > 0 && pair && <DifferenceTile pair={pair} side={side} />}
    </div>
  );
}
