import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { classes } from "@/lib/classes";
import { formatSeconds } from "@/lib/format";

import type { TestResult } from "./webhooks";

/** What the receiver said to the test. */
export function TestOutcome({ result, failure }: { result: TestResult | undefined; failure: Error | null }) {
  const { t } = useTranslation("settings");
  if (failure !== null) return <Failure failure={failure} />;
  return (
    <div role="status">
      {result !== undefined && (
        <div
          className={classes(
            "grid gap-1 border-l-2 px-4 py-2 text-small",
            result.is_success ? "border-done bg-done/10" : "border-failed bg-failed/8",
          )}
        >
          <Verdict result={result} />
          {result.excerpt !== "" && (
            <p className="break-words text-ink-soft">
              {t("testSaid")}: <span className="figures">{result.excerpt}</span>
            </p>
          )}
        </div>
      )}
    </div>
  );
}

function Verdict({ result }: { result: TestResult }) {
  const { t } = useTranslation("settings");
  const told = { status: result.status ?? "", seconds: formatSeconds(result.seconds) };
  if (result.is_success) return <p className="font-medium">{t("testGood", told)}</p>;
  const reason = result.error ?? t("testStatus", told);
  return <p className="font-medium break-words">{t("testBad", { reason })}</p>;
}
