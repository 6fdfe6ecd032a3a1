/** Whether what ends in one region also means the same: areas over checkpoints and layers, and the pairs behind one. */
import { useEffect, useMemo } from "preact/hooks";
import { requestAnswered } from "../../api/recipe";
import { Choice } from "../../kit/Choice";
import { distanceText } from "../../subject/distances";
import { AreaTable } from "./AreaTable";
import { areaOf, areasOf, meaningFinding, SCORE_WORDS } from "./areas";
import { ask, looking, meaning, place, study } from "./asking";
import { Distributions } from "./Distributions";
import { Price } from "./Price";
import { SCORES } from "./study";

const judged = looking();

export function Meaning() {
  const now = study.value;
  const whole = meaning.own.value;
  const parts = meaning.parts.value;
  const areas = useMemo(() => (whole ? areasOf(whole) : [...parts.values()].map(areaOf)), [whole, parts]);
  const at = place.value;
  const text = JSON.stringify(at);
  const there = areas.some((one) => one.revision === at?.model.revision && one.layer === at?.write_layer);
  useEffect(() => {
    // A place that was not computed yet is not computed by looking at it.
    if (at && there) judged.look(at);
  }, [text, there]);
  const price = (
    <Price
      asked={meaning}
      count={areas.length}
      empty="Write pairs of both kinds: one pair a line, | between its prompts."
    />
  );
  if (!now || !at) return <div class="study-centre">{price}</div>;
  const recipe = whole && requestAnswered(whole, "sweep");
  const revisions = recipe?.revisions ?? [...new Set(areas.map((one) => one.revision))];
  const layer = at.write_layer ?? 0;
  const [file, problem] = [judged.question.own.value, judged.question.problem.value];
  return (
    <div class="study-centre study-scroll">
      {price}
      <header class="study-head">
        <div>
          <h2>
            Same region, same meaning?
            <span class="quiet">
              {now.meaningModel} · {distanceText(now.distance)}
            </span>
          </h2>
          {areas.length > 0 && <p class="study-finding">{meaningFinding(areas, layer, revisions)}</p>}
        </div>
        <Choice
          label="Judged by"
          value={now.score}
          options={SCORES.map((value) => ({ value, text: SCORE_WORDS[value] }))}
          onPick={(score) => ask({ score }, "drift")}
        />
      </header>
      {areas.length > 0 && (
        <AreaTable
          areas={areas}
          revisions={revisions}
          score={now.score}
          chosen={[at.model.revision ?? "main", layer]}
          onPick={(revision, picked) => ask({ place: [revision, picked] }, "drift")}
        />
      )}
      {problem && (
        <p class="bad" role="alert">
          {problem.detail}
        </p>
      )}
      {there && <Distributions file={file} request={at} />}
    </div>
  );
}
