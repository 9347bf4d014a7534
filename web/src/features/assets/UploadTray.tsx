import { ChevronDown, ChevronUp } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button, IconButton } from "@/components/ui/Button";
import { useObservable } from "@/lib/observable";
import type { FileUpload } from "@/lib/uploads";

import { UploadLine } from "./components/UploadLine";
import { dropDone, dropFromTray, trayCounts } from "./model/tray";
import { tray } from "./model/tray-content";

/** What is on its way into the library, at the edge of every page. */
export function UploadTray() {
  const uploads = useObservable(tray);
  return uploads.length === 0 ? null : <Tray uploads={uploads} />;
}

function Tray({ uploads }: { uploads: readonly FileUpload[] }) {
  const { t } = useTranslation("assets");
  const [isOpen, setOpen] = useState(true);
  const { done, failed, whole } = useObservable(trayCounts);
  const words = t("trayCounts", { done, whole }) + (failed > 0 ? ` · ${t("trayFailed", { count: failed })}` : "");
  const Sign = isOpen ? ChevronDown : ChevronUp;
  return (
    <section
      aria-label={t("tray")}
      className="fixed right-3 bottom-18 z-20 w-[min(24rem,calc(100vw-1.5rem))] animate-rise rounded-panel border border-line-strong/60 bg-raised shadow-over lg:right-6 lg:bottom-6"
    >
      <header className="flex items-center justify-between gap-2 py-1 pr-1 pl-4">
        <p role="status" className="min-w-0 truncate text-small font-medium">
          {words}
        </p>
        <div className="flex">
          {done > 0 && (
            <Button size="small" look="quiet" onClick={dropDone}>
              {t("trayClear")}
            </Button>
          )}
          <IconButton
            label={t(isOpen ? "trayFold" : "trayOpen")}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            <Sign aria-hidden className="size-4" />
          </IconButton>
        </div>
      </header>
      {isOpen && (
        <ul className="max-h-[40dvh] divide-y divide-line overflow-y-auto border-t border-line px-4">
          {uploads.map((upload) => (
            <li key={upload.id}>
              <UploadLine upload={upload} onLeave={() => dropFromTray(upload)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
