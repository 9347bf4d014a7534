import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Empty } from "@/components/ui/Empty";

import { Loaded } from "../components/Loaded";
import { Section } from "../components/Section";
import { workersQuery } from "../model/queries";
import { WorkerStrip } from "./WorkerStrip";

export function WorkersSection() {
  const { t } = useTranslation("admin");
  const asked = useQuery(workersQuery);
  const workers = asked.data ?? [];
  const busy = workers.filter((worker) => worker.state === "busy").length;
  return (
    <Section
      title={t("workers")}
      lead={t("workersLead")}
      actions={
        workers.length > 0 && (
          <p className="figures text-ink-soft">
            {t("workersCount", { count: workers.length })} · {t("workersBusy", { count: busy })}
          </p>
        )
      }
    >
      <Loaded asked={asked}>
        {(workers) =>
          workers.length === 0 ? (
            <Empty title={t("workersEmpty")}>{t("workersEmptyHint")}</Empty>
          ) : (
            <ul className="divide-y divide-line rounded-panel border border-line bg-panel">
              {workers.map((worker) => (
                <WorkerStrip key={worker.id} worker={worker} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
