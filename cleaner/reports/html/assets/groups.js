/* Removed texts: the list of them, and one of them with its samples. */
"use strict";

{
  const { el } = report;
  const reasons = new Map(report.about.reasons);

  const kind = {
    name: "groups",
    title: "Removed texts",
    back: "All removed texts",
    order: [],
    address: "#groups",
    sorts: {
      risk: { label: "risk", order: (a, b) => b.risk - a.risk || b.removals - a.removals || (a.key < b.key ? -1 : 1) },
      often: { label: "removed most often", order: (a, b) => b.removals - a.removals || b.risk - a.risk },
      rare: { label: "removed least often", order: (a, b) => a.removals - b.removals || b.risk - a.risk },
      score: { label: "lowest score", order: (a, b) => a.lowest - b.lowest || b.risk - a.risk },
      text: { label: "text", order: report.by((item) => item.folded) },
      rule: { label: "rule", order: report.by((item) => item.rules[0]) },
    },
    keeps(item, name, value) {
      if (name === "text") return item.folded.includes(value.toLowerCase());
      if (name === "rule") return item.rules.some((rule) => rule.includes(value.toLowerCase()));
      if (name === "category") return item.category === value;
      if (name === "language") return item.languages.includes(value);
      if (name === "place") return item.places.some((place) => place.toLowerCase().includes(value.toLowerCase()));
      if (name === "reason") return item.reasons.some(([reason]) => reason === value);
      return value === "none" ? !report.mark(item.key) : report.mark(item.key) === value;
    },
    render: (items) => report.groupCards(items),
  };

  report.showGroups = async function (section, values) {
    const data = await report.groups();
    kind.lead = "Each text once, however often it was removed. White space and numbers in it make no difference. " + data.note;
    kind.filters = [
      { name: "text", label: "Text" },
      { name: "category", label: "Category", options: report.options(data.items, (item) => [item.category]) },
      { name: "rule", label: "Rule" },
      { name: "place", label: "Site or folder" },
      { name: "language", label: "Language", options: report.options(data.items, (item) => item.languages) },
      { name: "reason", label: "Reason to look", options: report.about.reasons },
      { name: "mark", label: "Decision", options: [["none", "none yet"], ["keep", "keep"], ["accept", "accept"]] },
    ];
    report.list(section, kind, data.items, values);
  };

  report.groupCards = (items) => el("ol", { class: "cards" }, items.map(card));

  function card(item) {
    const id = "words-" + item.key;
    return el("li", { class: "card cat-" + item.category },
      el("p", { class: "words", id }, el("a", { href: "#group/" + item.key }, report.words(item.text))),
      el("p", { class: "about" }, el("span", {}, "removed " + times(item.removals) + (item.removals > 1 ? " in " + report.count(item.documents, "document") : "")
        + (item.places.length > 1 ? ", " + report.placesCount(item) : "") + "; score " + item.lowest.toFixed(2) + (item.removals > 1 ? " at least" : "")),
        report.chip(item.category), el("span", { class: "code" }, item.rules[0])),
      item.reasons.length ? el("p", { class: "about" }, item.reasons.map(([name, share]) => el("span", { class: "chip why" }, reasonText(name, share)))) : "",
      report.markButtons(item, id));
  }

  report.placesCount = (item) => report.number(item.places.length) + (item.places.length >= report.about.mostPlaces ? " or more" : "") + " sites or folders";
  const times = (count) => (count === 1 ? "once" : report.number(count) + " times");
  const reasonText = (name, share) => reasons.get(name) + (share < 1 ? " (" + report.percent(share) + ")" : "");

  report.detail = async (item) => new Map(await report.load("group-" + item.shard)).get(item.key);

  report.showGroup = async function (section, key) {
    const data = await report.groups();
    const item = data.byKey.get(key);
    if (!item) {
      section.replaceChildren(el("h1", { tabindex: "-1" }, "Not in this report"), el("p", {}, "This text is not among those that are listed. ", data.note), el("p", {}, el("a", { href: "#groups" }, "All removed texts")));
      return;
    }
    if (!kind.order.length) kind.order = [...data.items].sort(kind.sorts.risk.order);
    const [detail, rules, documents] = await Promise.all([report.detail(item), report.rules(), report.documents()]);
    const pattern = detail.keep
      ? el("code", {}, detail.keep)
      : "none: there is nothing in these words to tell lines by";
    section.replaceChildren(
      report.neighbours(kind, kind.order.indexOf(item), (other) => "#group/" + other.key),
      el("h1", { tabindex: "-1" }, report.words(item.text)),
      report.markButtons(item),
      el("dl", { class: "facts" },
        fact("Removed", times(item.removals) + " in " + report.count(item.documents, "document") + (detail.known ? "; " + report.number(detail.known) + " known to the baseline" : "")),
        fact("Why to look", item.reasons.length ? item.reasons.map(([name, share]) => [el("span", { class: "chip why" }, reasonText(name, share)), " "]).flat() : "nothing speaks for a second look"),
        fact("Category", report.chip(item.category), " ", report.about.categories[item.category] || ""),
        fact(item.rules.length > 1 ? "Rules" : "Rule", item.rules.map((rule, index) => [index ? el("br") : "", el("code", {}, rule), " ", rules.summaries.get(rule) || ""]).flat()),
        fact("Lowest score", item.lowest.toFixed(2), " (a line goes from ", String(report.about.threshold), " on)"),
        fact("Sites or folders", item.places.join(", ") + (item.places.length >= report.about.mostPlaces ? ", and maybe more" : "")),
        fact("Languages", item.languages.join(", ")),
        fact("“Keep” writes", pattern, detail.keep && !detail.whole ? ", which keeps every line that holds these words" : "")),
      el("h2", {}, report.count(detail.samples.length, "sample")),
      ...detail.samples.map((sample) => show(sample, documents)));
  };

  const fact = (name, ...value) => [el("dt", {}, name), el("dd", {}, ...value)];

  function show([number, name, line, rule, score, evidence, before, words, after, more, held, known, inline], documents) {
    const at = [report.words(name), ", line " + report.number(line)];
    const gone = [el("del", {}, words), more ? el("span", { class: "left-out" }, report.count(more, "more character")) : ""];
    const category = "cut cat-" + rule.split("/")[0];
    const text = inline
      ? [el("p", { dir: "auto" }, el("span", { class: "beside" }, before), el("span", { class: category + " inline" }, gone), el("span", { class: "beside" }, after))]
      : [before && el("p", { class: "beside", dir: "auto" }, before), el("div", { class: category }, el("p", { dir: "auto" }, gone)), after && el("p", { class: "beside", dir: "auto" }, after)];
    return el("figure", { class: "sample" },
      el("figcaption", {}, documents.byNumber.has(number) ? el("a", { href: "#document/" + number }, at) : at, held ? [" ", el("span", { class: "chip held" }, "held")] : "", known ? [" ", el("span", { class: "chip" }, "known")] : ""),
      el("div", { class: "paper" }, text),
      el("details", {}, el("summary", {}, "Score ", score.toFixed(2), ", by ", rule), el("div", { class: "evidence" }, report.evidence(evidence, score))));
  }
}
