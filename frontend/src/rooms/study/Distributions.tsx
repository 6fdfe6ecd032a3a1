/** The pairs behind one area: how far outputs end, how they get there, and the pairs that are judged most wrongly. */
import { useMemo } from "preact/hooks";
import { isObject, type ResultFile } from "../../api/decode";
import type { MeaningRequest } from "../../api/types";
import { Bars } from "../../plot/Bars";
import { Path, type Way } from "../../plot/Path";
import { distanceText } from "../../subject/distances";
import { numbersOf } from "./cells";
import { useSize } from "./useSize";

const WORST = 4;

type Pairs = readonly (readonly [string, string])[];

export function Distributions({ file, request }: { file: ResultFile | null; request: MeaningRequest }) {
  const [own, size] = useSize<HTMLElement>();
  const found = useMemo(() => (file ? read(file) : null), [file]);
  const half = size.width > 760 ? Math.floor((size.width - 24) / 2) : size.width;
  return (
    <section ref={own} class="study-behind" aria-label="The pairs behind the chosen area">
      <h3 class="heading">
        {request.model.revision}, after block {request.write_layer ?? 0}
        <span class="study-keys">
          <span class="study-key s0">same meaning</span>
          <span class="study-key s1">different meaning</span>
        </span>
      </h3>
      {!found && (
        <p class="quiet" role="status">
          reading its pairs …
        </p>
      )}
      {found && size.width > 0 && (
        <>
          <div class="study-two">
            <Bars
              rows={found.rows}
              title={`d(1), ${distanceText(request.distance ?? "hellinger")}`}
              high={found.high}
              width={half}
              height={190}
              label="How far outputs end from where they began: similar and dissimilar pairs"
            />
            <Path
              ways={found.ways}
              title={`d(α), ${distanceText(request.distance ?? "hellinger")}`}
              straight={false}
              width={half}
              height={190}
              label="How far the output has gone along the paths of similar and of dissimilar pairs: medians, with quartiles as bands"
            />
          </div>
          <div class="study-two">
            <Worst title="Similar pairs that end farthest apart" rows={found.far} />
            <Worst title="Dissimilar pairs that end nearest" rows={found.near} />
          </div>
        </>
      )}
    </section>
  );
}

interface Row {
  readonly end: number;
  readonly pair: readonly [string, string];
}

function Worst({ title, rows }: { title: string; rows: readonly Row[] }) {
  return (
    <div>
      <h4 class="heading">{title}</h4>
      <ol class="study-worst">
        {rows.map(({ end, pair }) => (
          <li key={pair.join("|")}>
            <span class="number">{end.toFixed(2)}</span>
            <span class="study-pair-text">
              <span>{pair[0]}</span>
              <span>{pair[1]}</span>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function isPairs(value: unknown): value is Pairs {
  return Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.length === 2);
}

function read(file: ResultFile) {
  const said = file.metadata["pairs"];
  const of = (kind: string): Pairs => {
    const pairs: unknown = isObject(said) ? said[kind] : null;
    return isPairs(pairs) ? pairs : [];
  };
  const ends = {
    same: numbersOf(file, "same_end_distance"),
    different: numbersOf(file, "different_end_distance"),
  };
  const curves = numbersOf(file, "curves");
  const steps = curves.length / 6;
  const row = (kind: number, quartile: number): number[] =>
    curves.slice((3 * kind + quartile) * steps, (3 * kind + quartile + 1) * steps);
  const ways: Way[] = ["same meaning", "different meaning"].map((name, kind) => ({
    name,
    low: row(kind, 0),
    y: row(kind, 1),
    high: row(kind, 2),
    look: kind,
  }));
  const sorted = (kind: "same" | "different", sign: number): Row[] =>
    ends[kind]
      .map((end, i) => ({ end, pair: of(kind)[i] ?? (["", ""] as const) }))
      .sort((a, b) => sign * (a.end - b.end))
      .slice(0, WORST);
  return {
    rows: [
      { name: "same meaning", values: ends.same, look: 0 },
      { name: "different meaning", values: ends.different, look: 1 },
    ],
    high: Math.max(1e-6, ...ends.same, ...ends.different) * 1.02,
    ways,
    far: sorted("same", -1),
    near: sorted("different", 1),
  };
}
