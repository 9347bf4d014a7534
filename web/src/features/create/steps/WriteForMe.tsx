import { useQuery } from "@tanstack/react-query";
import { PenLine } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button, LinkButton } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Loading } from "@/components/ui/Empty";
import { paths } from "@/config/paths";

import { enginesQuery } from "../model/queries";
import { MissingEngine } from "./MissingEngine";

/** Scripts by an engine of this Soundstage; where none can, what is missing and how to get it. */
export function WriteForMe() {
  const { t } = useTranslation("create");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" icon={<PenLine aria-hidden className="size-4" />} onClick={() => setOpen(true)}>
        {t("write")}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t("writeTitle")}
        actions={<LinkButton to={paths.settingsOf("engines")}>{t("writeEngines")}</LinkButton>}
      >
        <Writers />
      </Dialog>
    </>
  );
}

function Writers() {
  const { t } = useTranslation(["create", "common"]);
  const engines = useQuery(enginesQuery);
  if (engines.isPending) return <Loading label={t("common:loading")} rows={1} />;
  if (engines.isError) return <Failure failure={engines.error} onRetry={() => void engines.refetch()} />;
  const writers = engines.data.filter((engine) => engine.capability === "script");
  const ready = writers.find((engine) => engine.ready);
  if (ready !== undefined) return <p>{t("writeReady", { engine: ready.title })}</p>;
  if (writers.length > 0) {
    return (
      <div className="grid gap-4">
        <p>{t("writeNotReady")}</p>
        {writers.map((engine) => (
          <MissingEngine key={engine.kind} engine={engine} />
        ))}
      </div>
    );
  }
  return (
    <div className="grid gap-2">
      <p>{t("writeNone")}</p>
      <p className="text-small text-ink-soft">{t("writeNoneHint")}</p>
    </div>
  );
}
