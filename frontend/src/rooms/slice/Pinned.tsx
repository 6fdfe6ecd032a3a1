/** The kept point: what the model predicts when exactly this activation is written, in the context it is nearest to. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { isUnderWay } from "../../asking/status";
import { span } from "../../field/view";
import { Icon } from "../../kit/icons";
import { Letter } from "../../kit/Letter";
import { coordinate, share } from "../../kit/numbers";
import { Tops } from "../../kit/Tops";
import { change, view } from "../../subject/state";
import { pinned, point } from "./state/pin";

const KS = [0, 1, 2] as const;

export default function Pinned() {
  const { pin, window } = view.value;
  const found = point.value;
  const context = useSignal<0 | 1 | 2 | null>(null);
  const key = pin?.join();
  useEffect(() => {
    context.value = null;
  }, [key]);
  if (!pin) return <Hint />;
  const k = context.value ?? found?.nearest ?? 0;
  const [problem, pending] = [pinned.problem.value, isUnderWay(pinned.status.value)];
  return (
    <section class="panel pinned" aria-label="Pinned point" aria-busy={pending}>
      <div class="panel-head">
        <span class="heading">
          <span class="pin-icon">
            <Icon name="pin" />
          </span>
          α {coordinate(pin[0], span(window.alpha))} β {coordinate(pin[1], span(window.beta))}
        </span>
        <span class="contexts" role="group" aria-label="Context">
          {KS.map((one) => (
            <button
              key={one}
              type="button"
              class="context"
              aria-pressed={one === k}
              aria-label={`In prompt ${"ABC"[one]}’s run`}
              title={`In prompt ${"ABC"[one]}’s run${found ? `: distance ${share(found.distance[one])}` : ""}`}
              onClick={() => {
                context.value = one;
              }}
            >
              <Letter k={one} />
            </button>
          ))}
        </span>
        <button
          type="button"
          class="icon bare tight"
          aria-label="Let go of the point"
          title="Esc"
          onClick={() => change({ pin: null })}
        >
          <Icon name="close" />
        </button>
      </div>
      {problem && (
        <p class="bad">
          {problem.title}: {problem.detail}
        </p>
      )}
      {found && (
        <>
          <p class="quiet pinned-note">
            Next token in {"ABC"[k]}’s run · distance to {"ABC"[k]} {found.distance[k].toPrecision(2)}
          </p>
          <Tops rows={found.top[k]} k={k} label="Likeliest next tokens at the point" pending={pending} />
        </>
      )}
    </section>
  );
}

/** What the hand can do here, while there is room to say it. */
function Hint() {
  return (
    <p class="hint">
      <Icon name="pin" /> Click in the picture to keep a point and see what the model would say next, exactly
      there. Wheel or drag to look closer.
    </p>
  );
}
