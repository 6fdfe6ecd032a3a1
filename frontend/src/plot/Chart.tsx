/**
 * The only component that knows Plotly. It is loaded when the first chart is drawn, never before.
 *
 * `showSendToCloud` and `displaylogo` are off: by default plotly.js 4 offers to upload what it draws.
 */
import type { Plain, PlotElement, Plotly } from "plotly.js-cartesian-dist-min";
import { useEffect, useRef, useState } from "preact/hooks";

export const CONFIG = {
  showSendToCloud: false,
  displaylogo: false,
  displayModeBar: false,
  responsive: false,
  scrollZoom: false,
  doubleClick: false,
  showTips: false,
} as const;

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

interface Props {
  readonly class?: string;
  /** What the chart shows, in words; empty when it only decorates what is said elsewhere. */
  readonly label: string;
  readonly data: Plain;
  readonly layout: Plain;
  readonly still?: boolean;
  readonly onPick?: (point: number) => void;
}

export function Chart({ class: className, label, data, layout, still, onPick }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  const drawn = useRef(false);
  const [lost, setLost] = useState(false);

  useEffect(() => {
    let gone = false;
    const draw = async (): Promise<void> => {
      const library = await plotly();
      if (gone || !element.current) return;
      const config = { ...CONFIG, staticPlot: still ?? false };
      const plot: PlotElement = await library.react(element.current, data, layout, config);
      setLost(false);
      if (drawn.current || gone) return;
      drawn.current = true;
      plot.on("plotly_click", (event) => {
        const point = event.points[0]?.pointNumber;
        if (point !== undefined) pick.current?.(point);
      });
    };
    draw().catch(() => setLost(true));
    return () => {
      gone = true;
    };
  }, [data, layout, still]);

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
