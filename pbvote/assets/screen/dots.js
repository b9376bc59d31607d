// Turnout as dots, one for each slip; above 200 slips a dot stands for several, so that the last row still tells them apart.
const MOST = 200;
const SVG = "http://www.w3.org/2000/svg";

export function drawDots(picture, voted, slips) {
  const each = Math.max(1, Math.ceil(slips / MOST));
  const number = Math.ceil(slips / each);
  const across = Math.max(1, Math.ceil(Math.sqrt(number * 6)));
  const filled = Math.floor(voted / each);
  picture.setAttribute("viewBox", `0 0 ${across} ${Math.max(1, Math.ceil(number / across))}`);
  picture.replaceChildren();
  for (let at = 0; at < number; at += 1) {
    const dot = document.createElementNS(SVG, "circle");
    dot.setAttribute("cx", (at % across) + 0.5);
    dot.setAttribute("cy", Math.floor(at / across) + 0.5);
    dot.setAttribute("r", 0.38);
    dot.setAttribute("class", at < filled ? "turnout__dot turnout__dot--filled" : "turnout__dot");
    picture.append(dot);
  }
}
