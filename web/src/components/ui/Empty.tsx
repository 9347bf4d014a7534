import type { ReactNode } from "react";

/** A place where nothing is yet: says why, and what to do. */
export function Empty({
  icon,
  title,
  children,
  actions,
}: {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="grid justify-items-center gap-3 px-4 py-12 text-center">
      {icon !== undefined && <div className="text-ink-faint">{icon}</div>}
      <div className="font-medium">{title}</div>
      {children !== undefined && <p className="max-w-md text-small text-ink-soft">{children}</p>}
      {actions !== undefined && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

/** The place of what is being loaded, in its size. */
export function Loading({ rows = 3, label }: { rows?: number; label: string }) {
  return (
    <div role="status" className="grid gap-3">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} aria-hidden className="h-12 animate-breathe rounded-small bg-well" />
      ))}
    </div>
  );
}
