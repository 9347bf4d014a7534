import { useId, type ComponentProps, type ReactNode } from "react";

import { classes } from "@/lib/classes";

interface Words {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
}

export const CONTROL =
  "w-full rounded-small border border-line-strong/70 bg-raised px-3 text-body text-ink transition-colors hover:border-line-strong aria-invalid:border-failed disabled:opacity-60";

/** A label, a control and what is said of it, tied together for those who listen. */
export function Field({ label, hint, error, children }: Words & { children: (ids: Tied) => ReactNode }) {
  const id = useId();
  const [hintId, errorId] = [`${id}-hint`, `${id}-error`];
  const described = classes(hint !== undefined && hintId, hasText(error) && errorId);
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-small font-medium text-ink-soft">
        {label}
      </label>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": hasText(error) || undefined })}
      {hint !== undefined && (
        <p id={hintId} className="text-small text-ink-faint">
          {hint}
        </p>
      )}
      {hasText(error) && (
        <p id={errorId} role="alert" className="text-small text-failed-ink">
          {error}
        </p>
      )}
    </div>
  );
}

interface Tied {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

function hasText(error: ReactNode): boolean {
  return error !== undefined && error !== null && error !== "";
}

export function TextField({ label, hint, error, className, ...rest }: ComponentProps<"input"> & Words) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(tied) => <input {...rest} {...tied} className={classes(CONTROL, "min-h-10", className)} />}
    </Field>
  );
}

export function TextArea({ label, hint, error, className, ...rest }: ComponentProps<"textarea"> & Words) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(tied) => <textarea {...rest} {...tied} className={classes(CONTROL, "min-h-28 py-2.5", className)} />}
    </Field>
  );
}

export function SelectField({ label, hint, error, className, children, ...rest }: ComponentProps<"select"> & Words) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(tied) => (
        <select {...rest} {...tied} className={classes(CONTROL, "min-h-10 pr-8", className)}>
          {children}
        </select>
      )}
    </Field>
  );
}

export function CheckField({ label, hint, ...rest }: ComponentProps<"input"> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className="grid grid-cols-[auto_1fr] items-start gap-x-2.5">
      <input
        type="checkbox"
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        {...rest}
        className="mt-1 size-4.5 accent-signal-strong"
      />
      <label htmlFor={id} className="leading-6">
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="col-start-2 text-small text-ink-faint">
          {hint}
        </p>
      )}
    </div>
  );
}
