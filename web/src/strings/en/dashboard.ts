export const dashboard = {
  title: "Studio",
  make: "Make something",
  loading: "Loading the studio",
  counts: "Jobs by state",
  all: "All jobs",

  yourTurn: "Your turn",
  moreTurns_one: "{{shown}} more waits",
  moreTurns_other: "{{shown}} more wait",
  itemOf: "{{stage}}, item {{number}}",
  open: "Open",

  runs: "What runs",
  moreRuns_one: "{{shown}} more under way",
  moreRuns_other: "{{shown}} more under way",
  left: "about {{time}} left",

  needsLook: "Needs a look",
  moreFailed: "All that failed",
  retry: "Retry",
  retryOf: "Retry {{name}}",

  finished: "Finished lately",
  moreFinished: "All that are done",
  watch: "Watch {{name}}",
  listen: "Listen to {{name}}",
  openOf: "Open {{name}}",

  figures: "The last {{days}} days",
  product: "Product",
  succeeded: "Done",
  failed: "Failed",
  successRate: "Success",
  medianTime: "Usual time",

  firstTitle: "Make your first video",
  firstText:
    "Give Soundstage a portrait and a script: it speaks the script, moves the face to it, and cuts a video with subtitles. With the engines that come with it, everything stays on this machine.",
  firstSample: "Try it with the sample",
  firstOwn: "Begin with your own files",
  firstSteps: "What happens to a script",
};
