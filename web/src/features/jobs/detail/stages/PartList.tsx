import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";

import type { Part, Stage } from "../../model/job";
import { PartRow } from "./PartRow";

/** Up to this many items are shown all at once. */
const FEW = 50;
const ROW_PX = 34;

/** The items of a stage: all of a few; of many those that move, wait or failed, and the rest on demand. */
export function PartList({ stage }: { stage: Stage }) {
  const { t } = useTranslation("job");
  const [showsAll, setShowsAll] = useState(false);
  const parts = stage.parts.filter(({ item }) => item !== null);
  const isMany = parts.length > FEW;
  const telling = parts.filter(({ state }) => state === "active" || state === "waiting" || state === "failed");
  const done = parts.filter(({ state }) => state === "completed").length;
  return (
    <div className="grid gap-2">
      <p className="text-small text-ink-soft">{t("itemsDone", { done, total: parts.length })}</p>
      {!isMany && <Rows parts={parts} />}
      {isMany && showsAll && <LongRows parts={parts} />}
      {isMany && !showsAll && telling.length > 0 && <Rows parts={telling.slice(0, FEW)} />}
      {isMany && (
        <div>
          <Button size="small" look="quiet" onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? t("showFewItems") : t("showAllItems", { count: parts.length })}
          </Button>
        </div>
      )}
    </div>
  );
}

function Rows({ parts }: { parts: readonly Part[] }) {
  return (
    <ul className="border-t border-line">
      {parts.map((part) => (
        <li key={part.id} className="border-b border-line">
          <PartRow part={part} />
        </li>
      ))}
    </ul>
  );
}

/** Thousands of items in a window of their own: only those in sight are in the page. */
function LongRows({ parts }: { parts: readonly Part[] }) {
  const { t } = useTranslation("job");
  const frame = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are used in this component alone
  const rows = useVirtualizer({
    count: parts.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  return (
    <div
      ref={frame}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
      tabIndex={0}
      role="list"
      aria-label={t("showAllItems", { count: parts.length })}
      className="h-96 overflow-y-auto border-y border-line"
    >
      <div style={{ height: rows.getTotalSize() }} className="relative" role="presentation">
        {rows.getVirtualItems().map(({ index, start, key }) => {
          const part = parts[index];
          return (
            part !== undefined && (
              <div
                key={key}
                role="listitem"
                aria-setsize={parts.length}
                aria-posinset={index + 1}
                data-index={index}
                ref={rows.measureElement}
                className="absolute inset-x-0 border-b border-line"
                style={{ transform: `translateY(${start}px)` }}
              >
                <PartRow part={part} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
