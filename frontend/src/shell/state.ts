/**
 * A state: one immutable value of one type, its rows in the link, and the only way to change it.
 *
 * Every room has its own; those about language models share that of their subject. No type holds all of them.
 */
import { signal } from "@preact/signals";
import { type How, recorded } from "./history";
import type { Draft, Row, Rows } from "./row";

interface Shape<T> {
  readonly rows: Rows<T>;
  /** The value that an empty link shows. */
  first(): T;
  /** What follows from a link as a whole, before its rows are read. */
  prepare?(params: URLSearchParams, draft: Draft<T>): void;
}

/** Parameters of a link: names and texts, and whether they only say how something is drawn. */
export type Texts = readonly (readonly [name: string, text: string, drawn: boolean])[];

/** A state as the link sees it, whatever its type. */
export interface Linked {
  /** Names of its rows. */
  readonly names: readonly string[];
  /** Whether it has a value yet. */
  readonly isOpen: boolean;
  /** Its present value as parameters. */
  texts(): Texts;
  /** Takes its value from a link, on top of the first one; what could not be used, in sentences. */
  take(params: URLSearchParams): string[];
}

/** A value that a state could have: what a link leads to. */
export interface Given {
  readonly of: Linked;
  readonly texts: Texts;
}

export class State<T extends object> implements Linked {
  private readonly current = signal<T | null>(null);
  readonly names: readonly string[];

  constructor(private readonly shape: Shape<T>) {
    this.names = Object.keys(shape.rows);
  }

  get isOpen(): boolean {
    return this.current.peek() !== null;
  }

  /** The value; read only after the page is open. */
  get value(): T {
    return there(this.current.value);
  }

  peek(): T {
    return there(this.current.peek());
  }

  readonly change = (patch: Partial<T>, how: How = "step"): void => {
    const after = { ...this.peek(), ...patch };
    if (same(this.written(after), this.texts())) return;
    recorded(() => {
      this.current.value = after;
    }, how);
  };

  /** The state with a patch, for a link that leads there. */
  with(patch: Partial<T>): Given {
    return { of: this, texts: this.written({ ...this.value, ...patch }) };
  }

  texts(): Texts {
    return this.written(this.value);
  }

  take(params: URLSearchParams): string[] {
    const draft: Draft<T> = { ...this.shape.first() };
    const complaints: string[] = [];
    this.shape.prepare?.(params, draft);
    for (const [name, row] of Object.entries(this.shape.rows)) {
      const text = params.get(name);
      const expected = text === null ? undefined : row.read(text, draft);
      if (expected)
        complaints.push(`${name}=${text} in the link: expected ${expected}. ${instead(name, row, draft)}`);
    }
    this.current.value = draft;
    return complaints;
  }

  private written(state: T): Texts {
    return Object.entries(this.shape.rows).flatMap(([name, row]) => {
      const text = row.write(state);
      return text === null ? [] : [[name, text, row.drawn === true] as const];
    });
  }
}

function there<T>(value: T | null): T {
  if (value === null) throw new Error("a state is read before the page is open");
  return value;
}

function same(one: Texts, other: Texts): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function instead<T>(name: string, row: Row<T>, draft: Draft<T>): string {
  const kept = row.write(draft as T);
  return kept === null ? "It was left out." : `Shown instead: ${name}=${kept}.`;
}
