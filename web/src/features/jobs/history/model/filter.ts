import { JOB_STATES, type JobState, type JobSummary, type Priority } from "../../model/job";
import type { JobFilter } from "../../model/queries";

export const PRIORITIES = ["urgent", "high", "normal", "low"] as const satisfies readonly Priority[];

type JobOrder = NonNullable<JobFilter["sort"]>;

export const JOB_ORDERS = [
  "-created_at",
  "created_at",
  "-finished_at",
  "finished_at",
  "-priority",
  "priority",
] as const satisfies readonly JobOrder[];

export const NEWEST_FIRST = "-created_at";

/** What the address of the page says: which jobs, in which order. Days are those of the reader's calendar, `2026-05-01`. */
export interface HistoryFilter {
  states: readonly JobState[];
  pipeline: string;
  priority: Priority | "";
  text: string;
  /** The first day, "" for any. */
  from: string;
  /** The last day, "" for any. */
  until: string;
  sort: JobOrder;
}

export const EVERYTHING: HistoryFilter = {
  states: [],
  pipeline: "",
  priority: "",
  text: "",
  from: "",
  until: "",
  sort: NEWEST_FIRST,
};

/** As long as the server takes. */
export const MOST_TEXT_CHARACTERS = 100;
/** In how much of a description the server looks. */
const SEARCHED_CHARACTERS = 300;

/** What an address says; what it cannot mean counts as not said. */
export function readFilter(search: URLSearchParams): HistoryFilter {
  const said = new Set(search.getAll("state"));
  return {
    states: JOB_STATES.filter((state) => said.has(state)),
    pipeline: /^[a-z][a-z0-9_]{0,59}$/.exec(search.get("pipeline") ?? "")?.[0] ?? "",
    priority: PRIORITIES.find((priority) => priority === search.get("priority")) ?? "",
    text: (search.get("text") ?? "").replaceAll("\0", "").slice(0, MOST_TEXT_CHARACTERS),
    from: dayOf(search.get("from")),
    until: dayOf(search.get("until")),
    sort: JOB_ORDERS.find((order) => order === search.get("sort")) ?? NEWEST_FIRST,
  };
}

/** The shortest address that says it. */
export function writeFilter(filter: HistoryFilter): URLSearchParams {
  const search = new URLSearchParams(filter.states.map((state) => ["state", state]));
  for (const name of ["pipeline", "priority", "text", "from", "until"] as const) {
    if (filter[name] !== "") search.set(name, filter[name]);
  }
  if (filter.sort !== NEWEST_FIRST) search.set("sort", filter.sort);
  return search;
}

/** The same as the server is asked. */
export function askedOf(filter: HistoryFilter): JobFilter {
  const text = filter.text.trim();
  return {
    ...(filter.states.length > 0 && { state: [...filter.states] }),
    ...(filter.pipeline !== "" && { pipeline: [filter.pipeline] }),
    ...(filter.priority !== "" && { priority: [filter.priority] }),
    ...(text !== "" && { text }),
    ...(filter.from !== "" && { created_after: startOf(filter.from, 0) }),
    ...(filter.until !== "" && { created_before: startOf(filter.until, 1) }),
    sort: filter.sort,
  };
}

export function isNarrow(filter: HistoryFilter): boolean {
  return writeFilter({ ...filter, sort: NEWEST_FIRST }).size > 0;
}

/** Whether a job belongs in a list, as the server decides. */
export function fits(asked: JobFilter, job: JobSummary): boolean {
  const made = Date.parse(job.created_at);
  return (
    (asked.state?.includes(job.state) ?? true) &&
    (asked.pipeline?.includes(job.pipeline) ?? true) &&
    (asked.priority?.includes(job.priority) ?? true) &&
    (asked.created_after == null || made > Date.parse(asked.created_after)) &&
    (asked.created_before == null || made < Date.parse(asked.created_before)) &&
    hasText(job, asked.text?.toLowerCase() ?? "")
  );
}

function hasText(job: JobSummary, text: string): boolean {
  const description = job.description.slice(0, SEARCHED_CHARACTERS).toLowerCase();
  return description.includes(text) || job.pipeline.includes(text) || job.id.startsWith(text);
}

function dayOf(text: string | null): string {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return "";
  return Number.isNaN(new Date(`${text}T00:00`).getTime()) ? "" : text;
}

/** The moment at which a day begins here, or the one that many days later. */
function startOf(day: string, daysLater: number): string {
  const moment = new Date(`${day}T00:00`);
  moment.setDate(moment.getDate() + daysLater);
  return moment.toISOString();
}
