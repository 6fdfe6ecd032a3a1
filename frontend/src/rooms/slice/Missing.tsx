/** Checkpoints that could not be had, in words; on the scrubber they are gaps. */
import { Gaps } from "../../asking/Gaps";
import { frameNames, question } from "../../subject/question";
import { answers, frames } from "./state/frames";

export function Missing() {
  const names = frameNames.value;
  if (answers.value !== question.value) return null;
  const gaps = names.flatMap((name) => {
    const problem = frames.value.get(name)?.gap;
    return problem ? [{ name, problem }] : [];
  });
  return <Gaps gaps={gaps} of={names.length} noun="checkpoint" />;
}
