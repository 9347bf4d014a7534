export const create = {
  title: "New",
};
