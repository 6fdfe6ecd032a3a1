/** A text of one's own: typed, pasted, or a text file dropped on it. Taken when the field is left. */
import { useEffect, useState } from "preact/hooks";
import { whole } from "../../kit/numbers";
import { hovering } from "../../shell/notice";

/** The server reads bodies of 64 KiB; the rest of a request needs a little of it. */
const MOST = 60_000;

interface Props {
  readonly value: string;
  readonly note: string;
  readonly label?: string;
  readonly placeholder?: string;
  readonly onChange: (text: string) => void;
}

export function OwnText({ value, note, label = "Own text", placeholder, onChange }: Props) {
  const [text, setText] = useState(value);
  const [refused, setRefused] = useState("");
  useEffect(() => setText(value), [value]);
  const take = (fresh: string): void => {
    const bytes = new TextEncoder().encode(fresh).length;
    if (bytes > MOST) {
      setRefused(`${whole(bytes)} bytes; at most ${whole(MOST)} are sent. Shorten the text.`);
      return;
    }
    setRefused("");
    setText(fresh);
    onChange(fresh);
  };
  return (
    <div class="study-text">
      <textarea
        aria-label={label}
        rows={5}
        value={text}
        placeholder={placeholder ?? "Paste lines or paragraphs, or drop a .txt file"}
        spellcheck={false}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={() => {
          if (text !== value) take(text);
        }}
        onDragOver={(event) => {
          event.preventDefault();
          event.stopPropagation();
        }}
        onDrop={(event) => {
          const file = event.dataTransfer?.files[0];
          if (!file) return;
          event.preventDefault();
          event.stopPropagation();
          hovering.value = false;
          void file.text().then(take);
        }}
      />
      <p class={refused ? "bad" : "quiet"} role={refused ? "alert" : undefined}>
        {refused || note}
      </p>
    </div>
  );
}
