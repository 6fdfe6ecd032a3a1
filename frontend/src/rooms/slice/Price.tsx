/**
 * In the picture's place, before anything is downloaded: how much, where to, what it needs, and what cannot be had.
 * Nothing is posted until somebody says so, whoever sent the link.
 */
import type { Estimate, MissingCheckpoint } from "../../api/types";
import { bytes, duration, whole } from "../../kit/numbers";
import { goBack } from "../../shell/history";
import { chooseCheckpoints } from "../../subject/chooser/open";
import { documents } from "../../subject/known";
import { film } from "./state/film";
import "./price.css";

export default function Price() {
  const [request, cost] = [film.options.request.value, film.offer.value?.estimate];
  if (!request || !cost) return null;
  const model = request.slice.model.name;
  const count = request.revisions.length;
  const known = documents.value.get(model);
  const here = request.revisions.filter((revision) => known?.on_disk.includes(revision)).length;
  const scarce = cost.disk_free_bytes !== null && (cost.download_bytes ?? 0) > cost.disk_free_bytes;
  return (
    <div class="stage">
      <section class="price" aria-labelledby="price-title">
        <h2 id="price-title">First, a download of {bytes(cost.download_bytes ?? 0)}</h2>
        <p>
          <strong>{model}</strong>, {count === 1 ? "one checkpoint" : `${count} checkpoints`}
          {here > 0 ? `, ${here} of them on this disk already` : ""}. Nothing has begun.
        </p>
        <Rows cost={cost} scarce={scarce} />
        {cost.missing.length > 0 && <CannotBeHad missing={cost.missing} of={count} />}
        {known?.gated && (
          <p class="quiet">
            Its licence ({known.license || "see the hub"}) must be accepted on the hub, and the server needs{" "}
            <code>HF_TOKEN</code>.
          </p>
        )}
        <div class="price-actions">
          <button type="button" class="primary" onClick={() => film.go()}>
            Download and compute
          </button>
          <button type="button" onClick={() => chooseCheckpoints(model)}>
            {count > 1 ? "Choose fewer checkpoints" : "Choose another"}
          </button>
          <button type="button" class="bare" onClick={goBack}>
            Back
          </button>
        </div>
      </section>
    </div>
  );
}

function Rows({ cost, scarce }: { cost: Estimate; scarce: boolean }) {
  const files = cost.download_files;
  const rows: [string, string, boolean?][] = [
    [
      "Download",
      `${bytes(cost.download_bytes ?? 0)}${files === null ? "" : ` in ${whole(files)} ${files === 1 ? "file" : "files"}`}`,
    ],
  ];
  if (cost.disk_free_bytes !== null)
    rows.push([
      "Free on disk",
      `${bytes(cost.disk_free_bytes)}${scarce ? ": too little, unless older checkpoints may leave" : ""}`,
      scarce,
    ]);
  if (cost.memory_bytes !== null) rows.push(["Memory", `at most ${bytes(cost.memory_bytes)}`]);
  rows.push([
    "Computing",
    `${whole(cost.points)} points, ${cost.seconds === null ? "time unknown until the first are done" : `about ${duration(cost.seconds)}`}`,
  ]);
  return (
    <dl class="price-rows">
      {rows.map(([name, text, bad]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class={bad ? "bad" : ""}>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Checkpoints that will be gaps, and why. */
function CannotBeHad({ missing, of }: { missing: readonly MissingCheckpoint[]; of: number }) {
  return (
    <div class="price-missing">
      <p>
        {missing.length} of {of} cannot be had and will be {missing.length === 1 ? "a gap" : "gaps"}:
      </p>
      <ul tabIndex={0}>
        {missing.map(({ revision, problem }) => (
          <li key={revision}>
            <strong>{revision}</strong> {problem.detail}
          </li>
        ))}
      </ul>
    </div>
  );
}
