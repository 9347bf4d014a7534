import type { ReactNode } from "react";

/** A quiet word about why one is here. */
export function Told({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div role="status" className="mb-6 border-l-2 border-waiting bg-waiting/10 px-4 py-3">
      <p className="font-medium">{title}</p>
      <p className="text-small text-ink-soft">{children}</p>
    </div>
  );
}
