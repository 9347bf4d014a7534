export const share = {
  title: "Shared result",
};
