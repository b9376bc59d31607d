// The setting of this phone: whether it keeps a member's groups for when there is no network.
import { canKeep, isOff, keepAgain, stopKeeping } from "./keeping.js";

const ON = ["Your groups open on this phone without a signal.", "Do not keep my groups on this phone"];
const NOT = ["This phone does not keep your groups. What you save without a signal is still sent later.", "Keep my groups on this phone"];

export function offerSetting() {
  const place = document.querySelector("[data-groups-setting]");
  if (!place || !canKeep()) return;
  const said = place.querySelector("[data-setting]");
  const button = place.querySelector("[data-keep]");
  const show = () => {
    [said.textContent, button.textContent] = isOff() ? NOT : ON;
  };
  button.addEventListener("click", async () => {
    if (isOff()) await keepAgain(place.dataset.worker);
    else await stopKeeping();
    show();
  });
  show();
  place.hidden = false;
}
