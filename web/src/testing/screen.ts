import { vi } from "vitest";

/** A window with a size, which jsdom has not: it fits some rows of a list, can be scrolled, and answers media queries with `matches`. */
export function fakeScreen({ matches = true }: { matches?: boolean } = {}): { scrollTo: (top: number) => void } {
  vi.stubGlobal("matchMedia", () => ({
    matches,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.stubGlobal("ResizeObserver", FakeResizeObserver);
  function scrollTo(top: number): void {
    Object.assign(globalThis, { scrollY: top, pageYOffset: top });
    globalThis.dispatchEvent(new Event("scroll"));
  }
  vi.stubGlobal("scrollTo", ({ top }: { top: number }) => scrollTo(top));
  scrollTo(0);
  return { scrollTo };
}

class FakeResizeObserver {
  observe(): void {
    // Nothing changes its size here.
  }
  unobserve(): void {
    // As above.
  }
  disconnect(): void {
    // As above.
  }
}
