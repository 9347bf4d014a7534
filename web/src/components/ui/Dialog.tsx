import { X } from "lucide-react";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
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

/** Over the page, with the focus inside; Escape and a click beside it close it, and the focus goes back. */
export function Dialog({ isOpen, ...rest }: DialogProps) {
  return isOpen ? <OpenDialog {...rest} /> : null;
}

function OpenDialog({ onClose, title, lead, children, actions, isWide = false }: Omit<DialogProps, "isOpen">) {
  const { t } = useTranslation();
  const id = useId();
  const place = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = place.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("input:enabled, textarea:enabled, select:enabled")?.focus(); // else the button that closes it had the focus
    return () => dialog?.close();
  }, []);
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape is the key for it
    <dialog
      ref={place}
      aria-labelledby={`${id}-title`}
      aria-describedby={lead === undefined ? undefined : `${id}-lead`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === place.current && onClose()}
      className={classes(
        "fixed inset-x-0 top-auto bottom-0 m-0 max-h-[92dvh] w-full max-w-full animate-rise overflow-hidden rounded-t-panel border border-line bg-panel p-0 text-ink shadow-over backdrop:bg-veil",
        "sm:inset-0 sm:m-auto sm:h-fit sm:rounded-panel",
        isWide ? "sm:w-[min(56rem,94vw)]" : "sm:w-[min(32rem,94vw)]",
      )}
    >
      <div className="flex max-h-[92dvh] flex-col">
        <header className="flex items-start justify-between gap-4 border-b border-line px-5 py-3">
          <div className="min-w-0">
            <h2 id={`${id}-title`} className="text-lead font-semibold break-words">
              {title}
            </h2>
            {lead !== undefined && (
              <p id={`${id}-lead`} className="text-small text-ink-soft">
                {lead}
              </p>
            )}
          </div>
          <IconButton label={t("close")} onClick={onClose}>
            <X aria-hidden className="size-5" />
          </IconButton>
        </header>
        {children !== undefined && <div className="overflow-y-auto p-5">{children}</div>}
        {actions !== undefined && (
          <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{actions}</footer>
        )}
      </div>
    </dialog>
  );
}
