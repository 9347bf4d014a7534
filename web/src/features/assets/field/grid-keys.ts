import type { KeyboardEvent } from "react";

/** Moves the focus between the buttons of a grid by the arrow keys, Home and End. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.findIndex((button) => button === event.target);
  const next = placeAfter(event.key, at, buttons);
  if (at < 0 || next === null) return;
  event.preventDefault();
  buttons[Math.min(Math.max(next, 0), buttons.length - 1)]?.focus();
}

export function focusFirst(place: HTMLElement | null): void {
  place?.querySelector<HTMLElement>("ul button")?.focus();
}

function placeAfter(key: string, at: number, buttons: HTMLElement[]): number | null {
  const steps: Record<string, number> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + columnsOf(buttons),
    ArrowUp: at - columnsOf(buttons),
    Home: 0,
    End: buttons.length - 1,
  };
  return steps[key] ?? null;
}

/** How many stand side by side, as they are shown. */
function columnsOf(buttons: HTMLElement[]): number {
  const tops = buttons.map((button) => button.getBoundingClientRect().top);
  const second = tops.findIndex((top) => top !== tops[0]);
  return second < 0 ? 1 : second;
}
