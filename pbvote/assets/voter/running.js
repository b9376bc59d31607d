// Says how far along the ballot is. The words come from the page, already in the voter's language:
//   <form data-kind="score|approve|rank|points|budget" data-needed="11" data-text="{done} of {needed} marked"
//         data-text-complete="All {needed} marked" data-text-over="…" data-currency="GBP">
// {done}, {needed} and {left} are put in; for a budget they are money, of `data-pence` on each box.

const chosen = (form) => [...form.querySelectorAll("input:checked")].filter((input) => input.value);
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

const DONE = {
  score: (form) => new Set(chosen(form).map((input) => input.name)).size,
  approve: (form) => chosen(form).length,
  rank: (form) => new Set(chosen(form).map((input) => input.value)).size,
  points: (form) => sum([...form.querySelectorAll("input[type=number]")].map((input) => +input.value || 0)),
  budget: (form) => sum(chosen(form).map((input) => +input.dataset.pence || 0)),
};

// Keeps "£10,000" in one piece among words that run from right to left.
const isolate = (value) => `\u2068${value}\u2069`;

function writer({ kind, currency }) {
  if (kind !== "budget") return String;
  return (pence) => {
    const digits = pence % 100 ? 2 : 0;
    // The same £ and the same digits 0 to 9 as on the posters, whatever the language.
    const look = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits };
    return isolate(new Intl.NumberFormat("en-GB", look).format(pence / 100));
  };
}

export function keepCount(form) {
  const { kind, needed, text, textComplete, textOver } = form.dataset;
  const bar = form.querySelector(".running");
  const output = bar?.querySelector("output");
  if (!output || !DONE[kind]) return;
  const write = writer(form.dataset);
  const tell = () => {
    const done = DONE[kind](form);
    const left = needed - done;
    const words = (left < 0 && textOver) || (left === 0 && textComplete) || text;
    const values = { done: write(done), needed: write(+needed), left: write(Math.abs(left)) };
    const said = words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
    bar.classList.toggle("over", left < 0);
    // Saying the same again would make a screen reader repeat it.
    if (output.textContent !== said) output.textContent = said;
  };
  form.addEventListener("input", tell);
  // Coming back to the page brings back what was marked.
  addEventListener("pageshow", tell);
  tell();
}
