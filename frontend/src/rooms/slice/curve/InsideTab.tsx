/** Between two prompts: which units change sign on the way, and who flattens or amplifies. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Standing } from "../../../asking/Standing";
import { isUnderWay } from "../../../asking/status";
import { insideCsv } from "../../../export/curves";
import { insideSentence } from "../../../field/inside";
import { edgeOf, endName } from "../../../field/line";
import { Choice, Toggle } from "../../../kit/Choice";
import { inkOf } from "../../../plot/look";
import { lookInside } from "../../../plot/lookInside";
import { overTraining } from "../../../plot/overTraining";
import { theme, token } from "../../../shell/theme";
import { distanceText } from "../../../subject/distances";
import { view } from "../../../subject/state";
import { curve } from "../state/curves";
import { inside, insideRequest, looked } from "../state/inside";
import { line } from "../state/line";
import { sliceView } from "../state/view";
import { Chartlike } from "./Chartlike";
import { savable } from "./savable";
import { useRoom } from "./size";
import { numbersOf, sentenceOf } from "./words";

export function InsideTab() {
  const { element, width, height } = useRoom();
  const apart = useSignal(false);
  const now = inside.value;
  const chosen = line.value;
  const problem = looked.problem.value;
  const { distance, model, revision, layer } = view.value;
  const { path, logits } = sliceView.value;
  const scheme = theme.value;
  const found = now?.found ?? null;
  const own = now?.stale ? null : found;
  const blocks = found?.blocks.length ?? 0;
  const tall = height + (apart.value ? 2 * Math.max(70, 11 * blocks) : 60);

  const outside = problem ? (curve.value?.along ?? null) : null;
  const figure = useMemo(() => {
    const drawing = { ink: inkOf(), width, height: outside ? height : tall };
    const words = {
      ends: [endName(chosen, 0), endName(chosen, 1)] as const,
      distance: logits && !outside ? "logit difference" : distanceText(distance),
      soft: token("accent-soft"),
    };
    if (outside) return overTraining(drawing, outside, [], words);
    return found && lookInside(drawing, found, apart.value, words);
  }, [found, outside, apart.value, chosen, distance, logits, width, height, tall, scheme]);

  useEffect(() => {
    savable.value = own && {
      name: `${model.replaceAll("/", "_")}-${revision}-layer${layer}-${endName(chosen, 0)}${endName(chosen, 1)}-inside`,
      csv: () => insideCsv(own),
      request: () => insideRequest.peek(),
    };
  }, [own, chosen, model, revision, layer]);

  const edge = edgeOf(chosen);
  return (
    <div ref={element} class="tab" aria-busy={isUnderWay(looked.status.value)}>
      {edge ? (
        <>
          <div class="tab-fields">
            <Choice
              label="Way"
              value={path}
              title="Straight; or the chord rescaled about the mean activation, to the first prompt’s distance from it"
              options={[
                { value: "straight", text: "straight" },
                { value: "arc", text: "arc about the mean" },
              ]}
              onPick={(value) => sliceView.change({ path: value })}
            />
            <Choice
              label="Compared by"
              value={logits ? "logits" : "distance"}
              options={[
                { value: "distance", text: distanceText(distance) },
                { value: "logits", text: "logit difference" },
              ]}
              onPick={(value) => sliceView.change({ logits: value === "logits" })}
            />
            <Toggle
              label="block by block"
              on={apart.value}
              title="Compression by the MLP and the attention of each block"
              onFlip={(on) => {
                apart.value = on;
              }}
            />
          </div>
          {!own && <Standing of={looked} reasons />}
          {own && <p class="tab-sentence">{insideSentence(own)}</p>}
          {outside && figure && width > 0 && (
            <>
              <p class="quiet">The curve itself, not looked into:</p>
              <Chartlike
                figure={figure}
                label={sentenceOf(chosen, outside)}
                along={outside}
                width={width}
                height={height}
              />
            </>
          )}
          {found && figure && width > 0 && !problem && (
            <div class={now?.stale ? "stale" : ""}>
              <Chartlike
                figure={figure}
                label={
                  own ? `${sentenceOf(chosen, own.along)} ${insideSentence(own)}` : "The chart is on its way."
                }
                along={found.along}
                width={width}
                height={tall}
              />
            </div>
          )}
          {own && (
            <p class="tab-note">
              <strong>{revision}</strong>
              <span>{[numbersOf(own.along), own.along.why ?? ""].filter(Boolean).join(" · ")}</span>
              <span class="quiet">in {edge[0]}’s run</span>
            </p>
          )}
        </>
      ) : (
        <p>
          The way between two prompts can be looked into: choose A→B, B→C or C→A above. A line between other
          points of the plane has no prompt whose likeliest token could be followed.
        </p>
      )}
    </div>
  );
}
