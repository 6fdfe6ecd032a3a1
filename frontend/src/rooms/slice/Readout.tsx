/** What is under the pointer or the cursor: place, the three distances, and the token that each context predicts. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { shown as visible } from "../../field/names";
import { at, type Probe } from "../../field/probe";
import { type Frame, span, toPixel } from "../../field/view";
import { Letter } from "../../kit/Letter";
import { coordinate, share } from "../../kit/numbers";
import { pointer } from "../../subject/pointer";
import { margin, scale, shown } from "./state/shown";

const KS = [0, 1, 2] as const;
/** Size of the readout, in the root's type. */
const WIDTH = 13.5;
const HEIGHT = 8;

export function Readout({ frame }: { frame: Frame }) {
  const where = pointer.value;
  const slice = shown.value?.slice;
  const probe = where && slice ? at(slice, where.alpha, where.beta, scale.value) : null;
  const words = probe ? spoken(probe, span(frame.window.alpha)) : "";
  const said = useSignal("");

  useEffect(() => {
    if (pointer.peek()?.by !== "keys") return;
    const pause = setTimeout(() => {
      said.value = words;
    }, 250);
    return () => clearTimeout(pause);
  }, [words, said]);

  const place = where ? toPixel(frame, where.alpha, where.beta) : null;
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const [wide, high] = [WIDTH * rem, HEIGHT * rem];
  const right = place !== null && place.x + wide + 24 > frame.left + frame.width;
  const low = place !== null && place.y + high + 24 > frame.top + frame.height;
  return (
    <>
      <p class="unseen" aria-live="polite">
        {said.value}
      </p>
      {probe && place && (
        <div
          class="readout"
          aria-hidden="true"
          style={{
            left: `${margin.value.left + place.x + (right ? -16 - wide : 16)}px`,
            top: `${margin.value.top + place.y + (low ? -16 - high : 16)}px`,
            width: `${wide}px`,
          }}
        >
          <p class="readout-place">
            <span>α {coordinate(probe.alpha, span(frame.window.alpha))}</span>
            <span>β {coordinate(probe.beta, span(frame.window.beta))}</span>
          </p>
          <table>
            <thead>
              <tr>
                <th />
                <th>distance</th>
                <th>next token</th>
              </tr>
            </thead>
            <tbody>
              {KS.map((k) => (
                <tr key={k} class={probe.nearest === k ? "nearest" : ""}>
                  <td>
                    <Letter k={k} />
                  </td>
                  <td>{probe.distance[k].toPrecision(2)}</td>
                  <td class="readout-token">{visible(probe.tokens[k].text)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {!probe.computed && <p class="quiet">interpolated here</p>}
        </div>
      )}
    </>
  );
}

/** The readout as a sentence, for those who listen. */
function spoken(probe: Probe, width: number): string {
  const [a, b, c] = probe.distance.map(share);
  const name = visible(probe.tokens[probe.nearest].text);
  return `alpha ${coordinate(probe.alpha, width)}, beta ${coordinate(probe.beta, width)}: nearest ${"ABC"[probe.nearest]}, “${name}”; distances A ${a}, B ${b}, C ${c}`;
}
