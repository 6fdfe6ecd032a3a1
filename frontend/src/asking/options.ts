/** What a question is asked with. */
import type { ReadonlySignal } from "@preact/signals";
import type { ResultFile } from "../api/decode";
import type { Analysis, AnyRequest, Offer, Ticket } from "../api/types";
import type { Line } from "./line";
import type { Gap, Part, Parts } from "./parts";

export interface Options<R extends AnyRequest, T, P, A extends Analysis> {
  /** What is asked; null: nothing. */
  readonly request: ReadonlySignal<R | null>;
  /** Requests of one text are one question, asked once; by default the whole request. */
  readonly text?: (request: R) => string;
  /** Asked only while this is true; what is known is shown either way. */
  readonly when?: ReadonlySignal<boolean>;
  /** The price comes first, and this says what needs no word at that price. Without it only downloads need one. */
  readonly unbidden?: (offer: Offer) => boolean;
  readonly read: (file: ResultFile, request: R) => T;
  readonly parts?: Parts<P, A>;
  /** Answers that are kept beside the present one. */
  readonly kept?: number;
  /** After a change it is asked when nothing changed for so long, milliseconds; the first is asked at once. */
  readonly pause?: number;
  /** What follows the hand: a newer request waits until the present one is answered, instead of breaking it off. */
  readonly patient?: boolean;
  readonly line?: Line;
  /** Nobody waits for it, and it waits for all others. */
  readonly background?: boolean;
  /** What else is done when it is taken, a part comes, a gap is found, all is there. */
  readonly accepted?: (ticket: Ticket, text: string) => void;
  readonly arrived?: (part: Part<P, A>, text: string) => void;
  readonly skipped?: (gap: Gap, text: string) => void;
  readonly finished?: (request: R, value: T) => void;
}
