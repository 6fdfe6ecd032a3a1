/** What one sees, in a minute, and every key. */
import { catalogue } from "../../api/catalogue";
import { activeKeys } from "../../shell/keys";
import "./help.css";

export default function Words() {
  return (
    <div class="help-columns">
      <div class="help-words">
        <p>
          A language model turns each prompt into a point of a space with many dimensions: its{" "}
          <em>residual stream</em> after a block, at the last token. Three prompts give three such points,{" "}
          <b>A</b>, <b>B</b> and <b>C</b>, and three points span a plane. This picture is that plane.
        </p>
        <p>
          At every pixel the point is written into the model, the remaining blocks run on, and the output is
          compared with the three that the prompts give by themselves. The more alike, the brighter: red is
          like A, green like B, blue like C; yellow, cyan and magenta are like two of them, white like all,
          black like none.
        </p>
        <p>
          Large even areas are <em>stable regions</em>: the input moves, the output does not. Their names are
          the likeliest next token. Scrub through training to see them form.
        </p>
        <p>
          <b>Wheel</b> or <b>drag</b> looks closer and computes anew, <b>shift-drag</b> moves,{" "}
          <b>double-click</b> goes back. <b>Click</b> keeps a point and lists its next tokens. With the
          picture focused, <b>arrow keys</b> move a cursor and <b>Enter</b> keeps the point.
        </p>
        <p>
          The curve beside the picture shows how the output changes along a line: a plateau, a jump, a
          plateau. <b>Click an edge</b> of the triangle, or <b>alt-drag</b> a line of your own; its ends can
          be dragged, and moved by arrow keys. On the picture it is thick from 10 to 90 % of the change, with
          a mark where that is steepest. Enlarged, it can be looked into, block by block.
        </p>
        <p>
          The tab <b>Regions</b> measures them, <b>How regions form</b> follows them through training, and the
          overlays (<b>O</b>) show how fast the output changes, where units change sign, and which parts of
          the plane real text visits. <b>+ prompt</b> drops another prompt on the picture; turning the plane (
          <b>R</b>) shows what does not depend on the third.
        </p>
        <p>
          The address holds the whole view: a copied link shows the same picture elsewhere. So does a
          downloaded PNG when it is dropped on this page.
        </p>
        <p class="quiet">
          Method: Janiak et al., “Characterizing stable regions in the residual stream of LLMs”, arXiv
          2409.17113. Version {catalogue.value?.version}.
        </p>
      </div>
      <dl class="help-keys">
        {activeKeys.value.map((row) => (
          <div key={row.shown}>
            <dt>
              {row.shown.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{row.text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
