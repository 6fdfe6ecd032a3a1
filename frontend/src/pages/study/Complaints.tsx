/** What of the link could not be read. */
import { complaints } from "../../state/store";
import { Icon } from "../../theme/icons";

export function Complaints() {
  if (complaints.value.length === 0) return null;
  return (
    <section class="study-note" role="alert">
      <ul>
        {complaints.value.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <button
        type="button"
        class="icon bare"
        aria-label="Dismiss"
        onClick={() => {
          complaints.value = [];
        }}
      >
        <Icon name="close" />
      </button>
    </section>
  );
}
