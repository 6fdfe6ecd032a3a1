/** What the link or a file could not give; of every room. */
import { Icon } from "../kit/icons";
import { complaints } from "./address";
import { notice } from "./notice";
import "./trouble.css";

export function Notices() {
  const odd = complaints.value;
  return (
    <>
      {odd.length > 0 && (
        <section class="trouble-panel mild" role="alert">
          <h2>Some of this link could not be read</h2>
          <ul>
            {odd.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <Close
            onClick={() => {
              complaints.value = [];
            }}
          />
        </section>
      )}
      {notice.value && (
        <section class="trouble-panel mild" role="alert">
          <p>{notice.value}</p>
          <Close
            onClick={() => {
              notice.value = null;
            }}
          />
        </section>
      )}
    </>
  );
}

function Close({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" class="icon bare trouble-close" aria-label="Dismiss" onClick={onClick}>
      <Icon name="close" />
    </button>
  );
}
