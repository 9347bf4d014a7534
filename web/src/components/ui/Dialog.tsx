import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { IconButton } from "@/components/ui/Button";
import { classes } from "@/lib/classes";

interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  lead?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  isWide?: boolean;
}

/** Over the page, with the focus inside; Escape and a click beside it close it. */
export function Dialog({ isOpen, onClose, title, lead, children, actions, isWide = false }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Primitive.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Primitive.Content
          {...(lead === undefined && { "aria-describedby": undefined })}
          className={classes(
            "fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] animate-rise flex-col rounded-t-panel border border-line bg-panel shadow-over",
            "sm:inset-x-auto sm:bottom-auto sm:left-1/2 sm:top-1/2 sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-panel",
            isWide ? "sm:w-[min(56rem,94vw)]" : "sm:w-[min(32rem,94vw)]",
          )}
        >
          <header className="flex items-start justify-between gap-4 border-b border-line px-5 py-3">
            <div>
              <Primitive.Title className="text-lead font-semibold">{title}</Primitive.Title>
              {lead !== undefined && (
                <Primitive.Description className="text-small text-ink-soft">{lead}</Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <IconButton label={t("close")}>
                <X aria-hidden className="size-5" />
              </IconButton>
            </Primitive.Close>
          </header>
          {children !== undefined && <div className="overflow-y-auto p-5">{children}</div>}
          {actions !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{actions}</footer>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
