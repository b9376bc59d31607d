// What somebody could not read, reach or press on this page as it stands: a list of sentences, empty where all is well.
// Controls in running text may be lower than 24 px, as WCAG 2.5.8 allows.
() => {
  const found = [];
  const page = document.documentElement;
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const MAIN = ".govuk-button, .govuk-input, .govuk-select, .govuk-textarea, .govuk-radios__input, .govuk-checkboxes__input";
  const called = (each) =>
    `${each.tagName.toLowerCase()}.${each.className} “${(each.textContent || each.name || "").trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  const isShown = (each) =>
    each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !each.closest(".govuk-visually-hidden, .hidden, .unseen, .govuk-skip-link, svg");

  if (page.scrollWidth > page.clientWidth) found.push(`scrolls sideways: ${page.scrollWidth} of ${page.clientWidth}`);

  for (const each of document.body.querySelectorAll("*")) {
    if (!isShown(each)) continue;
    const box = each.getBoundingClientRect();
    const style = getComputedStyle(each);
    const hasText = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasText || !box.width) continue;
    const cutsOff = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
    if (cutsOff && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)) {
      found.push(`cut off: ${called(each)}`);
    }
    // A box with a colour of its own that its words leave: they lie over whatever stands beside it.
    if (each.matches(".govuk-tag") && each.scrollWidth > each.clientWidth + 1) found.push(`spills over: ${called(each)}`);
    const scrollsInItself = each.closest(".matrix"); // a table that is read in both directions may, by WCAG 1.4.10
    if (!scrollsInItself && (box.right > page.clientWidth + 1 || box.left < -1)) found.push(`off the page: ${called(each)}`);
  }

  const controls = [...document.querySelectorAll(CONTROLS)].filter(isShown);
  const boxes = controls.flatMap((each) => [...each.getClientRects()].map((box) => ({ each, box })));
  boxes.sort((one, other) => one.box.top - other.box.top);
  boxes.forEach((one, place) => {
    for (const other of boxes.slice(place + 1)) {
      if (other.box.top >= one.box.bottom - 1) break;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const isApart = one.each === other.each || one.each.contains(other.each) || other.each.contains(one.each);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (!isApart && across > 1 && down > 2) found.push(`overlap: ${called(one.each)} and ${called(other.each)}`);
    }
  });

  for (const each of controls) {
    const box = each.getBoundingClientRect();
    const isInText = each.tagName === "A" && getComputedStyle(each).display === "inline";
    const least = each.matches(MAIN) && innerWidth <= 360 ? 44 : 24;
    if (!isInText && (box.height < least - 0.5 || box.width < 24 - 0.5)) {
      found.push(`small: ${called(each)} is ${Math.round(box.width)} by ${Math.round(box.height)}`);
    }
  }
  return [...new Set(found)];
}
