import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";

import { tellInPage, tellOutsidePage } from "@/app/news";
import { paths } from "@/config/paths";
import { listenLive } from "@/lib/live";
import { claimAttention, NewsDesk } from "@/lib/notifications";
import { useVisible } from "@/lib/scope";

/** Tells of jobs that end or wait for somebody, unless their page is looked at. Shows nothing itself. */
export function Notifications() {
  const { t } = useTranslation("news");
  const { pathname } = useLocation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const isVisible = useVisible();
  const here = useRef({ t, pathname });
  const desk = useRef<NewsDesk>(null);

  useEffect(() => {
    here.current = { t, pathname };
  }, [t, pathname]);

  useEffect(() => {
    const go = (to: string) => void navigate(to);
    const made = (desk.current = new NewsDesk({
      shows: (job) => !document.hidden && here.current.pathname === paths.job(job),
      isLookedAt: () => !document.hidden,
      tell: (news) => void tellInPage(here.current.t, queries, news, go),
      tellOutside: (news) => void tellOutsidePage(here.current.t, queries, news, go),
    }));
    const stop = listenLive((message, isReader) => made.hear(message, isReader));
    return () => {
      stop();
      made.stop();
    };
  }, [queries, navigate]);

  useEffect(() => {
    if (!isVisible) return;
    const over = new AbortController();
    claimAttention(over.signal);
    desk.current?.look();
    return () => over.abort();
  }, [isVisible]);

  return null;
}
