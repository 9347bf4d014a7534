import type { ReactNode } from "react";

/** Things of one kind, one below the other, each with what can be done with it at its end. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="-my-3 divide-y divide-line">
      {children}
    </ul>
  );
}

export function Row({ title, facts, actions }: { title: ReactNode; facts: ReactNode; actions?: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0 grow basis-64">
        <p className="font-medium break-words">{title}</p>
        <div className="mt-0.5 flex flex-wrap gap-x-4 gap-y-0.5 text-small text-ink-soft">{facts}</div>
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </li>
  );
}
