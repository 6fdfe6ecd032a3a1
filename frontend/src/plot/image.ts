/** A chart as a file: drawn again by Plotly on the page's own ground, with nothing of the page around it. */
import type { Plain } from "plotly.js-cartesian-dist-min";
import { plotly } from "./Chart";
import { inkOf } from "./look";

export interface Figure {
  readonly data: Plain;
  readonly layout: { readonly [name: string]: Plain };
}

/** PNG twice as fine as the screen, or SVG. */
export async function imageOf({ data, layout }: Figure, format: "png" | "svg"): Promise<Blob> {
  const library = await plotly();
  const ground = inkOf().surface;
  const size = { width: Number(layout["width"]), height: Number(layout["height"]) };
  const drawn = { ...layout, paper_bgcolor: ground, plot_bgcolor: ground };
  const address = await library.toImage(
    { data, layout: drawn },
    { format, ...size, scale: format === "png" ? 2 : 1 },
  );
  const body = address.slice(address.indexOf(",") + 1);
  if (format === "svg") return new Blob([decodeURIComponent(body)], { type: "image/svg+xml" });
  return new Blob([Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0))], { type: "image/png" });
}
