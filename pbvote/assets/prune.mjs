// Takes out of a built stylesheet what no page needs of the GOV.UK patterns: node prune.mjs SHEET SOURCE…
//
// A rule stays if each GOV.UK class of its selector stands in a source, as a whole or by its beginning, as in
// `govuk-input--width-{{ width }}` and `govuk-input__{{ part }}`. Our own rules all stay: whoever wrote one meant it. The body
// says once how letters are drawn, so the patterns' repetitions of that go, and so do names that no browser needs any more.

import { readFileSync, writeFileSync } from "node:fs";
import postcss from "postcss";

// Each stands beside the name that every browser of the last five years knows.
const OUTDATED = new Set([
  "-webkit-clip-path",
  "-webkit-text-decoration-skip",
  "-webkit-text-decoration-skip-ink",
  "text-decoration-skip",
]);

const [sheet, ...sources] = process.argv.slice(2);
const named = new Set(sources.flatMap((source) => readFileSync(source, "utf8").match(/govuk-[\w!-]+/g) ?? []));
const beginnings = [...named].filter((name) => /[-_]$/.test(name));

function isUsed(selector) {
  const classes = selector.replace(/:not\([^)]*\)/g, "").match(/\.govuk-(?:[\w-]|\\.)+/g) ?? [];
  const names = classes.map((each) => each.slice(1).replaceAll("\\", ""));
  return names.every((name) => named.has(name) || beginnings.some((beginning) => name.startsWith(beginning)));
}

function isRepeated({ prop, value, parent }) {
  if (prop === "font-family") return value === "inherit" && parent.parent.params === "print";
  return prop.endsWith("-font-smoothing") || OUTDATED.has(prop);
}

const root = postcss.parse(readFileSync(sheet, "utf8"));
root.walkRules((rule) => {
  const used = rule.selectors.filter(isUsed);
  if (used.length < rule.selectors.length) rule.selectors = used;
  if (rule.selector !== "body") rule.each((each) => void (each.type === "decl" && isRepeated(each) && each.remove()));
  if (!used.length || !rule.nodes.length) rule.remove();
});
// A colour that the root names needs no second value beside its name.
const known = new Set();
root.walkDecls(/^--/, (each) => void (each.parent.selector === ":root" && known.add(each.prop)));
root.walkDecls((each) => {
  each.value = each.value.replace(/var\((--[\w-]+), ?#\w+\)/g, (whole, name) => (known.has(name) ? `var(${name})` : whole));
});
root.walkAtRules((atRule) => {
  const before = atRule.prev();
  if (!atRule.nodes) return;
  if (!atRule.nodes.length) atRule.remove();
  else if (before?.type === "atrule" && before.name === "media" && before.params === atRule.params) {
    before.append(atRule.nodes);
    atRule.remove();
  }
});
writeFileSync(sheet, root.toString());
