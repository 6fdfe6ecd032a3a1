/** Which colour is which moment of training. */
import { span } from "./moments";

export function Legend() {
  const [first, last, unit] = span.value;
  return (
    <span class="ramp-legend">
      {first}
      <span class="ramp" aria-hidden="true" />
      {last}
      <span class="ramp-unit">{unit}</span>
    </span>
  );
}
