import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useWords } from "@/components/errors/Failure";
import { paths } from "@/config/paths";
import { formatBytes } from "@/lib/format";
import { Problem } from "@/lib/problem";

import { usageQuery } from "../model/queries";

/** Why a file was not taken, and what to do. */
export function UploadRefusal({ failure }: { failure: Error }) {
  const { text, hint } = useWords(failure);
  const isFull = failure instanceof Problem && failure.code === "limit_reached";
  return (
    <div role="alert" className="text-small break-words">
      <p className="text-failed-ink">{isFull ? <StorageFull fallback={text} /> : text}</p>
      {hint !== "" && <p className="text-ink-soft">{hint}</p>}
      {isFull && <ToStorage />}
    </div>
  );
}

function StorageFull({ fallback }: { fallback: string }) {
  const { t } = useTranslation("assets");
  const usage = useQuery(usageQuery).data;
  if (usage?.storage_bytes === undefined || usage.storage_bytes === null) return fallback;
  const [used, storage] = [formatBytes(usage.used_bytes), formatBytes(usage.storage_bytes)];
  return t("storageFull", { used, storage });
}

function ToStorage() {
  const { t } = useTranslation("assets");
  return (
    <Link to={paths.settingsOf("storage")} className="font-medium underline underline-offset-2">
      {t("toStorage")}
    </Link>
  );
}
