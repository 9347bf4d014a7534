import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { formatAgo } from "@/lib/format";
import { notify } from "@/lib/notices";
import { useNow } from "@/lib/scope";

import type { Order } from "../model/order";
import type { OrderForm } from "../model/use-order-form";

/** Says that the form holds what was left unfinished, and offers an empty one. */
export function DraftBack({ savedAt, form, initial }: { savedAt: string; form: OrderForm; initial: Order }) {
  const { t } = useTranslation(["create", "common"]);
  const [isDropped, setDropped] = useState(false);
  const ago = formatAgo(savedAt, useNow());
  if (isDropped) return null;
  function drop() {
    const before = form.order;
    form.replace(initial);
    setDropped(true);
    const undo = { label: t("common:undo"), act: () => form.replace(before) };
    notify({ tone: "neutral", text: t("draftDropped"), undo });
  }
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-small border border-line bg-panel px-4 py-2 text-small">
      <p className="grow">{t("draftBack", { ago })}</p>
      <Button size="small" look="quiet" onClick={drop}>
        {t("draftDrop")}
      </Button>
    </div>
  );
}
