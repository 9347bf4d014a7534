export const dashboard = {
  title: "Studio",
};
