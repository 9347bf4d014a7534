import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Loaded } from "../components/Loaded";
import { Section } from "../components/Section";
import { queuesQuery } from "../model/queries";
import { PauseDialog } from "./PauseDialog";
import { QueuePlate } from "./QueuePlate";

export function QueuesSection() {
  const { t } = useTranslation("admin");
  const asked = useQuery(queuesQuery);
  const [toPause, setToPause] = useState<string | null>(null);
  return (
    <Section title={t("queues")} lead={t("queuesLead")}>
      <Loaded asked={asked}>
        {(queues) => (
          <ul className="grid gap-4 xl:grid-cols-2">
            {queues.map((queue) => (
              <QueuePlate key={queue.name} queue={queue} onPause={() => setToPause(queue.name)} />
            ))}
          </ul>
        )}
      </Loaded>
      {toPause !== null && <PauseDialog queue={toPause} onClose={() => setToPause(null)} />}
    </Section>
  );
}
