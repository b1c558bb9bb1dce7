/* What a reader decides about groups, and the lines of a cleaner.toml that say so. Decisions stay in this browser. */
"use strict";

{
  const { el } = report;
  const place = "cleaner-report:" + report.about.digest;
  const marks = new Map();
  try {
    for (const [key, mark] of JSON.parse(localStorage.getItem(place) || "[]")) {
      if (mark === "keep" || mark === "accept") marks.set(String(key), mark);
    }
  } catch { /* no storage here: decisions last until the page is closed */ }

  function save() {
    try { localStorage.setItem(place, JSON.stringify([...marks])); } catch { /* as above */ }
    report.showDecided();
  }

  const decided = () => marks.size + report.minedDecided();

  /* How much is decided, beside the name of the view. */
  report.showDecided = function () {
    const count = document.getElementById("marked");
    count.hidden = !decided();
    count.textContent = report.number(decided());
  };

  report.mark = (key) => marks.get(key) || "";

  /* The two buttons of a group. */
  report.markButtons = function (item, describedBy) {
    const buttons = [["keep", "Keep", "Lines that say this are the article's: never remove them"], ["accept", "Accept", "This may go"]];
    const made = buttons.map(([mark, label, title]) => el("button", {
      type: "button", class: mark, title, "aria-describedby": describedBy, "aria-pressed": String(report.mark(item.key) === mark),
      onclick: () => {
        if (report.mark(item.key) === mark) marks.delete(item.key);
        else marks.set(item.key, mark);
        save();
        made.forEach((button, index) => button.setAttribute("aria-pressed", String(report.mark(item.key) === buttons[index][0])));
      },
    }, label));
    return el("div", { class: "marks", role: "group", "aria-label": "Decision" }, made);
  };

  /* Buttons that copy what a field holds, and save it as a file. */
  report.fileButtons = function (file, name) {
    const copy = el("button", { type: "button", class: "primary", onclick: async () => {
      try { await navigator.clipboard.writeText(file.value); } catch { file.select(); document.execCommand("copy"); }
      report.say("Copied.");
      copy.textContent = "Copied";
    } }, "Copy");
    const download = el("button", { type: "button", onclick: () => {
      const link = el("a", { href: URL.createObjectURL(new Blob([file.value], { type: "application/toml" })), download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    } }, "Download");
    return [copy, download];
  };

  report.showReview = async function (section) {
    const { byKey } = await report.groups();
    const known = [...marks].filter(([key]) => byKey.has(key));
    const kept = known.filter(([, mark]) => mark === "keep").map(([key]) => byKey.get(key));
    const accepted = known.length - kept.length;
    const details = await Promise.all(kept.map((item) => report.detail(item)));
    const file = el("textarea", { readonly: true, id: "fragment", spellcheck: "false", "aria-label": "Lines for cleaner.toml" });
    const how = el("select", { id: "how", onchange: () => { file.value = fragment(kept, details, accepted, how.value); } },
      el("option", { value: "keep" }, "lines that are kept, whatever the rule"),
      el("option", { value: "tweak" }, "exceptions to rules, where that is enough"));
    file.value = fragment(kept, details, accepted, "keep");
    const clear = el("button", { type: "button", disabled: !decided(), onclick: () => { marks.clear(); report.forgetMined(); save(); report.refresh(); } }, "Forget all decisions");
    section.replaceChildren(
      el("h1", { tabindex: "-1" }, "Review"),
      el("p", {}, known.length
        ? report.count(kept.length, "text") + " to keep, " + report.number(accepted) + " accepted. With these lines in your cleaner.toml, the next run keeps what you kept."
        : "Nothing is decided yet. Choose Keep or Accept beside a removed text; what you keep is written here, as lines for your cleaner.toml. Nothing is sent anywhere."),
      kept.length ? el("div", {},
        el("p", {}, el("label", { for: "how" }, "Write them as "), how),
        file, el("div", { class: "row bar-actions" }, report.fileButtons(file, "cleaner.toml"), clear)) : el("div", { class: "row" }, clear),
      report.about.mined ? await report.minedReview() : "",
      known.length ? el("h2", {}, "Decisions") : "",
      report.groupCards(known.map(([key]) => byKey.get(key))));
  };

  /* TOML; patterns come escaped, as TOML strings. */
  function fragment(kept, details, accepted, how) {
    const lines = ["# From the review of a report: " + report.number(kept.length) + " kept, " + report.number(accepted) + " accepted."];
    const patterns = [];
    const tweaks = new Map();
    kept.forEach((item, index) => {
      const { keep, tweakable } = details[index];
      if (!keep) return;
      if (how === "tweak" && tweakable) {
        for (const rule of item.rules) tweaks.set(rule, [...(tweaks.get(rule) || []), keep]);
      } else {
        patterns.push("  # " + report.count(item.removals, "removal") + " by " + item.rules[0], "  " + keep + ",");
      }
    });
    if (patterns.length) {
      lines.push("# This stands above the first [table] of a cleaner.toml; where there is a `keep` already, add to its list.", "keep = [", ...patterns, "]");
    }
    for (const [rule, without] of tweaks) {
      lines.push("", "[[tweak]]", 'id = "' + rule + '"', "add_none = [", ...without.map((pattern) => "  " + pattern + ","), "]");
    }
    return lines.join("\n") + "\n";
  }
}
