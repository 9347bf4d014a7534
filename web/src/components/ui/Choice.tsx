import type { ReactNode } from "react";

import { classes } from "@/lib/classes";

interface ChoiceProps<T extends string> {
  name: string;
  label: string;
  value: T;
  options: readonly { value: T; label: ReactNode }[];
  onChoose: (value: T) => void;
}

/** One of a few, side by side, as the buttons of a desk of which one is pressed. */
export function Choice<T extends string>({ name, label, value, options, onChoose }: ChoiceProps<T>) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-small font-medium text-ink-soft">{label}</legend>
      <div className="flex flex-wrap gap-1 rounded-small bg-well p-1 ring-1 ring-line ring-inset w-fit">
        {options.map((option) => (
          <label
            key={option.value}
            className={classes(
              "min-h-8 cursor-pointer rounded-hair px-3 py-1.5 text-small font-medium has-focus-visible:outline-2 has-focus-visible:outline-focus",
              option.value === value ? "bg-raised text-ink ring-1 ring-line" : "text-ink-soft hover:text-ink",
            )}
          >
            <input
              type="radio"
              className="sr-only"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
