/** The few calls of plotly.js that are used; the -dist-min packages bring no types. */
declare module "plotly.js-cartesian-dist-min" {
  export type Plain =
    | null
    | undefined
    | boolean
    | number
    | string
    | readonly Plain[]
    | { readonly [name: string]: Plain };
  export interface PlotElement extends HTMLElement {
    on(
      name: "plotly_click",
      listen: (event: { points: readonly { pointNumber: number; curveNumber: number }[] }) => void,
    ): void;
  }
  export interface Plotly {
    react(element: HTMLElement, data: Plain, layout: Plain, config: Plain): Promise<PlotElement>;
    purge(element: HTMLElement): void;
    /** The figure as a data address. */
    toImage(
      figure: { data: Plain; layout: Plain },
      options: { format: "png" | "svg"; width: number; height: number; scale: number },
    ): Promise<string>;
  }
  const plotly: Plotly;
  export default plotly;
}
