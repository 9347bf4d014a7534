import { useTranslation } from "react-i18next";

import { formatDate } from "@/lib/format";

import { fileOfRole, type Shared, shownOf, titleOf } from "../model/shared";
import { Downloads } from "./Downloads";
import { Medium } from "./Medium";

export function Result({ shared, renew }: { shared: Shared; renew: () => Promise<Shared | null> }) {
  const { t } = useTranslation("share");
  const shown = shownOf(shared);
  return (
    <article className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <header>
        <h1 dir="auto" className="text-title font-semibold tracking-tight break-words sm:text-display">
          {titleOf(shared)}
        </h1>
        <p className="mt-1.5 flex flex-wrap gap-x-3 text-small text-ink-soft">
          {shared.description !== "" && <span>{shared.pipeline_title}</span>}
          {shared.made_at !== null && <time dateTime={shared.made_at}>{formatDate(shared.made_at)}</time>}
        </p>
      </header>
      {shown.map((file) => (
        <Medium
          key={file.name}
          file={file}
          title={titleOf(shared)}
          poster={fileOfRole(shared, "thumbnail")?.url}
          subtitles={fileOfRole(shared, "subtitles")?.url}
          renew={async () => (await renew())?.files.find(({ name }) => name === file.name)?.url ?? null}
        />
      ))}
      {shown.length === 0 && <p className="text-ink-soft">{t("nothingToShow")}</p>}
      <Downloads files={shared.files} first={shown[0]} />
      <p className="text-small text-ink-faint">{t("goodUntil", { date: formatDate(shared.expires_at) })}</p>
    </article>
  );
}
