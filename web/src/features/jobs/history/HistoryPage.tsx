import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { LinkButton } from "@/components/ui/Button";
import { PageHead } from "@/components/ui/Panel";
import { paths } from "@/config/paths";
import { useTitle } from "@/lib/scope";

import { Filters } from "./components/Filters";
import { FoundJobs } from "./components/FoundJobs";
import { EVERYTHING, type HistoryFilter, readFilter, writeFilter } from "./model/filter";

/** Every job there is, to be found, looked through and acted on. The address says the filter. */
export function HistoryPage() {
  const { t } = useTranslation("history");
  useTitle(t("title"));
  const [search, setSearch] = useSearchParams();
  const filter = readFilter(search);
  const change = (wish: Partial<HistoryFilter>) =>
    setSearch((now) => writeFilter({ ...readFilter(now), ...wish }), { replace: "text" in wish });
  return (
    <>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <LinkButton look="primary" to={paths.create} icon={<Plus aria-hidden className="size-4" />}>
            {t("make")}
          </LinkButton>
        }
      />
      <Filters filter={filter} onChange={change} />
      <FoundJobs filter={filter} onClear={() => setSearch(writeFilter(EVERYTHING))} />
    </>
  );
}
