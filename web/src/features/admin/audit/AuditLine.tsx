import { useTranslation } from "react-i18next";

import { formatMoment } from "@/lib/format";

import type { AuditEntry } from "../model/queries";
import { detailsOf, sentenceOf } from "./sentences";

export function AuditLine({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation("admin");
  const details = detailsOf(t, entry);
  return (
    <li className="grid gap-x-6 gap-y-1 px-4 py-2.5 sm:px-5 md:grid-cols-[13rem_minmax(0,1fr)]">
      <time dateTime={entry.at} className="strip pt-1">
        {formatMoment(entry.at)}
      </time>
      <div className="min-w-0 text-small">
        <p className="break-words">{sentenceOf(t, entry)}</p>
        {(details !== "" || entry.address !== "") && (
          <p className="break-words text-ink-faint">
            {details}
            {details !== "" && entry.address !== "" && " · "}
            {entry.address !== "" && t("auditFrom", { address: entry.address })}
          </p>
        )}
      </div>
    </li>
  );
}
