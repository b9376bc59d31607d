// Says how far along the ballot is. The words come from the page, already in the voter's language:
//   <form data-kind="score|approval|knapsack|ranked|cumulative|choose-then-score" data-needed="11" data-text="{done} of {needed} marked"
//         data-text-complete="All marked" data-text-over="Too many: {left} over" data-text-twice="{place} twice">
// {done}, {needed}, {left} and {place} are put in, in the digits 0 to 9 that are on the posters.

const chosen = (form) => [...form.querySelectorAll("input:checked")].filter((input) => input.value);

// Points in the digits of any of the voters' scripts; what can't be read counts nothing until the server says so.
export const points = ({ value }) => +value.replace(/[٠-٩۰-۹０-９]/g, (digit) => digit.charCodeAt(0) & 15) || 0;

const DONE = {
  score: (form) => chosen(form).length,
  approval: (form) => chosen(form).length,
  ranked: (form) => chosen(form).length,
  "choose-then-score": (form) => chosen(form).length,
  knapsack: (form) => chosen(form).reduce((total, input) => total + +input.dataset.pence, 0),
  cumulative: (form) => [...form.querySelectorAll("input[type=text]")].reduce((total, input) => total + points(input), 0),
};

// A place that two groups have, on a ballot of places; 0 where there is none.
function placeGivenTwice(form) {
  const places = chosen(form).map((input) => +input.value);
  return places.find((place, index) => places.indexOf(place) < index) || 0;
}

// An amount as the posters show it; a number of bids or points stays as it is.
function written(value, currency) {
  if (!currency) return value;
  const digits = value % 100 ? 2 : 0;
  const style = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat("en-GB", style).format(value / 100);
}

export function keepCount(form) {
  const { kind, needed, currency, text, textComplete, textOver, textTwice } = form.dataset;
  const bar = form.querySelector(".running");
  const output = bar.querySelector("output");
  const tell = () => {
    const done = DONE[kind](form);
    const left = needed - done;
    const place = textTwice ? placeGivenTwice(form) : 0;
    const words = (place && textTwice) || (left < 0 && textOver) || (left === 0 && textComplete) || text;
    const values = { place, done, needed: written(+needed, currency), left: written(Math.abs(left), currency) };
    const said = words.replace(/\{(\w+)\}/g, (whole, name) => values[name]);
    bar.classList.toggle("over", left < 0 || place > 0);
    // Saying the same again would make a screen reader repeat it.
    if (output.textContent !== said) output.textContent = said;
  };
  form.addEventListener("input", tell);
  tell();
  return tell;
}
