// A scene that holds more than its screen (a long title in a long hall) gets smaller letters: to be read from the middle of
// the hall is better than to be cut off.
const STEP = 0.94;
const LEAST = 0.4;

const isTooTall = (scene) => [scene, ...scene.querySelectorAll(".reveal")].some((part) => part.scrollHeight > part.clientHeight + 1);

export function fit(scene) {
  scene.style.removeProperty("--letters");
  const usual = parseFloat(getComputedStyle(scene).getPropertyValue("--letters"));
  for (let size = usual * STEP; isTooTall(scene) && size > usual * LEAST; size *= STEP) {
    scene.style.setProperty("--letters", `${size}svh`);
  }
}
