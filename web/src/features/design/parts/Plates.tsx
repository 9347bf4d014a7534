import { useTranslation } from "react-i18next";

import { Ago } from "@/components/ui/Ago";
import { Button } from "@/components/ui/Button";
import { Facts, Panel } from "@/components/ui/Panel";
import { Cell, Row, Table } from "@/components/ui/Table";
import { formatBytes, formatDuration } from "@/lib/format";

import { Part, Shown } from "./Part";

const MADE_AT = "2026-05-01T10:00:00Z";
const FILES = [
  { name: "video.mp4", bytes: 885_000 },
  { name: "speech.wav", bytes: 606_000 },
] as const;

export function Plates() {
  const { t } = useTranslation("design");
  const { t: tCommon } = useTranslation();
  return (
    <Part title={t("panels")} lead={t("panelsLead")}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-[repeat(2,minmax(0,1fr))]">
        <Shown name="Panel, Facts, Ago">
          <Panel title={t("panelTitle")} actions={<Button size="small">{tCommon("save")}</Button>}>
            <Facts
              rows={[
                [t("factLength"), <span className="figures">{formatDuration(83)}</span>],
                [t("factMade"), <Ago moment={MADE_AT} />],
              ]}
            />
          </Panel>
        </Shown>
        <Shown name="Table, Row, Cell">
          <Table
            label={t("tableLabel")}
            columns={[
              { key: "name", head: t("columnName") },
              { key: "size", head: t("columnSize"), isFigure: true },
            ]}
          >
            {FILES.map(({ name, bytes }) => (
              <Row key={name}>
                <Cell>{name}</Cell>
                <Cell name={t("columnSize")} isFigure>
                  {formatBytes(bytes)}
                </Cell>
              </Row>
            ))}
          </Table>
        </Shown>
      </div>
    </Part>
  );
}
