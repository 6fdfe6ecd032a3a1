/** Likely next tokens with their probabilities as bars, likeliest first, in the colour of a prompt. */

import { shown as visible } from "../field/names";
import { share } from "./numbers";

interface Likely {
  readonly token: string;
  readonly probability: number;
}

export function Tops({
  rows,
  k,
  label,
  pending = false,
}: {
  rows: readonly Likely[];
  k: 0 | 1 | 2;
  label: string;
  pending?: boolean;
}) {
  return (
    <ol class={`tops${pending ? " pending" : ""}`} aria-label={label}>
      {rows.map((one, n) => (
        <li key={n}>
          <span class="tops-token" title={one.token}>
            {visible(one.token)}
          </span>
          <span class="tops-track" aria-hidden="true">
            <span
              class={`tops-bar fill ${"ABC"[k]}`}
              style={{ width: `${Math.max(1, 100 * one.probability)}%` }}
            />
          </span>
          <span class="tops-share">{share(one.probability)}</span>
        </li>
      ))}
    </ol>
  );
}
