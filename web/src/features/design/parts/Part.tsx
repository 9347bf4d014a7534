import type { ReactNode } from "react";

/** One chapter of the page. */
export function Part({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="text-lead font-semibold">{title}</h2>
      <p className="mb-4 max-w-prose text-small text-ink-soft">{lead}</p>
      {children}
    </section>
  );
}

/** Something shown, with its name in the code. */
export function Shown({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 content-start gap-2">
      <code className="strip break-words">{name}</code>
      {children}
    </div>
  );
}
