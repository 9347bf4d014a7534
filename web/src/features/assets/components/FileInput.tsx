import { Upload } from "lucide-react";
import type { ReactNode } from "react";

import { classes } from "@/lib/classes";

/** A button that opens the dialog of files. */
export function FileInput({
  accept,
  isMany = false,
  isPrimary = false,
  isSmall = false,
  onFiles,
  children,
}: {
  accept?: string;
  isMany?: boolean;
  isPrimary?: boolean;
  isSmall?: boolean;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}) {
  return (
    <label
      className={classes(
        "inline-flex cursor-pointer items-center justify-center gap-2 rounded-small border font-medium whitespace-nowrap select-none",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
        isSmall ? "min-h-8 px-3 text-small" : "min-h-10 px-4",
        isPrimary
          ? "border-transparent bg-signal font-semibold text-on-signal hover:brightness-105"
          : "border-line-strong/60 bg-raised hover:bg-hover",
      )}
    >
      <Upload aria-hidden className="size-4" />
      {children}
      <input
        type="file"
        accept={accept}
        multiple={isMany}
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = ""; // the same file may be chosen again
        }}
      />
    </label>
  );
}
