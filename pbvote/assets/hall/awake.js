// It begins with one press: browsers fill a screen, and keep it awake, only for somebody who asked for it.
export function stayAwake() {
  const start = document.getElementById("start");
  const begin = document.getElementById("begin");
  start.hidden = false;
  let lock = null;
  const hold = async () => {
    if (document.hidden || !navigator.wakeLock || start.hidden === false) return;
    lock = lock && !lock.released ? lock : await navigator.wakeLock.request("screen").catch(() => null);
  };
  const fill = () => document.documentElement.requestFullscreen && document.documentElement.requestFullscreen().catch(() => null);
  begin.addEventListener("click", () => {
    start.hidden = true;
    begin.blur(); // or the next key would still go to it
    fill();
    hold();
  });
  begin.focus();
  document.addEventListener("visibilitychange", hold);
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "f" && !event.ctrlKey && !event.metaKey) fill();
  });
}
