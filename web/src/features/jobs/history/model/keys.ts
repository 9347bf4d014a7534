interface Place {
  at: number;
  last: number;
  /** Rows that fit the window. */
  screen: number;
}

/** The row that a key leads to; null where it leads nowhere. */
export function stepOf(key: string, { at, last, screen }: Place): number | null {
  const steps: Partial<Record<string, number>> = {
    ArrowUp: at - 1,
    ArrowDown: at + 1,
    PageUp: at - screen,
    PageDown: at + screen,
    Home: 0,
    End: last,
  };
  const wish = steps[key];
  return wish === undefined ? null : Math.min(last, Math.max(0, wish));
}
