/** A refusal in words: what was found, what to do next, and a way to ask again. */
import type { ComponentChildren } from "preact";
import type { Problem } from "../api/types";
import { Icon } from "../kit/icons";
import "./asking.css";

/** What the view itself has wrong is not mended by asking again, and what is next is said to programs. */
const FIELDS = ":invalid-fields";

export const isOurs = (problem: Problem): boolean => problem.type.endsWith(FIELDS);

interface Props {
  readonly problem: Problem;
  readonly again: () => void;
  /** Puts the words away. */
  readonly close?: (() => void) | undefined;
  /** Further ways out. */
  readonly children?: ComponentChildren;
}

export function Refusal({ problem, again, close, children }: Props) {
  const ours = isOurs(problem);
  return (
    <section class="refusal" role="alert">
      <h2>{problem.title}</h2>
      <p>{problem.detail}</p>
      {problem.next && !ours && <p class="quiet">{problem.next}</p>}
      <div class="refusal-actions">
        {!ours && (
          <button type="button" onClick={again}>
            Try again
          </button>
        )}
        {children}
      </div>
      {close && (
        <button type="button" class="icon bare refusal-close" aria-label="Dismiss" onClick={close}>
          <Icon name="close" />
        </button>
      )}
    </section>
  );
}
