/** How a question stands: one vocabulary for all rooms. */

/**
 * `empty`: nothing is asked. `pricing`: it is being asked, or what it costs. `priced`: it waits for a person's word.
 * `waiting`: for its turn, or until the page wants it. The last three end it; a server that comes back is asked again.
 */
export type Status =
  | "empty"
  | "pricing"
  | "priced"
  | "waiting"
  | "running"
  | "done"
  | "cancelled"
  | "refused"
  | "offline";

const UNDER_WAY: readonly Status[] = ["pricing", "waiting", "running"];
export const isUnderWay = (status: Status): boolean => UNDER_WAY.includes(status);
