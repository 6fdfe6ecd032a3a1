/** Room for the charts of the enlarged view. */
import { useEffect, useRef, useState } from "preact/hooks";

/** Width of an element, as it changes, and the height that fits the screen beside it. */
export function useRoom() {
  const element = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const own = element.current;
    if (!own) return;
    const watch = new ResizeObserver(() => {
      const height = Math.round(Math.max(240, Math.min(460, innerHeight - 330)));
      setRoom((before) =>
        before.width === own.clientWidth && before.height === height
          ? before
          : { width: own.clientWidth, height },
      );
    });
    watch.observe(own);
    return () => watch.disconnect();
  }, []);
  return { element, ...room };
}
