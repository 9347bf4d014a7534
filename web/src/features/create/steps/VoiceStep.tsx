import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Loading } from "@/components/ui/Empty";

import { textOf } from "../model/order";
import { enginesQuery, voicesQuery } from "../model/queries";
import type { OrderForm } from "../model/use-order-form";
import { MissingEngines } from "./MissingEngines";
import { RateField } from "./RateField";
import { Step } from "./Step";
import { VoicePicker } from "./VoicePicker";

/** Who speaks, and how fast. A voice brings its engine with it. */
export function VoiceStep({ number, form, engineName }: { number: number; form: OrderForm; engineName: string }) {
  const { t } = useTranslation(["create", "common"]);
  const voices = useQuery(voicesQuery);
  const engines = useQuery(enginesQuery);
  const { set, order, errors } = form;
  const choose = useCallback(
    (engine: string, voice: string) => {
      set("voice", voice);
      set(engineName, engine);
    },
    [set, engineName],
  );
  const failed = voices.error ?? engines.error;
  const error = errors.voice ?? errors[engineName];
  return (
    <Step number={number} title={t("voice")}>
      <div data-field="voice" className="grid gap-3">
        {failed !== null ? (
          <Failure failure={failed} onRetry={() => void Promise.all([voices.refetch(), engines.refetch()])} />
        ) : voices.data === undefined || engines.data === undefined ? (
          <Loading label={t("common:loading")} rows={4} />
        ) : (
          <>
            <VoicePicker
              voices={voices.data}
              engines={engines.data}
              engine={textOf(order.params[engineName], "auto")}
              voice={textOf(order.params.voice, "default")}
              onChoose={choose}
            />
            <MissingEngines engines={engines.data} capability="speech" />
          </>
        )}
        {error !== undefined && (
          <p role="alert" className="text-small text-failed-ink">
            {error}
          </p>
        )}
      </div>
      <RateField form={form} />
    </Step>
  );
}
