/**
 * Rows of the link: one parameter each, which writes a field of a state and reads it back.
 *
 * What is asked is always written out, so that a link does not change its meaning when a default does; what is only
 * drawn has a plain value, and is written where it differs from that.
 */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

export interface Row<T> {
  /** It says how something is drawn, not what: such rows stand behind the others. */
  readonly drawn?: boolean;
  /** The parameter's text; null where it is left out. */
  write(state: T): string | null;
  /** Puts the value into the draft, or says what was expected. */
  read(text: string, draft: Draft<T>): string | undefined;
}

/** Rows by the name of their parameter, in the order in which they are read. */
export type Rows<T> = Readonly<Record<string, Row<T>>>;

type Field<T, Value> = { [K in keyof T]-?: T[K] extends Value ? K : never }[keyof T];

/** Makers of the usual rows of a state: `const { choice, whole } = rowsOf<BeliefView>()`. */
export function rowsOf<T>() {
  /** A row that reads one field; `read` gives undefined where the text makes no sense. */
  function row<K extends keyof T>(
    field: K,
    write: (state: T) => string | null,
    read: (text: string, draft: Draft<T>) => T[K] | undefined,
    expected: string,
  ): Row<T> {
    return {
      write,
      read: (text, draft) => {
        const found = read(text, draft);
        if (found === undefined) return expected;
        draft[field] = found;
        return undefined;
      },
    };
  }

  /** One of several values. */
  function choice<K extends keyof T>(field: K, values: readonly T[K][], plain?: T[K]): Row<T> {
    const made = row(
      field,
      (state) => (state[field] === plain ? null : String(state[field])),
      (text) => values.find((value) => String(value) === text),
      `one of ${values.join(", ")}`,
    );
    return { ...made, drawn: plain !== undefined };
  }

  /** 0 or 1. */
  function flag(field: Field<T, boolean>, plain?: boolean): Row<T> {
    const made = row(
      field,
      (state) => (state[field] === plain ? null : state[field] ? "1" : "0"),
      (text) => (text === "0" || text === "1" ? ((text === "1") as T[typeof field]) : undefined),
      "0 or 1",
    );
    return { ...made, drawn: plain !== undefined };
  }

  /** A whole number within bounds, both included. */
  function whole(field: Field<T, number>, least: number, most: number): Row<T> {
    return row(
      field,
      (state) => String(state[field]),
      (text) => (/^\d{1,10}$/.test(text) ? within(Number(text), least, most) : undefined) as T[typeof field],
      `a whole number from ${least} to ${most}`,
    );
  }

  /** A number within bounds, both included, with all its digits. */
  function number(field: Field<T, number>, least: number, most: number): Row<T> {
    return row(
      field,
      (state) => String(state[field]),
      (text) => (text.trim() === "" ? undefined : within(Number(text), least, most)) as T[typeof field],
      `a number from ${least} to ${most}`,
    );
  }

  /** A text of at most so many characters; left out where it is empty. */
  function text(field: Field<T, string>, most: number): Row<T> {
    return row(
      field,
      (state) => String(state[field]) || null,
      (found) => (found.length <= most ? (found as T[typeof field]) : undefined),
      `at most ${most} characters`,
    );
  }

  return { row, choice, flag, whole, number, text };
}

function within(value: number, least: number, most: number): number | undefined {
  return value >= least && value <= most ? value : undefined;
}
