/** The sheet of models: a list that is searched, then the checkpoints of the one that was chosen. */
import { catalogue } from "../../api/catalogue";
import { Sheet } from "../../kit/Sheet";
import { Checkpoints } from "./Checkpoints";
import { Models } from "./Models";
import { chooserOpen, chosenModel } from "./open";
import "./chooser.css";
import "./models.css";
import "./checkpoints.css";

export default function Chooser() {
  const all = catalogue.value;
  const model = chosenModel.value;
  if (!all) return null;
  return (
    <Sheet open={chooserOpen} title={model ?? "Models"} class="chooser">
      {model === null ? <Models all={all} /> : <Checkpoints key={model} name={model} all={all} />}
    </Sheet>
  );
}
