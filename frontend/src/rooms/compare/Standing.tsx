/** What stands over a picture that is not there, or not there yet. */
import { Refusal } from "../../asking/Refusal";
import { shortText } from "../../asking/words";
import type { Asked } from "./fields";

export function Standing({ asked, empty }: { asked: Asked | undefined; empty: boolean }) {
  const question = asked?.question;
  const [status, problem] = [question?.status.value ?? "waiting", question?.problem.value];
  if (question && status === "refused" && problem)
    return (
      <div class="twin-refused">
        <Refusal problem={problem} again={() => question.again()} />
      </div>
    );
  const words = status === "waiting" && !empty ? "" : shortText(status, question?.progress.value ?? null);
  return words ? <p class="twin-note">{words}</p> : null;
}
