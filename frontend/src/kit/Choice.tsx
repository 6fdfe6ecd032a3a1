/** A labelled choice: what it is above, what is chosen below. */
export interface Option<T> {
  readonly value: T;
  readonly text: string;
}

interface Props<T> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly title?: string;
  readonly onPick: (value: T) => void;
}

export function Choice<T extends string | number>({ label, value, options, title, onPick }: Props<T>) {
  return (
    <label class="choice" title={title}>
      <span class="choice-label">{label}</span>
      <select
        value={String(value)}
        onChange={(event) => {
          const picked = options.find((option) => String(option.value) === event.currentTarget.value);
          if (!picked) return;
          // What is chosen is what the view says, also when the pick opens a sheet instead.
          event.currentTarget.value = String(value);
          onPick(picked.value);
        }}
      >
        {options.map((option) => (
          <option key={String(option.value)} value={String(option.value)}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A switch with its name beside it. */
export function Toggle(props: { label: string; on: boolean; title?: string; onFlip: (on: boolean) => void }) {
  return (
    <label class="toggle" title={props.title}>
      <input
        type="checkbox"
        checked={props.on}
        onChange={(event) => props.onFlip(event.currentTarget.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}
