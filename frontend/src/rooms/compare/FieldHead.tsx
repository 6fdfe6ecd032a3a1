/** A field's head: what tells it from the others, which is also where it is changed; and where it goes. */
import type { ComponentChildren } from "preact";
import { catalogue } from "../../api/catalogue";
import { Choice, type Option } from "../../kit/Choice";
import { Icon } from "../../kit/icons";
import { Letter } from "../../kit/Letter";
import { closeMenus, Menu } from "../../kit/Menu";
import { hashTo } from "../../shell/address";
import { distanceText } from "../../subject/distances";
import { PromptText } from "../../subject/prompts/PromptText";
import { view } from "../../subject/state";
import { momentText } from "../../subject/time/moments";
import { cardOf, framesOf, type View } from "../../subject/view";
import { type Field, fields, moveField, removeField, setField } from "./fields";
import { type Facet, FEWEST, facetOf, type Variation, without } from "./variation";
import { FACET_WORDS, facetText } from "./words";

interface Props {
  readonly index: number;
  readonly field: Field;
  readonly name: string;
  readonly title: string;
  /** The acts stand in the menu. */
  readonly narrow: boolean;
}

export function FieldHead({ index, field, name, title, narrow }: Props) {
  const acts = <Acts index={index} field={field} />;
  return (
    <header class="twin-head">
      <h2 class="twin-name">
        <span class="twin-number">{index + 1}</span>
        <Menu label={name} title={`${title}: change this field`}>
          {narrow && <div class="twin-acts">{acts}</div>}
          <Changes index={index} field={field} />
        </Menu>
      </h2>
      {!narrow && acts}
    </header>
  );
}

/** Where a field can go. */
function Acts({ index, field }: { index: number; field: Field }) {
  const count = fields.value.length;
  return (
    <>
      <a
        class="twin-action"
        href={`#${hashTo("slice", view.with(field.view))}`}
        aria-label={`Make field ${index + 1} the main view`}
        title="Make this the main view"
      >
        <Icon name="full" />
      </a>
      <Act label={`Move field ${index + 1} back`} off={index === 0} onAct={() => moveField(index, index - 1)}>
        <Icon name="back" />
      </Act>
      <Act
        label={`Move field ${index + 1} forth`}
        off={index === count - 1}
        onAct={() => moveField(index, index + 1)}
      >
        <Icon name="forth" />
      </Act>
      <Act label={`Remove field ${index + 1}`} off={count <= FEWEST} onAct={() => removeField(index)}>
        <Icon name="close" />
      </Act>
    </>
  );
}

function Act(props: { label: string; off: boolean; onAct: () => void; children: ComponentChildren }) {
  return (
    <button
      type="button"
      class="twin-action"
      aria-label={props.label}
      title={props.label}
      disabled={props.off}
      onClick={() => {
        closeMenus();
        props.onAct();
      }}
    >
      {props.children}
    </button>
  );
}

/** The value of a choice that leaves a facet to the view. */
const FOLLOWS = "";

function Changes({ index, field }: { index: number; field: Field }) {
  const { variation } = field;
  const pick = (facet: Facet, text: string): void =>
    setField(
      index,
      text === FOLLOWS ? without(variation, facet) : { ...variation, [facet]: pickedOf(facet, text) },
    );
  return (
    <div class="menu-fields">
      {(["revision", "model", "layer", "distance", "contexts"] as const).map((facet) => (
        <Choice
          key={facet}
          label={FACET_WORDS[facet]}
          value={variation[facet] === undefined ? FOLLOWS : String(variation[facet])}
          options={[
            { value: FOLLOWS, text: `as the view (${facetText(view.value, facet, catalogue.value)})` },
            ...options(facet, field.view),
          ]}
          onPick={(text) => pick(facet, text)}
        />
      ))}
      {(["a", "b", "c"] as const).map((facet, k) => (
        <div key={facet} class="twin-prompt">
          <Letter k={k as 0 | 1 | 2} />
          <PromptText
            label={`Prompt ${"ABC"[k]} of field ${index + 1}`}
            text={String(facetOf(field.view, facet))}
            onCommit={(text) => pick(facet, text)}
          />
          {variation[facet] !== undefined && (
            <button type="button" class="chip" onClick={() => pick(facet, FOLLOWS)}>
              as the view
            </button>
          )}
        </div>
      ))}
    </div>
  );
}

function pickedOf(facet: Facet, text: string): Variation[Facet] {
  return facet === "layer" ? Number(text) : text;
}

function options(facet: Exclude<Facet, "a" | "b" | "c">, own: View): Option<string>[] {
  const all = catalogue.value;
  if (!all) return [];
  const card = cardOf(all, own.model);
  switch (facet) {
    case "revision":
      return [...new Set([...(card ? card.revisions.map((row) => row.revision) : framesOf(own, card))])].map(
        (name) => ({ value: name, text: momentText(card, name) }),
      );
    case "model":
      return all.models.map(({ name, layers }) => ({ value: name, text: `${name} · ${layers} blocks` }));
    case "layer":
      return Array.from({ length: card?.layers ?? own.layer + 1 }, (_, layer) => ({
        value: String(layer),
        text: `after block ${layer}`,
      }));
    case "distance":
      return all.distances.map(({ name }) => ({ value: name, text: distanceText(name) }));
    case "contexts":
      return [
        { value: "own", text: "own" },
        { value: "first", text: "all in A’s" },
      ];
  }
}
