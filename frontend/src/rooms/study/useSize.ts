/** The size of an element's content in CSS pixels, kept true while it is on screen. */
import type { Ref } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

export function useSize<E extends HTMLElement>(): [Ref<E>, { width: number; height: number }] {
  const own = useRef<E | null>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    if (!own.current) return;
    const watch = new ResizeObserver(([entry]) => {
      const box = entry?.contentRect;
      if (box) setSize({ width: Math.floor(box.width), height: Math.floor(box.height) });
    });
    watch.observe(own.current);
    return () => watch.disconnect();
  }, []);
  return [own, size];
}
