import type { ReactNode } from "react";

import { classes } from "@/lib/classes";

export interface Column {
  key: string;
  head: ReactNode;
  /** Figures stand at the right, so that they can be compared. */
  isFigure?: boolean;
}

/** Rows and columns; where the page is too narrow, the table scrolls by itself. */
export function Table({
  label,
  columns,
  children,
}: {
  label: string;
  columns: readonly Column[];
  children: ReactNode;
}) {
  return (
    <div
      role="region"
      aria-label={label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- whoever has only a keyboard scrolls it, too
      tabIndex={0}
      className="overflow-x-auto rounded-panel border border-line bg-panel"
    >
      <table className="w-full text-left text-small">
        <thead>
          <tr className="border-b border-line">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={classes("strip px-4 py-2.5 font-normal whitespace-nowrap", column.isFigure && "text-right")}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </div>
  );
}

export function Cell({ isFigure = false, children }: { isFigure?: boolean; children: ReactNode }) {
  return (
    <td className={classes("px-4 py-3 align-top", isFigure && "figures text-right whitespace-nowrap")}>{children}</td>
  );
}
