/** The fingers on the picture; two of them pinch. */
import type { Pixel } from "../../field/line";
import { type Frame, toPlane } from "../../field/view";
import { zoomAbout } from "./zoom";

export class Fingers {
  private readonly places = new Map<number, Pixel>();

  get count(): number {
    return this.places.size;
  }

  down(id: number, at: Pixel): void {
    this.places.set(id, at);
  }

  up(id: number): void {
    this.places.delete(id);
  }

  /** Whether the moved finger is one of two; then they zoom about their middle. */
  pinch(id: number, at: Pixel, frame: Frame): boolean {
    if (this.places.size !== 2 || !this.places.has(id)) return false;
    const before = this.apart();
    this.places.set(id, at);
    const after = this.apart();
    const [p, q] = [...this.places.values()] as [Pixel, Pixel];
    if (before > 0 && after > 0) zoomAbout(before / after, toPlane(frame, (p.x + q.x) / 2, (p.y + q.y) / 2));
    return true;
  }

  private apart(): number {
    const [p, q] = [...this.places.values()] as [Pixel, Pixel];
    return Math.hypot(p.x - q.x, p.y - q.y);
  }
}
