/** Above the curve: over training, or the regions of this frame. What is less often looked at is fetched when it is. */
import { lazily } from "../../kit/lazily";
import type { Beside } from "./state/view";
import { sliceView } from "./state/view";

const Regions = lazily(() => import("./regions/Panel"));

const TABS: readonly { readonly value: Beside; readonly text: string }[] = [
  { value: "training", text: "Over training" },
  { value: "regions", text: "Regions" },
];

const Training = lazily(() => import("./TrainingChart"), true);

export function Upper({ width, height }: { width: number; height: number }) {
  const { beside } = sliceView.value;
  return (
    <section class="panel upper" aria-label="Training and regions">
      <div class="panel-tabs" role="tablist" aria-label="Beside the picture">
        {TABS.map(({ value, text }) => (
          <button
            key={value}
            type="button"
            role="tab"
            id={`tab-${value}`}
            aria-selected={beside === value}
            aria-controls="beside"
            tabIndex={beside === value ? 0 : -1}
            title="B"
            onClick={() => sliceView.change({ beside: value })}
            onKeyDown={(event) => {
              if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
              const other = TABS.find((tab) => tab.value !== value);
              if (!other) return;
              sliceView.change({ beside: other.value });
              document.getElementById(`tab-${other.value}`)?.focus();
              event.preventDefault();
              event.stopPropagation();
            }}
          >
            {text}
          </button>
        ))}
      </div>
      <div id="beside" role="tabpanel" aria-labelledby={`tab-${beside}`}>
        {beside === "regions" ? <Regions /> : <Training width={width} height={height} />}
      </div>
    </section>
  );
}
