import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";

import { classes } from "@/lib/classes";

export interface MenuItem {
  key: string;
  label: ReactNode;
  icon?: ReactNode;
  isDangerous?: boolean;
  isDisabled?: boolean;
  act: () => void;
}

/** A list of things to do behind one button. */
export function Menu({ trigger, items }: { trigger: ReactNode; items: readonly MenuItem[] }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-44 animate-rise rounded-panel border border-line bg-raised p-1 shadow-over"
        >
          {items.map((item) => (
            <DropdownMenu.Item
              key={item.key}
              disabled={item.isDisabled ?? false}
              onSelect={item.act}
              className={classes(
                "flex min-h-9 cursor-pointer items-center gap-2.5 rounded-small px-3 text-small outline-none data-disabled:opacity-50 data-highlighted:bg-hover",
                item.isDangerous === true && "text-failed-ink",
              )}
            >
              {item.icon}
              {item.label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
