import type { ReactNode } from "react";

import { Panel } from "@/components/ui/Panel";

/** One step of a form that stands on one page: its number, its name, its fields. */
export function Step({ number, title, actions, children }: StepProps) {
  const name = (
    <span className="flex items-baseline gap-3">
      {number !== undefined && (
        <span aria-hidden className="figures text-ink-faint">
          {number}
        </span>
      )}
      {title}
    </span>
  );
  return (
    <Panel title={name} actions={actions}>
      <div className="grid gap-5">{children}</div>
    </Panel>
  );
}

interface StepProps {
  number?: number;
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}
