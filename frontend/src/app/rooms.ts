/** The rooms, in the order of their tabs: one row each. Links without a room's name are of the first. */
import { belief } from "../rooms/belief";
import { compare } from "../rooms/compare";
import { dynamicsRoom } from "../rooms/dynamics";
import { memories } from "../rooms/memories";
import { sheet } from "../rooms/sheet";
import { slice } from "../rooms/slice";
import { study } from "../rooms/study";
import type { Room } from "../shell/room";

export const ROOMS: readonly Room[] = [slice, study, compare, sheet, belief, dynamicsRoom, memories];
