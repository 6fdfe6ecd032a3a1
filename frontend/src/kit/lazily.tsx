/** A part of the page that is fetched when it is first shown. */
import type { ReadonlySignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** The part; a word in its place until it is there (unless `quiet`), or when it cannot be had. */
export function lazily<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  quiet = false,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Lazy(props: Props) {
    const [Part, setPart] = useState<ComponentType<Props> | null>(() => loaded);
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
    if (Part) return <Part {...props} />;
    if (lost) return <p class="bad">This part of the page could not be fetched; reload the page.</p>;
    return quiet ? null : <p class="quiet">opening …</p>;
  };
}

/** A sheet that is fetched when it is first opened, then kept, so that closing it gives the focus back. */
export function whenOpened(
  open: ReadonlySignal<boolean>,
  load: () => Promise<{ default: ComponentType }>,
): ComponentType {
  const Part = lazily(load, true);
  return function Opened() {
    const wanted = useRef(false);
    wanted.current ||= open.value;
    return wanted.current ? <Part /> : null;
  };
}
