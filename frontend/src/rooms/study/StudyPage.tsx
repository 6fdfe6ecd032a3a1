/** The study room: thousands of paths instead of one picture. Sharpness over training and size, and what it says of meaning. */
import { useEffect } from "preact/hooks";
import { Trouble } from "../../asking/Trouble";
import { Back } from "../../shell/Back";
import { CopyLink } from "../../shell/CopyLink";
import { Everywhere, Frame } from "../../shell/Frame";
import { writeOut } from "../../shell/history";
import { Notices } from "../../shell/Notices";
import { ask, meaning, present, sharpness, study } from "./asking";
import { Meaning } from "./Meaning";
import { MeaningQuestions } from "./MeaningQuestions";
import { SaveStudy } from "./SaveStudy";
import { Sharpness } from "./Sharpness";
import { SharpnessQuestions } from "./SharpnessQuestions";
import type { Section } from "./study";
import "./study.css";
import "./asks.css";
import "./charts.css";
import "./tables.css";
import "./cell.css";

const SECTIONS: readonly { section: Section; text: string; title: string }[] = [
  { section: "sharpness", text: "Sharpness", title: "Random pairs over training, sizes and layers" },
  { section: "meaning", text: "Meaning", title: "Similar against dissimilar pairs" },
];

export default function StudyPage() {
  useEffect(() => {
    writeOut();
    const ends = [sharpness.start(), meaning.start()];
    return () => {
      for (const end of ends) end();
    };
  }, []);
  const now = study.value;
  const { status } = present.value;
  return (
    <div class="study-room" data-phase={status.value}>
      <Frame>
        <div class="study-sections" role="group" aria-label="Section">
          {SECTIONS.map(({ section, text, title }) => (
            <button
              key={section}
              type="button"
              class="bare"
              title={title}
              aria-pressed={now.section === section}
              onClick={() => ask({ section })}
            >
              {text}
            </button>
          ))}
        </div>
        <div class="bar-actions">
          <SaveStudy />
          <CopyLink />
          <Everywhere />
        </div>
      </Frame>
      <aside class="study-asks" aria-label="What is asked">
        {now.section === "meaning" ? <MeaningQuestions /> : <SharpnessQuestions />}
      </aside>
      <main class="study-main">
        {now.section === "meaning" ? <Meaning /> : <Sharpness />}
        <div class="trouble">
          <Trouble of={present.value}>
            <Back />
          </Trouble>
          <Notices />
        </div>
      </main>
    </div>
  );
}
