import { Pencil } from "lucide-react";
import { type SubmitEvent, type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button, IconButton } from "@/components/ui/Button";
import { CONTROL } from "@/components/ui/Field";
import { classes } from "@/lib/classes";

import { useChangeJob } from "../model/actions";
import { type Job, nameOf } from "../model/job";
import { useTellRefusal } from "./refusals";

const MOST_CHARACTERS = 2_000;

/** The name of the job, which can be changed where it stands. */
export function JobName({ job }: { job: Job }) {
  const { t } = useTranslation("job");
  const [isOpen, setOpen] = useState(false);
  const change = useChangeJob(job.id);
  const tellRefusal = useTellRefusal();
  function rename(description: string) {
    setOpen(false);
    if (description !== job.description) change.mutate({ description }, { onError: tellRefusal });
  }
  if (isOpen) return <NameForm name={job.description} onRename={rename} onLeave={() => setOpen(false)} />;
  return (
    <div className="mt-1 flex items-start gap-1">
      <h1 dir="auto" className="line-clamp-4 min-w-0 text-title font-semibold tracking-tight wrap-anywhere">
        {nameOf(job)}
      </h1>
      <IconButton label={t("rename")} onClick={() => setOpen(true)} className="-mt-0.5">
        <Pencil aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}

interface NameFormProps {
  name: string;
  onRename: (name: string) => void;
  onLeave: () => void;
}

function NameForm({ name, onRename, onLeave }: NameFormProps) {
  const { t } = useTranslation("job");
  const { t: tCommon } = useTranslation();
  const [text, setText] = useState(name);
  function submit(event: SubmitEvent) {
    event.preventDefault();
    onRename(text.trim());
  }
  function leaveOnEscape(event: KeyboardEvent) {
    if (event.key === "Escape") onLeave();
  }
  return (
    <form onSubmit={submit} className="mt-1 flex flex-wrap items-center gap-2">
      <h1 className="sr-only">{t("rename")}</h1>
      <input
        autoFocus
        dir="auto"
        aria-label={t("nameOfJob")}
        value={text}
        maxLength={MOST_CHARACTERS}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={leaveOnEscape}
        className={classes(CONTROL, "min-h-10 w-auto min-w-0 grow basis-60 text-lead font-semibold")}
      />
      <Button type="submit" look="primary">
        {tCommon("save")}
      </Button>
      <Button look="quiet" onClick={onLeave}>
        {tCommon("cancel")}
      </Button>
    </form>
  );
}
