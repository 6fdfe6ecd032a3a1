/** The look that all charts share: transparent, quiet, in the page's own type and colours. */
import type { Plain } from "plotly.js-cartesian-dist-min";
import { theme, token } from "../shell/theme";

/** What charts are made of, for rooms that make their own. */
export type { Plain };

export interface Ink {
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly accent: string;
  readonly warm: string;
  readonly surface: string;
  /** Size of small type, and the root's type over 16 px. */
  readonly size: number;
  readonly scale: number;
}

/** Colours and the size of small type in the theme that is on; reading it subscribes to the theme. */
export function inkOf(): Ink {
  void theme.value;
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  return {
    ink: token("ink"),
    quiet: token("quiet"),
    line: token("line"),
    accent: token("accent"),
    warm: token("warm"),
    surface: token("surface"),
    size: 11 * scale,
    scale,
  };
}

export function baseLayout(ink: Ink, width: number, height: number): { [name: string]: Plain } {
  return {
    width,
    height,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    showlegend: false,
    hovermode: false,
    dragmode: false,
    font: {
      family: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
      size: ink.size,
      color: ink.quiet,
    },
  };
}

export function axis(ink: Ink, more: { readonly [name: string]: Plain }): { [name: string]: Plain } {
  return {
    showgrid: false,
    zeroline: false,
    showline: true,
    linecolor: ink.line,
    ticks: "outside",
    ticklen: 4,
    tickcolor: ink.line,
    fixedrange: true,
    ...more,
  };
}

export const SYMBOLS = ["circle", "square", "diamond", "triangle-up", "cross", "x"] as const;

/** The colour of the series at a place in the list; six, then again. */
export const seriesColour = (place: number): string => token(`s${place % SYMBOLS.length}`);

/** A colour of six hexadecimal digits, seen through. */
export const faint = (colour: string): string => (/^#[0-9a-f]{6}$/i.test(colour) ? `${colour}30` : colour);
