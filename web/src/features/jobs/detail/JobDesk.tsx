import { useState } from "react";

import type { Job } from "../model/job";
import { AboutPanel } from "./AboutPanel";
import { FailurePanel } from "./FailurePanel";
import { JobHead } from "./JobHead";
import { ProgressPanel } from "./ProgressPanel";
import { ResultsPanel } from "./results/ResultsPanel";
import { RetryDialog } from "./retry/RetryDialog";
import { SpokenState } from "./SpokenState";
import { StageList } from "./stages/StageList";
import { useOpenStages } from "./stages/open-stages";
import { YourTurn } from "./YourTurn";

/** The plates of the page, in the order in which they matter. */
export function JobDesk({ job }: { job: Job }) {
  const stages = useOpenStages(job);
  const [retryFrom, setRetryFrom] = useState<string | null>(null);
  return (
    <>
      <JobHead job={job} />
      <SpokenState job={job} />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-5">
          <ProgressPanel job={job} selected={stages.selected} onSelect={stages.show} />
          <YourTurn job={job} />
          <FailurePanel job={job} onRetryWith={setRetryFrom} />
          <ResultsPanel job={job} />
          <StageList job={job} stages={stages} onRetryWith={setRetryFrom} />
        </div>
        <AboutPanel job={job} />
      </div>
      {retryFrom !== null && <RetryDialog job={job} stage={retryFrom} onClose={() => setRetryFrom(null)} />}
    </>
  );
}
