/** What a drag on the picture does: look closer, or draw a line. */

import { Icon } from "../../../kit/icons";
import { tool } from "../state/line";

const TOOLS = [
  { value: "zoom", label: "Zoom by dragging", title: "Drag looks closer (D)" },
  { value: "line", label: "Draw lines by dragging", title: "Drag draws a line (D); alt-drag does so too" },
] as const;

export function Tools() {
  return (
    <div class="tools" role="group" aria-label="What a drag does">
      {TOOLS.map(({ value, label, title }) => (
        <button
          key={value}
          type="button"
          class="icon"
          aria-label={label}
          title={title}
          aria-pressed={tool.value === value}
          onClick={() => {
            tool.value = value;
          }}
        >
          <Icon name={value} />
        </button>
      ))}
    </div>
  );
}
