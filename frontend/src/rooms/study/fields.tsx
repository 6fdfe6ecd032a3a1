/** The small controls of the room's left side. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

export function Field({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <fieldset class="study-field">
      <legend>{label}</legend>
      {children}
    </fieldset>
  );
}

/** Several of a few: a chip each. */
export function Several<T extends string | number>(props: {
  label: string;
  options: readonly { value: T; text: string; title?: string }[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}) {
  return (
    <div class="study-chips" role="group" aria-label={props.label}>
      {props.options.map(({ value, text, title }) => {
        const on = props.chosen.includes(value);
        return (
          <button
            key={String(value)}
            type="button"
            title={title}
            aria-pressed={on}
            onClick={() => {
              const left = props.chosen.filter((one) => one !== value);
              const all = props.options.map((option) => option.value);
              const next = on ? left : all.filter((one) => one === value || props.chosen.includes(one));
              if (next.length > 0) props.onChange(next);
            }}
          >
            {text}
          </button>
        );
      })}
    </div>
  );
}

/** One of a few. */
export function OneOf<T extends string>(props: {
  label: string;
  options: readonly { value: T; text: string; title?: string }[];
  chosen: T;
  onChange: (chosen: T) => void;
}) {
  return (
    <div class="study-chips" role="group" aria-label={props.label}>
      {props.options.map(({ value, text, title }) => (
        <button
          key={value}
          type="button"
          title={title}
          aria-pressed={props.chosen === value}
          onClick={() => props.onChange(value)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}

/** A whole number between bounds; taken when it is left or Enter is pressed, put back when it makes no sense. */
export function Count(props: {
  label: string;
  value: number;
  least: number;
  most: number;
  title?: string;
  onChange: (value: number) => void;
}) {
  const [text, setText] = useState(String(props.value));
  useEffect(() => setText(String(props.value)), [props.value]);
  const take = (): void => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= props.least && value <= props.most) props.onChange(value);
    else setText(String(props.value));
  };
  return (
    <label class="study-count" title={props.title ?? `${props.least} to ${props.most}`}>
      <span>{props.label}</span>
      <input
        inputMode="numeric"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
        }}
      />
    </label>
  );
}

/** A name that is typed and added, for a model that the server does not list: a repository of the hub, say. */
export function Add({ label, onAdd }: { label: string; onAdd: (name: string) => void }) {
  const [text, setText] = useState("");
  const fits = /^[A-Za-z0-9][A-Za-z0-9._\-/]*$/.test(text);
  return (
    <form
      class="study-add"
      onSubmit={(event) => {
        event.preventDefault();
        if (!fits) return;
        onAdd(text);
        setText("");
      }}
    >
      <input
        aria-label={label}
        placeholder="owner/model"
        value={text}
        spellcheck={false}
        onInput={(event) => setText(event.currentTarget.value.trim())}
      />
      <button type="submit" disabled={!fits}>
        Add
      </button>
    </form>
  );
}
