export const design = {
  title: "Design system",
};
