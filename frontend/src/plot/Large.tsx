/** A chart of the enlarged view: any figure, and whoever saves it is told which one is drawn. */
import { useEffect } from "preact/hooks";
import { Chart } from "./Chart";
import type { Figure } from "./image";

interface Props {
  readonly figure: Figure;
  readonly label: string;
  readonly class?: string;
  readonly offer?: (figure: Figure) => void;
  readonly onPick?: (point: number) => void;
}

export function Large({ figure, label, class: className = "large", offer, onPick }: Props) {
  useEffect(() => offer?.(figure), [figure, offer]);
  return (
    <Chart
      class={className}
      label={label}
      data={figure.data}
      layout={figure.layout}
      still={onPick === undefined}
      {...(onPick && { onPick })}
    />
  );
}
