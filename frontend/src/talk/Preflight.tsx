/** The pre-flight: how many views are complete, what is missing, and what can be done about it. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { bytes, plural } from "../kit/numbers";
import { pack } from "../pack/opened";
import {
  checks,
  complete,
  computeMissing,
  fetchAll,
  here,
  lookingThrough,
  lookThrough,
  packBytes,
  shareDone,
} from "./preflight";
import { story } from "./state";

export function Preflight() {
  const failed = useSignal<string | null>(null);
  const stop = useRef<AbortController | null>(null);
  const { views } = story.value;
  useEffect(() => {
    void lookThrough();
    fetchAll().catch(() => {
      failed.value = "The pack could not be fetched whole: look at the network.";
    });
  }, [views, failed]);
  useEffect(() => () => stop.current?.abort(), []);
  if (views.length === 0) return null;
  const lacking = views.flatMap((view, n) =>
    (checks.value.get(view)?.lacks ?? []).map((words) => ({ n, words })),
  );
  const missing = [...checks.value.values()].some((one) => one.missing.length > 0);
  return (
    <section class="preflight" aria-label="Before the talk" data-lookingThrough={lookingThrough.value}>
      <p role="status">
        <strong>
          {complete.value} of {plural(views.length, "view")} complete
        </strong>
        {pack.value ? `, ${bytes(packBytes.value)}, ${offlineWords()}` : ", on this server"}
      </p>
      {!pack.value && (
        <p class="quiet">
          For a hall without network: save the story, and run{" "}
          <code>stable-regions pack story.json -o site</code>.
        </p>
      )}
      {failed.value && <p class="bad">{failed.value}</p>}
      {lacking.length > 0 && (
        <ul>
          {lacking.map(({ n, words }) => (
            <li key={`${n} ${words}`}>
              View {n + 1}: {words}
            </li>
          ))}
        </ul>
      )}
      {missing && shareDone.value === null && (
        <button
          type="button"
          onClick={() => {
            stop.current = new AbortController();
            void computeMissing(stop.current.signal);
          }}
        >
          Compute what is missing
        </button>
      )}
      {shareDone.value !== null && (
        <p>
          <progress value={shareDone.value} max={1} aria-label="Computing what is missing" />{" "}
          <button type="button" class="small" onClick={() => stop.current?.abort()}>
            Cancel
          </button>
        </p>
      )}
    </section>
  );
}

const offlineWords = (): string =>
  here.value >= packBytes.value ? "works offline" : `${bytes(here.value)} of it fetched`;
