// Every scene that a page of the hall's screen holds, one after the other: `SCENES` in the tests of the screen.
window.SCENES = (() => {
  const scenes = [...document.querySelectorAll("[data-scene]")];
  const named = (scene) => scene.dataset.scene + (scene.dataset.bid ? ` ${scene.dataset.bid}` : "");

  // As the screen's own script does it: the others hidden, and the letters fitted again.
  function only(at) {
    scenes.forEach((scene, number) => (scene.hidden = number !== at));
    dispatchEvent(new Event("resize"));
  }

  function measured(scene, name) {
    const parts = [scene, ...scene.querySelectorAll(".reveal:not([hidden])")];
    const words = [...scene.querySelectorAll("p, h2, li, b, span")].filter(
      (one) => one.offsetParent && one.textContent.trim() && !one.closest(".unseen"),
    );
    const room = scene.getBoundingClientRect();
    const isCutOff = parts.some((part) => part.scrollHeight > part.clientHeight + 1);
    const outside = words.filter((one) => {
      const box = one.getBoundingClientRect();
      return box.right > room.right + 2 || box.left < room.left - 2 || box.bottom > room.bottom + 2;
    });
    const page = document.documentElement;
    const scrolls = page.scrollWidth > page.clientWidth || page.scrollHeight > page.clientHeight;
    const sizes = words.map((one) => (parseFloat(getComputedStyle(one).fontSize) / innerHeight) * 100);
    const wrong = [isCutOff && "cut off", scrolls && "scrolls", ...outside.map((one) => one.textContent.trim())];
    return { scene: name, wrong: wrong.filter(Boolean), letters: Math.min(99, ...sizes) };
  }

  return {
    only,
    // One of each kind: what is presented is drawn alike for every bid.
    kinds: () => [...new Map(scenes.map((scene, at) => [scene.dataset.scene, at])).values()],
    rename(title, other) {
      const names = document.querySelectorAll(".bid__title, .bid__group, .bid__next, .reveal--all li span, .scene h2");
      names.forEach((one, at) => (one.textContent = at % 2 ? title : other));
      document.querySelectorAll('[data-say="notice"]').forEach((one) => (one.textContent = title));
    },
    // Letters in hundredths of the screen's height, and whether anything is cut off or scrolls, in each scene and reveal.
    measured(letters) {
      document.documentElement.style.setProperty("--letters", `${letters}svh`);
      return scenes.flatMap((scene, at) => {
        const reveals = [...scene.querySelectorAll("[data-reveal]")];
        const shown = reveals.length ? reveals : [null];
        return shown.map((reveal) => {
          reveals.forEach((one) => (one.hidden = one !== reveal));
          only(at);
          const isAll = reveal && reveal.matches(".reveal--all");
          return measured(scene, isAll ? "all that is funded" : named(scene));
        });
      });
    },
  };
})();
