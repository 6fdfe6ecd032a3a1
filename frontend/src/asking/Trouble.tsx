/** Why a question has no answer, over what is there: said once, and put away with a click. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Problem } from "../api/types";
import { Refusal } from "./Refusal";
import type { Asking } from "./Standing";

const gone = (stays: string): Problem => ({
  type: "about:blank",
  title: "The server does not answer",
  status: 0,
  detail: `What has arrived stays here${stays ? `: ${stays}` : ""}.`,
  next: "Start it again with `stable-regions serve`; this page looks every two seconds and goes on by itself.",
});

interface Props {
  readonly of: Asking;
  /** What can be done while the server is gone. */
  readonly stays?: string;
  /** Ways out of a refusal. */
  readonly children?: ComponentChildren;
}

export function Trouble({ of, stays = "", children }: Props) {
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
      {status === "refused" && children}
    </Refusal>
  );
}
