/** The pinned point: its exact next-token distributions, asked anew when the frame or the plane changes. */
import { computed } from "@preact/signals";
import { isObject, type ResultFile } from "../../../api/decode";
import type { PointRequest } from "../../../api/types";
import { Question } from "../../../asking/question";
import { isRepository } from "../../../asking/repository";
import { isOpen } from "../../../shell/address";
import { view } from "../../../subject/state";
import { sliceRequestOf } from "../../../subject/view";
import { playing } from "./play";
import { shown } from "./shown";

export interface Prediction {
  readonly token: string;
  readonly probability: number;
}

export interface Point {
  readonly alpha: number;
  readonly beta: number;
  readonly revision: string;
  readonly distance: readonly [number, number, number];
  /** Likeliest next tokens in each context. */
  readonly top: readonly [Prediction[], Prediction[], Prediction[]];
  readonly nearest: 0 | 1 | 2;
}

const request = computed<PointRequest | null>(() => {
  if (!isOpen.value) return null;
  const { pin } = view.value;
  if (!pin) return null;
  // Of a model of the hub the frame comes first: with it the files are there.
  if (isRepository(view.value.model) && (!shown.value || shown.value.stale)) return null;
  const { window: _, resolution: __, exact: ___, analysis: ____, ...plane } = sliceRequestOf(view.value);
  return { ...plane, analysis: "point", alpha: pin[0], beta: pin[1], top: 10 };
});

export const pinned = new Question<PointRequest, Point>({
  request,
  when: computed(() => !playing.value),
  pause: 180,
  read: pointOf,
});

/** The pinned point, or the one before until it is there. */
export const point = computed(() => pinned.answer.value?.value ?? null);

function pointOf(file: ResultFile, request: PointRequest): Point {
  const distance = Array.from(
    (file.arrays.get("distance")?.data ?? []) as Float32Array,
  ) as unknown as Point["distance"];
  const ids = (file.arrays.get("token")?.data ?? new Int32Array(0)) as Int32Array;
  const shares = (file.arrays.get("probability")?.data ?? new Float32Array(0)) as Float32Array;
  const words = file.metadata["tokens"];
  const count = ids.length / 3;
  const list = (k: number): Prediction[] =>
    Array.from({ length: count }, (_, n) => {
      const id = ids[k * count + n] ?? -1;
      const word = isObject(words) ? words[String(id)] : undefined;
      return { token: typeof word === "string" ? word : `#${id}`, probability: shares[k * count + n] ?? 0 };
    });
  const nearest = ([0, 1, 2] as const).reduce(
    (best, k) => (distance[k] < distance[best] ? k : best),
    0 as 0 | 1 | 2,
  );
  return {
    alpha: request.alpha,
    beta: request.beta,
    revision: request.model.revision ?? "main",
    distance,
    top: [list(0), list(1), list(2)],
    nearest,
  };
}
