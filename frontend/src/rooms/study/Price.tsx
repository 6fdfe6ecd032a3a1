/** What it costs before it runs, how far it is while it does, and what stands in its way. */
import type { Offered } from "../../asking/offered";
import { amount, compact, duration, plural } from "../../kit/numbers";

const STAGES: Readonly<Record<string, string>> = {
  queue: "waiting its turn",
  download: "downloading",
  load: "loading weights",
  cut: "cutting the text",
};

/** `empty` says what is missing where there is nothing to ask. */
export function Price({ asked, empty }: { asked: Offered; empty: string }) {
  const standing = asked.standing.value;
  switch (standing) {
    case "empty":
      return <p class="study-price quiet">{empty}</p>;
    case "pricing":
      return <p class="study-price quiet">looking what is there …</p>;
    case "offered":
      return <Offer asked={asked} />;
    case "running":
      return <Running asked={asked} />;
    case "refused":
      return <Refusal asked={asked} />;
    case "offline":
      return (
        <section class="study-refusal" role="alert">
          <h2>The server does not answer</h2>
          <p>
            What has arrived stays here. Start it again with <code>stable-regions serve</code>; this page goes
            on by itself.
          </p>
          <button type="button" onClick={asked.again}>
            Try again
          </button>
        </section>
      );
    default:
      return null;
  }
}

function Offer({ asked }: { asked: Offered }) {
  const offer = asked.offer.value;
  if (!offer) return null;
  const { points, passes, seconds, download_bytes, missing } = offer.estimate;
  const there = offer.ready.length;
  return (
    <div class="study-price" role="status">
      <p>
        {there > 0 && (
          <>
            <strong>
              {there} of {plural(offer.parts, "cell")}
            </strong>{" "}
            {there === 1 ? "was" : "were"} there already.{" "}
          </>
        )}
        {amount(points)} points at {plural(passes, "checkpoint")}
        {seconds === null ? "; how long that takes is not known yet" : `, about ${duration(seconds)}`}
        {download_bytes ? `; ${compact(download_bytes)}B are downloaded first` : ""}.
        {missing && missing.length > 0 ? ` ${plural(missing.length, "checkpoint")} cannot be had.` : ""}
      </p>
      <button type="button" class="primary" onClick={asked.run}>
        {there > 0 ? "Go on" : "Run"}
      </button>
    </div>
  );
}

function Running({ asked }: { asked: Offered }) {
  const now = asked.progress.value;
  const count = asked.offer.value?.parts ?? 0;
  const there = asked.parts.value.size;
  const done = now && now.total > 0 ? now.done / now.total : 0;
  const left = now?.seconds_left;
  return (
    <div class="study-price" role="status">
      <p>
        <strong>
          {there} of {plural(count, "cell")}
        </strong>
        {now && now.total > 0 && now.unit !== "bytes"
          ? ` · ${amount(now.done)} of ${amount(now.total)} points`
          : ""}
        {now?.stage === "points" ? "" : ` · ${now ? (STAGES[now.stage] ?? now.stage) : "starting"}`}
        {typeof left === "number" && left >= 0.5 ? ` · ${duration(left)} left` : ""}
      </p>
      <progress class="bar-progress" max={1} value={done} aria-label="Computed" />
      <button type="button" onClick={asked.stop}>
        Cancel
      </button>
    </div>
  );
}

function Refusal({ asked }: { asked: Offered }) {
  const problem = asked.problem.value;
  if (!problem) return null;
  return (
    <section class="study-refusal" role="alert">
      <h2>{problem.title}</h2>
      <p>{problem.detail}</p>
      {problem.next && <p class="quiet">{problem.next}</p>}
      <button type="button" onClick={asked.again}>
        Try again
      </button>
    </section>
  );
}
