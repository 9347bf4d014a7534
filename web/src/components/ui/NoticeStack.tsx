import { X } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button, IconButton } from "@/components/ui/Button";
import { classes } from "@/lib/classes";
import { dismiss, type Notice, notices, takeBack } from "@/lib/notices";
import { useObservable } from "@/lib/observable";
import { useInterval } from "@/lib/scope";

const SHOWN_MS = 6_000;
const SHOWN_WITH_UNDO_MS = 8_000;

/** Messages at the edge; they stay while the pointer or the focus is on them. */
export function NoticeStack() {
  const shown = useObservable(notices);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-16 z-50 grid justify-items-center gap-2 px-4 lg:bottom-6"
    >
      {shown.map((notice) => (
        <Strip key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function Strip({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const [isHeld, setHeld] = useState(false);
  const leave = useCallback(() => dismiss(notice), [notice]);
  useInterval(leave, isHeld ? null : notice.undo === undefined ? SHOWN_MS : SHOWN_WITH_UNDO_MS);
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={classes(
        "pointer-events-auto flex max-w-[min(36rem,100%)] animate-rise items-center gap-3 rounded-panel border bg-raised py-2 pr-2 pl-4 shadow-over",
        notice.tone === "failed" ? "border-failed/60" : "border-line",
      )}
    >
      <div className="min-w-0 text-small">
        <p dir="auto" className="font-medium break-words">
          {notice.text}
        </p>
        {notice.detail !== undefined && <p className="text-ink-soft break-words">{notice.detail}</p>}
      </div>
      {notice.undo !== undefined && (
        <Button size="small" onClick={() => takeBack(notice)}>
          {notice.undo.label}
        </Button>
      )}
      {notice.action !== undefined && (
        <Button
          size="small"
          onClick={() => {
            notice.action?.act();
            leave();
          }}
        >
          {notice.action.label}
        </Button>
      )}
      <IconButton label={t("dismiss")} onClick={leave}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}
