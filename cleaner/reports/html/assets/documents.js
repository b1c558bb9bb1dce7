/* Documents: the list of them, and one of them with its removals in place. */
"use strict";

{
  const { el } = report;

  const kind = {
    name: "documents",
    title: "Documents",
    back: "All documents",
    order: [],
    address: "#documents",
    sorts: {
      share: { label: "share that goes", order: (a, b) => b.share - a.share || a.number - b.number },
      removals: { label: "most passages", order: (a, b) => b.removals - a.removals || a.number - b.number },
      run: { label: "order of the run", order: (a, b) => a.number - b.number },
      name: { label: "name", order: report.by((item) => item.folded) },
      place: { label: "site or folder", order: report.by((item) => item.place) },
    },
    keeps(item, name, value) {
      if (name === "name") return item.folded.includes(value.toLowerCase());
      if (name === "category") return item.categories.includes(value);
      if (name === "language") return item.language === value;
      if (name === "place") return item.place.toLowerCase().includes(value.toLowerCase());
      return value === "held" ? item.held : value === "changed" ? item.removals > 0 : item.removals === 0;
    },
    render: (items) => el("table", { class: "documents" },
      el("thead", {}, el("tr", {}, ["document", "goes", "passages"].map((name, index) => el("th", { scope: "col", class: index ? "number" : "" }, name)),
        el("th", { scope: "col", class: "wide" }, "categories"), el("th", { scope: "col", class: "wide" }, "language"))),
      el("tbody", {}, items.map((item) => el("tr", {},
        el("th", { scope: "row" }, el("a", { href: "#document/" + item.number }, report.words(item.name)), item.held ? [" ", el("span", { class: "chip held" }, "held")] : ""),
        el("td", { class: "number" }, report.percent(item.share)),
        el("td", { class: "number" }, report.number(item.removals)),
        el("td", { class: "wide" }, el("span", { class: "chips" }, item.categories.map(report.chip))),
        el("td", { class: "wide" }, item.language))))),
  };

  report.showDocuments = async function (section, values) {
    const data = await report.documents();
    kind.lead = data.note;
    kind.filters = [
      { name: "name", label: "Name" },
      { name: "category", label: "Category", options: report.options(data.items, (item) => item.categories) },
      { name: "place", label: "Site or folder" },
      { name: "language", label: "Language", options: report.options(data.items, (item) => [item.language]) },
      { name: "state", label: "State", options: [["changed", "something goes"], ["held", "held"], ["unchanged", "nothing goes"]] },
    ];
    report.list(section, kind, data.items, values);
  };

  report.showDocument = async function (section, key) {
    const data = await report.documents();
    const item = data.byNumber.get(Number(key));
    if (!item) {
      section.replaceChildren(el("h1", { tabindex: "-1" }, "Not in this report"), el("p", {}, data.note), el("p", {}, el("a", { href: "#documents" }, "All documents")));
      return;
    }
    if (!kind.order.length) kind.order = [...data.items].sort(kind.sorts.share.order);
    const [shard, rules, groups] = await Promise.all([report.load("document-" + item.shard), report.rules(), report.groups()]);
    const [parts, dropped] = new Map(shard).get(item.number);
    const paper = el("article", { class: "paper", "aria-label": "Text" }, lines(parts, { rules, groups }));
    const without = el("input", { type: "checkbox", id: "without", onchange: () => paper.classList.toggle("without", without.checked) });
    section.replaceChildren(
      report.neighbours(kind, kind.order.indexOf(item), (other) => "#document/" + other.number),
      el("h1", { tabindex: "-1" }, report.words(item.name)),
      el("p", {}, item.removals ? report.count(item.removals, "passage") + ", " + report.percent(item.share) + " of the characters" : "Nothing goes",
        "; ", report.words(item.place), "; language: " + item.language + "."),
      item.held ? el("p", { class: "note bad" }, "This document is held: more of it would go than max_removed allows, so it is written as it was.") : "",
      el("p", { class: "row" }, item.categories.map(report.chip)),
      item.removals ? el("p", { class: "row bar-actions" }, el("label", {}, without, " Only what stays")) : "",
      paper,
      dropped[0] ? leftOut(dropped) : "");
  };

  function leftOut([count, characters, texts]) {
    return el("details", {}, el("summary", {}, "Left out of the page before any rule: " + report.count(count, "text") + ", " + report.count(characters, "character")),
      el("ul", { class: "plain dropped" }, texts.map(([rule, line, text]) => el("li", {}, el("span", { class: "code soft" }, rule + (line ? ", line " + line : "")), el("br"), report.words(text)))),
      count > texts.length ? el("p", { class: "soft" }, "and " + report.count(count - texts.length, "more text")) : "");
  }

  /* The text as paragraphs, one for a line. Removals of whole lines are boxes, those within a line stay in it. */
  function lines(parts, about) {
    const found = [];
    let line = null;
    const close = () => { if (line) found.push(line); line = null; };
    const write = (...pieces) => { line = line || el("p", { dir: "auto" }); line.append(...pieces); };
    parts.forEach((part, index) => {
      if (typeof part === "number") {
        close();
        found.push(el("span", { class: "left-out" }, report.count(part, "character") + " left out here"));
      } else if (typeof part === "string") {
        split(part).forEach((text, number) => {
          if (number) { write(); close(); }
          if (text) write(...report.pieces(text));
        });
      } else if (standsAlone(part[0], line, parts[index + 1])) {
        close();
        found.push(box(part, about));
      } else {
        write(inline(part, about));
        if (ENDS.test(part[0])) close();
      }
    });
    close();
    return found;
  }

  const split = (text) => text.split(/\r\n|\r|\n/);
  const [BEGINS, ENDS] = [/^\s*?[\r\n]/, /[\r\n]\s*$/];

  function standsAlone(text, line, next) {
    const begins = !line || !line.textContent.trim() || BEGINS.test(text);
    return begins && (ENDS.test(text) || typeof next !== "string" || BEGINS.test(next));
  }

  function box(part, about) {
    const rows = split(part[0].trim()).filter((text) => text.trim());
    const made = rows.map((text) => el("p", { dir: "auto" }, el("del", {}, text), " "));
    const all = el("div", { class: "cut cat-" + part[1].split("/")[0] }, made);
    made[made.length - 1].append(why(part, about, (panel) => all.append(panel)));
    return all;
  }

  function inline(part, about) {
    const all = el("span", { class: "cut inline cat-" + part[1].split("/")[0] }, el("del", {}, part[0].replace(/\s+$/, "")), " ");
    all.append(why(part, about, (panel) => all.closest("p").after(panel)));
    return all;
  }

  /* The button that names the rule, and what it opens. */
  function why([, rule, score, evidence, line, group, known], { rules, groups }, place) {
    const [category, name] = [rule.split("/")[0], rule.split("/").slice(1).join("/")];
    let panel = null;
    const button = el("button", { type: "button", class: "why-button", "aria-expanded": "false", onclick: toggle },
      el("span", { class: "hidden" }, "removed: "), el("b", {}, category), " " + name + " " + score.toFixed(2), known ? ", known" : "");
    function toggle() {
      if (!panel) {
        panel = el("div", { class: "evidence" },
          el("p", {}, el("code", {}, rule), " ", rules.summaries.get(rule) || "", " (line " + line + ")"),
          report.evidence(evidence, score),
          groups.byKey.has(group) ? el("p", {}, el("a", { href: "#group/" + group }, "This text in all documents")) : "");
        panel.hidden = true;
        place(panel);
      }
      panel.hidden = !panel.hidden;
      button.setAttribute("aria-expanded", String(!panel.hidden));
    }
    return button;
  }
}
