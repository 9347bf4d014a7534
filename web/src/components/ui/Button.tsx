import type { ComponentProps, ReactNode } from "react";
import { Link } from "react-router";

import { classes } from "@/lib/classes";

type Look = "primary" | "plain" | "quiet" | "danger";
type Size = "normal" | "small";

interface Shared {
  look?: Look;
  size?: Size;
  icon?: ReactNode;
}

const LOOKS: Record<Look, string> = {
  primary: "bg-signal text-on-signal border-transparent hover:brightness-105 active:brightness-95 font-semibold",
  plain: "bg-raised text-ink border-line-strong/60 hover:bg-hover",
  quiet: "bg-transparent text-ink-soft border-transparent hover:bg-hover hover:text-ink",
  danger: "bg-transparent text-failed-ink border-failed/60 hover:bg-failed/10",
};
const SIZES: Record<Size, string> = { normal: "min-h-10 px-4 text-body", small: "min-h-8 px-3 text-small" };

function look({ look = "plain", size = "normal" }: Shared, more?: string): string {
  return classes(
    "inline-flex items-center justify-center gap-2 rounded-small border font-medium whitespace-nowrap select-none",
    "transition-[background-color,filter,border-color] duration-100 disabled:opacity-50 disabled:pointer-events-none aria-disabled:opacity-50",
    LOOKS[look],
    SIZES[size],
    more,
  );
}

/** `isBusy` keeps the button in its place and size while what it began goes on. */
export function Button({
  look: chosen,
  size,
  icon,
  isBusy = false,
  className,
  children,
  ...rest
}: ComponentProps<"button"> & Shared & { isBusy?: boolean }) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled === true || isBusy}
      aria-busy={isBusy || undefined}
      className={look(shared(chosen, size), className)}
    >
      {isBusy ? <Turning /> : icon}
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function LinkButton({
  look: chosen,
  size,
  icon,
  className,
  children,
  ...rest
}: ComponentProps<typeof Link> & Shared) {
  return (
    <Link {...rest} className={look(shared(chosen, size), className)}>
      {icon}
      {children}
    </Link>
  );
}

/** A link to a file of the server, which the browser itself opens or keeps. */
export function FileButton({ look: chosen, size, icon, className, children, ...rest }: ComponentProps<"a"> & Shared) {
  return (
    <a {...rest} className={look(shared(chosen, size), className)}>
      {icon}
      {children}
    </a>
  );
}

function shared(look: Look | undefined, size: Size | undefined): Shared {
  return { ...(look && { look }), ...(size && { size }) };
}

/** A button that shows only a picture: `label` says what it does, to those who listen and on hovering. */
export function IconButton({ label, className, children, ...rest }: ComponentProps<"button"> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={classes(
        "inline-grid size-9 shrink-0 place-items-center rounded-small text-ink-soft transition-colors hover:bg-hover hover:text-ink disabled:opacity-50 disabled:pointer-events-none",
        className,
      )}
    >
      {children}
    </button>
  );
}

function Turning() {
  return (
    <span aria-hidden className="size-3.5 animate-turn rounded-full border-2 border-current border-r-transparent" />
  );
}
