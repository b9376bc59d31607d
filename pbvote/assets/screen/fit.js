// A scene that holds more than its screen (a long title in a long hall). Letters that the last row can read come first: so what
// is larger gets smaller, then pictures and codes go that somebody has in another place too, and letters shrink last of all.
const STEP = 0.94;
const PLAINEST = 0.55;
const LEAST = 0.2;

const isTooTall = (scene) => [scene, ...scene.querySelectorAll(".reveal")].some((part) => part.scrollHeight > part.clientHeight + 1);

function fitsStretched(scene) {
  for (let stretch = 1; stretch > PLAINEST; stretch *= STEP) {
    scene.style.setProperty("--stretch", stretch);
    if (!isTooTall(scene)) return true;
  }
  return false;
}

export function fit(scene) {
  const spare = [...scene.querySelectorAll("[data-spare]")].sort((one, other) => one.dataset.spare - other.dataset.spare);
  scene.style.removeProperty("--letters");
  for (const one of spare) one.toggleAttribute("hidden", false);
  if (fitsStretched(scene)) return;
  for (const one of spare) {
    one.toggleAttribute("hidden", true);
    if (fitsStretched(scene)) return;
  }
  const usual = parseFloat(getComputedStyle(scene).getPropertyValue("--letters"));
  for (let size = usual * STEP; isTooTall(scene) && size > usual * LEAST; size *= STEP) {
    scene.style.setProperty("--letters", `${size}svh`);
  }
}
