import type { ReactNode } from "react";
import { Link } from "react-router";

import { paths } from "@/config/paths";

import { type JobSummary, nameOf } from "../model/job";

interface JobRowProps {
  job: JobSummary;
  /** A line below the name. */
  about: ReactNode;
  /** To the right of the name, or below it where there is no room. */
  children: ReactNode;
}

/** A job in a short list: its name leads to it. */
export function JobRow({ job, about, children }: JobRowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-5 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 grow basis-56">
        <Link
          to={paths.job(job.id)}
          dir="auto"
          title={nameOf(job)}
          className="block truncate text-left font-medium hover:underline"
        >
          {nameOf(job)}
        </Link>
        <div className="line-clamp-2 text-small wrap-anywhere text-ink-faint">{about}</div>
      </div>
      {children}
    </li>
  );
}
