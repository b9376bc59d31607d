// A page on the hall's screen has no buttons in sight: Escape leads back, as it ends a slide show.
const back = document.querySelector("[data-back]");

addEventListener("keydown", (event) => {
  if (event.key === "Escape") back.click();
});
