import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Facts, Panel } from "@/components/ui/Panel";
import { paths } from "@/config/paths";
import { formatBytes, formatMoment } from "@/lib/format";

import type { Job } from "../model/job";
import { useProduct } from "./JobHead";
import { valueText } from "./values";

/** What the job was made of: files, settings, engines, and the names by which others find it. */
export function AboutPanel({ job }: { job: Job }) {
  const { t } = useTranslation("job");
  const product = useProduct(job.pipeline);
  const rows = [
    [t("product"), `${product?.title ?? job.pipeline}, ${t("version", { version: job.version })}`],
    [t("madeAt"), formatMoment(job.created_at)],
    ...(job.generation > 1 ? [[t("runs"), t("runsTimes", { count: job.generation })] as const] : []),
    [t("jobId"), <Code key="id" text={job.id} />],
  ] as const;
  return (
    <Panel title={t("about")}>
      <div className="grid gap-5">
        <Facts rows={rows} />
        <Inputs job={job} />
        <Engines job={job} />
        <Parameters job={job} properties={propertiesOf(product?.params)} />
      </div>
    </Panel>
  );
}

function Inputs({ job }: { job: Job }) {
  const { t } = useTranslation("job");
  if (job.inputs.length === 0) return null;
  return (
    <Group name={t("inputs")}>
      <ul className="grid gap-2 text-small">
        {job.inputs.map((input) => (
          <li key={`${input.param}-${input.sha256}`} className="min-w-0">
            {input.asset_id === null ? (
              <span className="text-ink-soft">{t("inputGone")}</span>
            ) : (
              <Link to={paths.asset(input.asset_id)} className="underline underline-offset-4 wrap-anywhere">
                {input.name ?? input.param}
              </Link>
            )}
            {input.size_bytes !== null && (
              <span className="figures ml-2 text-ink-faint">{formatBytes(input.size_bytes)}</span>
            )}
            <Code text={t("sha256", { sha: input.sha256 })} />
          </li>
        ))}
      </ul>
    </Group>
  );
}

function Engines({ job }: { job: Job }) {
  const { t } = useTranslation("job");
  const used = new Map(
    job.stages.flatMap(({ made_by }) =>
      made_by.map(({ engine, version }) => [engine, version === "" ? engine : t("engineVersion", { engine, version })]),
    ),
  );
  if (used.size === 0) return null;
  return (
    <Group name={t("engines")}>
      <p className="text-small">{[...used.values()].join(", ")}</p>
    </Group>
  );
}

/** The settings as they were ordered, without the files, which stand above. */
function Parameters({ job, properties }: { job: Job; properties: Record<string, { title?: string }> }) {
  const { t } = useTranslation("job");
  const files = new Set(job.inputs.map(({ param }) => param));
  const rows = Object.entries(job.params)
    .filter(([name, value]) => value !== null && value !== "" && !files.has(name))
    .map(
      ([name, value]) =>
        [properties[name]?.title ?? name.replaceAll("_", " "), <Value key={name} value={value} />] as const,
    );
  if (rows.length === 0) return null;
  return (
    <Group name={t("parameters")}>
      <Facts rows={rows} />
    </Group>
  );
}

function Value({ value }: { value: unknown }) {
  return (
    <span dir="auto" className="line-clamp-6 whitespace-pre-wrap wrap-anywhere">
      {valueText(value)}
    </span>
  );
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="grid gap-2 border-t border-line pt-4">
      <h3 className="strip">{name}</h3>
      {children}
    </section>
  );
}

function Code({ text }: { text: string }) {
  return (
    <span className="block truncate font-mono text-tiny leading-5 text-ink-faint" title={text}>
      {text}
    </span>
  );
}

function propertiesOf(schema: Record<string, unknown> | undefined): Record<string, { title?: string }> {
  return isProperties(schema?.properties) ? schema.properties : {};
}

function isProperties(value: unknown): value is Record<string, { title?: string }> {
  return typeof value === "object" && value !== null;
}
