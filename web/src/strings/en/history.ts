export const history = {
  title: "Jobs",
};
