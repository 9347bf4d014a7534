import "@/styles/tokens.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "@/app/App";
import { startTranslating } from "@/lib/i18n";
import { followOtherTabs, restoreSession } from "@/lib/session";
import { applyTheme } from "@/lib/theme";

applyTheme();
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no place for the page.");
followOtherTabs();
void restoreSession();
void startTranslating().then(() =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
