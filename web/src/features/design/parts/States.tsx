import { Library } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Empty, Loading } from "@/components/ui/Empty";
import { Meter } from "@/components/ui/Meter";
import { notify } from "@/lib/notices";
import { Problem } from "@/lib/problem";

import { Part, Shown } from "./Part";

export function States() {
  const { t } = useTranslation("design");
  const { t: tCommon } = useTranslation();
  const refusal = new Problem(404, { detail: t("failureText"), hint: t("failureHint") });
  return (
    <Part title={t("states")} lead={t("statesLead")}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 rounded-panel border border-line bg-panel p-5 lg:grid-cols-[repeat(2,minmax(0,1fr))]">
        <Shown name="notify()">
          <Notices />
        </Shown>
        <Shown name="Dialog">
          <ExampleDialog />
        </Shown>
        <Shown name="Failure">
          <Failure failure={refusal} onRetry={() => undefined} />
        </Shown>
        <Shown name="Meter">
          <Meter label={t("meterLabel")} fraction={0.7} text={t("meterText")} />
          <Meter label={t("meterLabel")} fraction={0.7} text={t("meterText")} tone="done" />
          <Meter label={t("meterLabel")} fraction={0.95} text={t("meterText")} tone="failed" />
        </Shown>
        <Shown name="Empty">
          <Empty
            icon={<Library aria-hidden className="size-8 stroke-1" />}
            title={t("emptyTitle")}
            actions={<Button>{tCommon("more")}</Button>}
          >
            {t("emptyText")}
          </Empty>
        </Shown>
        <Shown name="Loading">
          <Loading label={tCommon("loading")} />
        </Shown>
      </div>
    </Part>
  );
}

function Notices() {
  const { t } = useTranslation("design");
  const { t: tCommon } = useTranslation();
  const undo = { label: tCommon("undo"), act: () => undefined };
  return (
    <div className="flex flex-wrap gap-3">
      <Button onClick={() => notify({ tone: "done", text: t("noticeDoneText") })}>{t("noticeDone")}</Button>
      <Button onClick={() => notify({ tone: "neutral", text: t("noticeUndoText"), undo })}>{t("noticeUndo")}</Button>
      <Button onClick={() => notify({ tone: "failed", text: t("noticeFailedText"), detail: t("noticeFailedDetail") })}>
        {t("noticeFailed")}
      </Button>
    </div>
  );
}

function ExampleDialog() {
  const { t } = useTranslation("design");
  const { t: tCommon } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <div>
      <Button onClick={() => setOpen(true)}>{t("dialogOpen")}</Button>
      <Dialog
        isOpen={isOpen}
        onClose={close}
        title={t("dialogTitle")}
        lead={t("dialogLead")}
        actions={
          <>
            <Button onClick={close}>{tCommon("cancel")}</Button>
            <Button look="danger" onClick={close}>
              {tCommon("delete")}
            </Button>
          </>
        }
      />
    </div>
  );
}
