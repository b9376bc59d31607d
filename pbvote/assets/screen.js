// Pages on the hall's screen have no buttons in sight: Escape leads back, as it ends a slide show.
import { runScreen } from "./screen/run.js";

const back = document.querySelector("[data-back]");

if (back) {
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") back.click();
  });
}
runScreen();
