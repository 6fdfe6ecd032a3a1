/** What a sharpness is compared with: the server's controls, in a legend's words and in a sentence's. */
import type { ResultFile } from "../api/decode";

export const CONTROLS: Readonly<
  Record<string, { readonly name: string; readonly where: string; readonly dash: string }>
> = {
  last_block: { name: "last block", where: "written after the last block", dash: "dash" },
  final_line: { name: "line of outputs", where: "on the straight line between the outputs", dash: "dot" },
  random: { name: "random ends", where: "between random activations", dash: "dashdot" },
};

export interface Control {
  /** In a legend's words. */
  readonly name: string;
  readonly where: string;
  readonly dash: string;
  /** [steps], d(α) / d(1). */
  readonly curve: readonly number[];
  readonly sharpness: number;
}

/** The controls that a curve brings; none where a result has none. */
export function controlsOf(file: ResultFile): Control[] {
  const curves = file.arrays.get("control");
  const sharp = file.arrays.get("control_sharpness");
  const names = file.metadata["controls"];
  if (!curves || !sharp || !Array.isArray(names)) return [];
  const steps = curves.shape[1] ?? 0;
  const all = Array.from(curves.data, Number);
  return names.flatMap((name, row) => {
    const known = CONTROLS[String(name)];
    const sharpness = Number(sharp.data[row]);
    if (!known || !Number.isFinite(sharpness)) return [];
    return [{ ...known, curve: all.slice(row * steps, (row + 1) * steps), sharpness }];
  });
}

/** “Controls: 1.3 written after the last block, …”; empty of none. */
export function controlsSentence(controls: readonly Control[]): string {
  if (controls.length === 0) return "";
  return `Controls: ${controls.map(({ sharpness, where }) => `${sharpness.toFixed(1)} ${where}`).join(", ")}.`;
}
