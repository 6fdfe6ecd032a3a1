/**
 * The only component that knows Plotly. It is loaded when the first chart is drawn, never before.
 *
 * `showSendToCloud` and `displaylogo` are off: by default plotly.js 4 offers to upload what it draws.
 */
import type { Plain, PlotElement, Plotly } from "plotly.js-cartesian-dist-min";
import { useEffect, useRef, useState } from "preact/hooks";
import "./chart.css";

export const CONFIG = {
  showSendToCloud: false,
  displaylogo: false,
  displayModeBar: false,
  responsive: false,
  scrollZoom: false,
  doubleClick: false,
  showTips: false,
} as const;

/** A chart lags the picture by this at most, milliseconds. */
const LATEST = 200;

let loading: Promise<Plotly> | undefined;

export function plotly(): Promise<Plotly> {
  loading ??= import("plotly.js-cartesian-dist-min").then(
    (module) => module.default,
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** A quiet moment: pictures fly past first, charts follow. Of many changes only the last is drawn. */
function calm(): Promise<void> {
  return new Promise((resume) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => resume(), { timeout: LATEST });
    else setTimeout(resume, 40);
  });
}

interface Props {
  readonly class?: string;
  /** What the chart shows, in words; empty when it only decorates what is said elsewhere. */
  readonly label: string;
  readonly data: Plain;
  readonly layout: Plain;
  readonly still?: boolean;
  /** Draws at once, for what must not lag behind the hand. */
  readonly eager?: boolean;
  /** There is nothing to draw yet: the library is not fetched for empty axes, so that the picture comes first. */
  readonly waiting?: boolean;
  /** The point that was clicked, by its place in its trace, and the trace. */
  readonly onPick?: (point: number, trace: number) => void;
}

export function Chart({ class: className, label, data, layout, still, eager, waiting, onPick }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  const drawn = useRef(false);
  const [lost, setLost] = useState(false);

  useEffect(() => {
    if (waiting && !drawn.current) return;
    let gone = false;
    const draw = async (): Promise<void> => {
      const library = await plotly();
      if (drawn.current && !eager) await calm();
      if (gone || !element.current) return;
      const config = { ...CONFIG, staticPlot: still ?? false };
      const plot: PlotElement = await library.react(element.current, data, layout, config);
      setLost(false);
      if (drawn.current || gone) return;
      drawn.current = true;
      plot.on("plotly_click", (event) => {
        const point = event.points[0];
        if (point) pick.current?.(point.pointNumber, point.curveNumber);
      });
    };
    draw().catch(() => setLost(true));
    return () => {
      gone = true;
    };
  }, [data, layout, still, eager, waiting]);

  useEffect(() => {
    const own = element.current;
    return () => {
      if (own && drawn.current) void plotly().then((library) => library.purge(own));
    };
  }, []);

  const inner = <div ref={element} class="plot" aria-hidden="true" />;
  return label ? (
    <div class={className} role="img" aria-label={label}>
      {inner}
      {lost && <p class="quiet">The chart could not be drawn; reload the page.</p>}
    </div>
  ) : (
    <div class={className} aria-hidden="true">
      {inner}
    </div>
  );
}
