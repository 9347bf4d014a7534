import { useCallback, useSyncExternalStore } from "react";

/** A number that the place of an element gives, kept true while it and the page change their size. */
export function useMeasure(element: HTMLElement | null, measure: (element: HTMLElement) => number): number {
  const watch = useCallback(
    (changed: () => void) => {
      if (element === null || typeof ResizeObserver === "undefined") return () => undefined;
      const observer = new ResizeObserver(changed);
      observer.observe(element);
      observer.observe(document.body);
      return () => observer.disconnect();
    },
    [element],
  );
  return useSyncExternalStore(watch, () => (element === null ? 0 : measure(element)));
}

export const widthOf = (element: HTMLElement): number => element.clientWidth;

/** How far below the top of the page it begins, in pixels. */
export const topOf = (element: HTMLElement): number =>
  Math.round(element.getBoundingClientRect().top + globalThis.scrollY);
