/** A prompt as text that is edited in place; what was typed is asked after a pause, or at once on Enter. */
import { useEffect, useRef, useState } from "preact/hooks";

const PAUSE = 650;

interface Props {
  readonly label: string;
  readonly text: string;
  readonly onCommit: (text: string) => void;
}

export function PromptText({ label, text, onCommit }: Props) {
  const [draft, setDraft] = useState(text);
  const area = useRef<HTMLTextAreaElement>(null);
  const pause = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => setDraft(text), [text]);
  useEffect(() => () => clearTimeout(pause.current), []);
  useEffect(() => {
    const element = area.current;
    if (!element || CSS.supports("field-sizing", "content")) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [draft]);

  const commit = (value: string): void => {
    clearTimeout(pause.current);
    if (value !== "" && value !== text) onCommit(value);
  };

  return (
    <textarea
      ref={area}
      class="prompt-text"
      aria-label={label}
      aria-invalid={draft === "" ? "true" : undefined}
      title="Enter asks at once, Shift+Enter begins a new line"
      placeholder="A prompt …"
      rows={1}
      maxLength={8192}
      spellcheck={false}
      autocomplete="off"
      value={draft}
      onInput={(event) => {
        const value = event.currentTarget.value;
        setDraft(value);
        clearTimeout(pause.current);
        pause.current = setTimeout(() => commit(value), PAUSE);
      }}
      onBlur={(event) => {
        commit(event.currentTarget.value);
        if (event.currentTarget.value === "") setDraft(text);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.shiftKey) {
          event.preventDefault();
          commit(event.currentTarget.value);
        } else if (event.key === "Escape") {
          clearTimeout(pause.current);
          setDraft(text);
          event.currentTarget.value = text;
          event.currentTarget.blur();
          event.stopPropagation();
        }
      }}
    />
  );
}
