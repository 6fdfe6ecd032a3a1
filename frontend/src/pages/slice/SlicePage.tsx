/** The main room: prompts, picture, training, and what is known about them, on one screen. */
import { Cards } from "../../cards/Cards";
import { Bar } from "../../controls/Bar";
import { Scrubber } from "../../scrubber/Scrubber";
import { bare, EMBEDDED } from "../../state/chrome";
import { link } from "../../state/store";
import { Field } from "./Field";
import { Side } from "./Side";
import { Status } from "./Status";
import { Trouble } from "./Trouble";
import "./slice.css";

export function SlicePage() {
  const only = bare.value || EMBEDDED;
  return (
    <div class={`room${only ? " bare" : ""}${EMBEDDED ? " embedded" : ""}`}>
      {!only && <Bar />}
      {!only && <Cards />}
      <main class="centre">
        <Status />
        <Field />
        <Trouble />
      </main>
      {!only && <Side />}
      <Scrubber />
      {EMBEDDED && (
        <a
          class="embed-link"
          href="./"
          target="_blank"
          rel="noopener"
          onPointerDown={(event) => {
            const url = new URL(link());
            url.searchParams.delete("embed");
            event.currentTarget.href = url.href;
          }}
        >
          Stable Regions Explorer
        </a>
      )}
    </div>
  );
}
