import type { ReactNode } from "react";

export function Head({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="mb-7">
      <h1 className="text-display font-semibold tracking-tight break-words">{title}</h1>
      {children !== undefined && <p className="mt-2 text-ink-soft">{children}</p>}
    </header>
  );
}
