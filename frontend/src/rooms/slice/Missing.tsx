/** Checkpoints that could not be had, in words; on the scrubber they are gaps. */
import { frameNames, question } from "../../subject/question";
import { answers, frames } from "./state/frames";

export function Missing() {
  const names = frameNames.value;
  if (answers.value !== question.value) return null;
  const gaps = names.flatMap((name) => {
    const gap = frames.value.get(name)?.gap;
    return gap ? [{ name, gap }] : [];
  });
  if (gaps.length === 0) return null;
  return (
    <section class="missing" aria-label="Missing checkpoints">
      <p class="heading">
        {gaps.length} of {names.length} checkpoints {gaps.length === 1 ? "is" : "are"} missing
      </p>
      <ul tabIndex={0}>
        {gaps.map(({ name, gap }) => (
          <li key={name}>
            <strong>{name}</strong> <span class="quiet">{gap.detail}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
