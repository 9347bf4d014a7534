/** A small choice that this browser keeps; where it may keep nothing, it is forgotten with the page. */
export function remembered<T>(
  name: string,
  parse: (value: unknown) => T,
): { read: () => T; write: (value: T) => void } {
  const key = `soundstage.${name}`;
  return {
    read() {
      try {
        return parse(JSON.parse(localStorage.getItem(key) ?? "null"));
      } catch {
        return parse(null);
      }
    },
    write(value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // A browser in private mode refuses: the choice holds for this page.
      }
    },
  };
}
