import { useCallback, useState, useSyncExternalStore } from "react";

let scrolledPixels = 0;

/** Whether the page is scrolled further down than that. */
export function useScrolledPast(pixels: number): boolean {
  return useSyncExternalStore(watchScroll, () => scrolledPixels > pixels);
}

/** Before anybody else hears of it: to ask once the page has been changed would make the browser lay it out at once. */
function watchScroll(changed: () => void): () => void {
  function read(): void {
    scrolledPixels = globalThis.scrollY;
    changed();
  }
  read();
  const options = { passive: true, capture: true };
  globalThis.addEventListener("scroll", read, options);
  return () => globalThis.removeEventListener("scroll", read, options);
}

/** How far below the top of the page an element begins, in pixels, and what takes the element. */
export function useOffsetTop(): readonly [number, (element: HTMLElement | null) => (() => void) | undefined] {
  const [top, setTop] = useState(0);
  const measure = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const watch = new ResizeObserver(() => setTop(Math.round(element.getBoundingClientRect().top + scrollY)));
    watch.observe(document.body);
    return () => watch.disconnect();
  }, []);
  return [top, measure];
}

/** What a length in `rem` is on this page: readers may have chosen larger letters. */
export function remPixels(length: number): number {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return length * (Number.isNaN(size) ? 16 : size);
}
