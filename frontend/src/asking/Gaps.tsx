/** Parts that could not be had, each with its reason. */
import type { Problem } from "../api/types";
import { plural } from "../kit/numbers";
import "./asking.css";

interface Props {
  readonly gaps: readonly { readonly name: string; readonly problem: Problem }[];
  readonly of: number;
  readonly noun: string;
}

export function Gaps({ gaps, of, noun }: Props) {
  if (gaps.length === 0) return null;
  return (
    <section class="missing" aria-label={`Missing ${noun}s`}>
      <p class="heading">
        {gaps.length} of {plural(of, noun)} {gaps.length === 1 ? "is" : "are"} missing
      </p>
      <ul tabIndex={0}>
        {gaps.map(({ name, problem }) => (
          <li key={name}>
            <strong>{name}</strong> <span class="quiet">{problem.detail}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
