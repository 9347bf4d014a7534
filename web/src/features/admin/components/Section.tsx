import type { ReactNode } from "react";

/** One section of the administration: what it is, and what can be done with the whole of it. */
export function Section({
  title,
  lead,
  actions,
  children,
}: {
  title: string;
  lead: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h2 className="text-lead font-semibold">{title}</h2>
          <p className="max-w-prose text-small text-ink-soft">{lead}</p>
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}
