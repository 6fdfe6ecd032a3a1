/** A part of the page that is fetched when it is first shown. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/** The part, with a word in its place until it is there or when it cannot be had. */
export function lazily(load: () => Promise<{ default: ComponentType }>): ComponentType {
  let loaded: ComponentType | null = null;
  return function Lazy() {
    const [Part, setPart] = useState<ComponentType | null>(() => loaded);
    const [lost, setLost] = useState(false);
    useEffect(() => {
      if (Part) return;
      load().then(
        (module) => {
          loaded = module.default;
          setPart(() => module.default);
        },
        () => setLost(true),
      );
    }, [Part]);
    if (lost) return <p class="bad">This part of the page could not be fetched; reload the page.</p>;
    return Part ? <Part /> : <p class="quiet">opening …</p>;
  };
}
