/** Why a question has no answer, over what is there: said once, and put away with a click. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Problem } from "../api/types";
import { isOurs, Refusal } from "../asking/Refusal";
import type { Asking } from "../asking/Standing";
import { goBack, hasBefore } from "./history";
import "./trouble.css";

/** No answer came; `stays` says what can be done meanwhile. */
const gone = (stays: string): Problem => ({
  type: "about:blank",
  title: "The server does not answer",
  status: 0,
  detail: `What has arrived stays here${stays ? `: ${stays}` : ""}.`,
  next: "Start it again with `stable-regions serve`; this page looks every two seconds and goes on by itself.",
});

export function Trouble({ of, stays = "" }: { of: Asking; stays?: string }) {
  const status = of.status.value;
  const away = useSignal(false);
  useEffect(() => {
    away.value = false;
  }, [status]);
  const problem = status === "offline" ? gone(stays) : status === "refused" ? of.problem.value : null;
  if (!problem || away.value) return null;
  return (
    <Refusal
      problem={problem}
      again={() => of.again()}
      close={() => {
        away.value = true;
      }}
    >
      {status === "refused" && (
        <button type="button" class={isOurs(problem) ? "" : "bare"} onClick={goBack}>
          {hasBefore() ? "Back to the last view" : "To the first view"}
        </button>
      )}
    </Refusal>
  );
}
