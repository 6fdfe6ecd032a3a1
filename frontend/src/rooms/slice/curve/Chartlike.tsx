/** The enlarged curve's chart: the figure, the place that is looked at, and the names under its axis. */
import type { Along } from "../../../field/along";
import type { Figure } from "../../../plot/image";
import { Large } from "../../../plot/Large";
import { inkOf } from "../../../plot/look";
import { LARGE_ROOM } from "../../../plot/overTraining";
import { spot } from "../state/line";
import { Spot } from "./Spot";
import { figure as kept } from "./savable";
import { Words } from "./Words";
import { spotText } from "./words";

interface Props {
  readonly figure: Figure;
  readonly label: string;
  readonly along: Along | null;
  readonly width: number;
  readonly height: number;
}

const keep = (figure: Figure): void => {
  kept.value = figure;
};

export function Chartlike({ figure, label, along, width, height }: Props) {
  const { scale } = inkOf();
  const room = {
    left: LARGE_ROOM.left * scale,
    right: LARGE_ROOM.right * scale,
    top: LARGE_ROOM.top,
    bottom: LARGE_ROOM.bottom * scale,
  };
  const margin = (0.02 / 1.04) * (width - room.left - room.right);
  return (
    <div>
      <div class="curve-chart">
        <Large figure={figure} label={label} offer={keep} />
        <Spot along={along} room={room} height={height} />
        {spot.value && along && <p class="spot-text">{spotText(along, spot.value.share)}</p>}
      </div>
      {along && along.names.length > 0 && (
        <Words along={along} left={room.left + margin} right={room.right + margin} />
      )}
    </div>
  );
}
