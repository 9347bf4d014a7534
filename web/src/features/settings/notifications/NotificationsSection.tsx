import { useState } from "react";
import { useTranslation } from "react-i18next";

import { playChime } from "@/audio/chime";
import { Button } from "@/components/ui/Button";
import { CheckField } from "@/components/ui/Field";
import { Panel } from "@/components/ui/Panel";
import { notify } from "@/lib/notices";
import { askPermission, permission, showOutside, wish, wishes } from "@/lib/notifications";
import { useObservable } from "@/lib/observable";

export function NotificationsSection() {
  const { t } = useTranslation("settings");
  return (
    <Panel title={t("notifications")} className="max-w-3xl">
      <p className="mb-6 text-small text-ink-soft">{t("notifyLead")}</p>
      <div className="grid gap-7 sm:grid-cols-2">
        <When />
        <How />
      </div>
    </Panel>
  );
}

function When() {
  const { t } = useTranslation("settings");
  const chosen = useObservable(wishes);
  const kinds = [
    { kind: "waiting", label: t("notifyWaiting") },
    { kind: "succeeded", label: t("notifySucceeded") },
    { kind: "failed", label: t("notifyFailed") },
  ] as const;
  return (
    <fieldset className="grid content-start gap-3">
      <legend className="mb-3 text-small font-medium text-ink-soft">{t("notifyWhen")}</legend>
      {kinds.map(({ kind, label }) => (
        <CheckField
          key={kind}
          label={label}
          checked={chosen[kind]}
          onChange={(event) => wish({ [kind]: event.target.checked })}
        />
      ))}
    </fieldset>
  );
}

function How() {
  const { t } = useTranslation("settings");
  const chosen = useObservable(wishes);
  const [allowed, setAllowed] = useState(permission);
  const reason = {
    granted: t("notifyBrowserHint"),
    default: t("notifyBrowserAsk"),
    denied: t("notifyDenied"),
    unsupported: t("notifyUnsupported"),
  };
  async function chooseBrowser(isWanted: boolean): Promise<void> {
    const answer = isWanted ? await askPermission() : permission();
    setAllowed(answer);
    wish({ browser: isWanted && answer === "granted" });
  }
  function tryOut(): void {
    const text = t("notifyTestText");
    notify({ tone: "neutral", text });
    if (chosen.sound) void playChime();
    if (chosen.browser) showOutside("Soundstage", text, () => undefined);
  }
  return (
    <fieldset className="grid content-start gap-3">
      <legend className="mb-3 text-small font-medium text-ink-soft">{t("notifyWhere")}</legend>
      <CheckField label={t("notifyInPage")} hint={t("notifyInPageHint")} checked disabled readOnly />
      <CheckField
        label={t("notifyBrowser")}
        hint={reason[allowed]}
        checked={chosen.browser && allowed === "granted"}
        disabled={allowed === "denied" || allowed === "unsupported"}
        onChange={(event) => void chooseBrowser(event.target.checked)}
      />
      <CheckField
        label={t("notifySound")}
        checked={chosen.sound}
        onChange={(event) => wish({ sound: event.target.checked })}
      />
      <div>
        <Button size="small" onClick={tryOut}>
          {t("notifyTest")}
        </Button>
      </div>
    </fieldset>
  );
}
