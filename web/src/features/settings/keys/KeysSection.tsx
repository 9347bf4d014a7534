import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Empty } from "@/components/ui/Empty";
import { Panel } from "@/components/ui/Panel";

import { Rows } from "../components/Rows";
import { Shown } from "../components/Shown";
import { KeyRow } from "./KeyRow";
import { keysQuery } from "./keys";
import { NewKeyDialog } from "./NewKeyDialog";

export function KeysSection() {
  const { t } = useTranslation("settings");
  const [isMaking, setMaking] = useState(false);
  const make = (
    <Button size="small" look="primary" onClick={() => setMaking(true)}>
      {t("newKey")}
    </Button>
  );
  return (
    <Panel title={t("keys")} actions={make} className="max-w-4xl">
      <p className="mb-5 text-small text-ink-soft">{t("keysLead")}</p>
      <Shown query={useQuery(keysQuery)}>
        {(keys) =>
          keys.length === 0 ? (
            <Empty icon={<KeyRound aria-hidden className="size-8" />} title={t("noKeys")}>
              {t("noKeysHint")}
            </Empty>
          ) : (
            <Rows label={t("keys")}>
              {keys.map((key) => (
                <KeyRow key={key.id} apiKey={key} />
              ))}
            </Rows>
          )
        }
      </Shown>
      {isMaking && <NewKeyDialog onClose={() => setMaking(false)} />}
    </Panel>
  );
}
