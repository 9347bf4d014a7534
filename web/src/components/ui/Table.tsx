/* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- see Table */
import type { ReactNode } from "react";

import { classes } from "@/lib/classes";

export interface Column {
  key: string;
  head: string;
  /** Figures stand at the right, so that they can be compared. */
  isFigure?: boolean;
}

/**
 * Rows and columns. On a phone each row folds: its cells stand below each other, with the names of their columns. The roles
 * are written out, as a browser forgets them where a table is not laid out as one.
 */
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
    <div className="overflow-hidden rounded-panel border border-line bg-panel">
      <table role="table" aria-label={label} className="block w-full text-left text-small md:table">
        <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
          <tr role="row" className="md:border-b md:border-line">
            {columns.map((column) => (
              <th
                key={column.key}
                role="columnheader"
                scope="col"
                className={classes("strip px-4 py-2.5 font-normal", column.isFigure === true && "text-right")}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block divide-y divide-line md:table-row-group">
          {children}
        </tbody>
      </table>
    </div>
  );
}

export function Row({ children }: { children: ReactNode }) {
  return (
    <tr role="row" className="block px-4 py-3 md:table-row md:p-0">
      {children}
    </tr>
  );
}

/** `name` is that of its column, for a row that is folded; without one the cell stands as the head of the row. */
export function Cell({
  name = "",
  isFigure = false,
  children,
}: {
  name?: string;
  isFigure?: boolean;
  children: ReactNode;
}) {
  return (
    <td
      role="cell"
      className={classes(
        "min-w-0 py-1 align-top break-words md:table-cell md:px-4 md:py-3",
        name === "" ? "block" : "grid grid-cols-[8rem_minmax(0,1fr)] gap-3",
        isFigure && "figures md:text-right md:whitespace-nowrap",
      )}
    >
      {name !== "" && (
        <span aria-hidden className="strip pt-0.5 md:hidden">
          {name}
        </span>
      )}
      <div>{children}</div>
    </td>
  );
}
