/* Mined rules: which of them are accepted and which dropped, in what form, and the pack of those that are accepted.
   Decisions stay in this browser. */
"use strict";

{
  const { el } = report;
  const place = "cleaner-report-mined:" + report.about.digest;
  const decisions = new Map(); // by id: a mark ("" for none) and the TOML that somebody wrote in place of ours, if any
  try {
    for (const [id, mark, text] of JSON.parse(localStorage.getItem(place) || "[]")) {
      if (["", "accept", "drop"].includes(mark)) decisions.set(String(id), { mark, text: text === null ? null : String(text) });
    }
  } catch { /* no storage here: decisions last until the page is closed */ }

  const decisionOn = (id) => decisions.get(id) || { mark: "", text: null };
  const textOf = (item) => decisionOn(item.id).text ?? item.toml;

  function decide(id, change) {
    const decision = { ...decisionOn(id), ...change };
    if (!decision.mark && decision.text === null) decisions.delete(id);
    else decisions.set(id, decision);
    try { localStorage.setItem(place, JSON.stringify([...decisions].map(([key, { mark, text }]) => [key, mark, text]))); } catch { /* as above */ }
    report.showDecided();
  }

  report.minedDecided = () => [...decisions.values()].filter(({ mark }) => mark).length;
  report.forgetMined = () => { for (const id of [...decisions.keys()]) decide(id, { mark: "", text: null }); };

  async function load() {
    const data = await report.load("mined");
    data.items ??= data.rows.map(([id, summary, weight, pattern, removals, toml]) => ({
      id, summary, weight, pattern, removals, toml, folded: (id + " " + summary + " " + pattern).toLowerCase(),
    }));
    return data;
  }

  const kind = {
    name: "mined",
    title: "Mined rules",
    order: [],
    address: "#mined",
    filters: [
      { name: "text", label: "Text" },
      { name: "mark", label: "Decision", options: [["none", "none yet"], ["accept", "accept"], ["drop", "drop"]] },
    ],
    sorts: {
      often: { label: "most removals", order: (a, b) => b.removals - a.removals || (a.id < b.id ? -1 : 1) },
      rare: { label: "fewest removals", order: (a, b) => a.removals - b.removals || (a.id < b.id ? -1 : 1) },
      weight: { label: "lowest weight", order: report.by((item) => item.weight) },
      id: { label: "id", order: report.by((item) => item.id) },
    },
    keeps: (item, name, value) => (name === "text"
      ? item.folded.includes(value.toLowerCase())
      : decisionOn(item.id).mark === (value === "none" ? "" : value)),
    render: (items) => el("ol", { class: "cards" }, items.map(card)),
  };

  report.showMined = async function (section, values) {
    const data = await load();
    kind.lead = "Rules for lines that stand in many documents of a site, which nobody has read yet. Accept those that are no article; edit one to name its category, or what it must leave alone. Review has a pack of all that you accepted. " + data.note;
    report.list(section, kind, data.items, values);
  };

  function card(item) {
    const id = "rule-" + item.id.replace("/", "-");
    const field = el("textarea", { spellcheck: "false", "aria-label": "TOML of " + item.id, oninput: () => {
      decide(item.id, { text: field.value === item.toml ? null : field.value });
      edited.hidden = decisionOn(item.id).text === null;
    } });
    field.value = textOf(item);
    const edited = el("span", { class: "chip why", hidden: decisionOn(item.id).text === null }, "edited");
    const marks = [["accept", "Accept", "Into the pack"], ["drop", "Drop", "Lines that say this are the article's: no such rule"]];
    const buttons = marks.map(([mark, label, title]) => el("button", {
      type: "button", class: mark === "accept" ? "accept" : "keep drop", title, "aria-describedby": id, "aria-pressed": String(decisionOn(item.id).mark === mark),
      onclick: () => {
        decide(item.id, { mark: decisionOn(item.id).mark === mark ? "" : mark });
        buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(decisionOn(item.id).mark === marks[index][0])));
      },
    }, label));
    return el("li", { class: "card cat-repeat" },
      el("p", { class: "words code", id }, report.words(item.pattern)),
      el("p", { class: "about" }, el("span", {}, item.summary), edited),
      el("p", { class: "about" },
        item.removals ? el("a", { href: "#groups?rule=" + encodeURIComponent(item.id) }, report.count(item.removals, "removal")) : "no removals in this run",
        el("span", {}, "weight " + item.weight), el("span", { class: "code" }, item.id)),
      el("div", { class: "marks", role: "group", "aria-label": "Decision" }, buttons),
      el("details", {}, el("summary", {}, "Edit"), field));
  }

  /* What the review says of mined rules. */
  report.minedReview = async function () {
    const { head, items } = await load();
    const accepted = items.filter((item) => decisionOn(item.id).mark === "accept");
    const left = items.filter((item) => !decisionOn(item.id).mark);
    const said = report.count(accepted.length, "rule") + " accepted, " + report.number(items.length - accepted.length - left.length) + " dropped, " + report.number(left.length) + " not decided yet.";
    const file = el("textarea", { readonly: true, id: "pack", spellcheck: "false", "aria-label": "Pack of accepted rules" });
    file.value = head + accepted.map((item) => "\n" + textOf(item)).join("");
    const others = el("button", { type: "button", disabled: !left.length, onclick: () => {
      for (const item of left) decide(item.id, { mark: "accept" });
      report.refresh();
    } }, "Accept all not decided yet");
    return el("div", {}, el("h2", {}, "Mined rules"),
      el("p", {}, said + (accepted.length ? " Save this as mined.toml, then: cleaner rules test mined.toml; and clean with --pack mined.toml, without --learn." : " A pack of those that you accept is written here.")),
      accepted.length ? file : "",
      el("div", { class: "row bar-actions" }, accepted.length ? report.fileButtons(file, "mined.toml") : "", others));
  };

  report.showDecided();
}
