import type { Strings } from "@/strings/en";

import { admin } from "./admin";
import { assets } from "./assets";
import { auth } from "./auth";
import { common } from "./common";
import { create } from "./create";
import { dashboard } from "./dashboard";
import { design } from "./design";
import { history } from "./history";
import { job } from "./job";
import { jobs } from "./jobs";
import { news } from "./news";
import { settings } from "./settings";
import { share } from "./share";

export const strings: Strings = {
  admin,
  assets,
  auth,
  common,
  create,
  dashboard,
  design,
  history,
  job,
  jobs,
  news,
  settings,
  share,
};
