/* A list that can be filtered, sorted and leafed through; its state stands in the address, so that links and the
   Back button keep it. */
"use strict";

{
  const { el } = report;
  const PAGE = 50;

  /* `kind` says what is listed: name, title, lead, filters, sorts, keeps(item, name, value), render(items). */
  report.list = function (section, kind, items, values) {
    const results = el("div", {});
    const state = Object.fromEntries(kind.filters.map((filter) => [filter.name, values.get(filter.name) || ""]));
    state.sort = values.get("sort") in kind.sorts ? values.get("sort") : Object.keys(kind.sorts)[0];
    let first = true;
    let page = Math.max(0, Number(values.get("page") || 1) - 1) || 0;

    function changed(name, value) {
      state[name] = value;
      page = 0;
      show();
    }
    const controls = kind.filters.map((filter) => control(filter, state[filter.name], (value) => changed(filter.name, value)));
    const sorts = Object.entries(kind.sorts).map(([name, sort]) => [name, sort.label]);
    controls.push(control({ name: "sort", label: "Sort by", options: sorts, always: true }, state.sort, (value) => changed("sort", value)));

    function show(focus) {
      const wanted = kind.filters.filter((filter) => state[filter.name]);
      const shown = items.filter((item) => wanted.every((filter) => kind.keeps(item, filter.name, state[filter.name])));
      shown.sort(kind.sorts[state.sort].order);
      kind.order = shown;
      page = Math.min(page, Math.max(0, Math.ceil(shown.length / PAGE) - 1));
      const start = page * PAGE;
      const part = shown.slice(start, start + PAGE);
      const said = !shown.length ? "Nothing matches." : part.length === shown.length
        ? "All " + report.number(shown.length) + " shown."
        : report.number(start + 1) + " to " + report.number(start + part.length) + " of " + report.number(shown.length) + ".";
      const turn = (step, label) => el("button", {
        type: "button", disabled: page + step < 0 || start + step * PAGE >= shown.length,
        onclick: () => { page += step; show(true); },
      }, label);
      const pager = () => el("div", { class: "pager" }, el("p", {}, said),
        shown.length > PAGE && el("div", { class: "row" }, turn(-1, "Previous"), turn(1, "Next")));
      results.replaceChildren(pager(), part.length ? kind.render(part) : "", part.length > 10 ? pager() : "");
      kind.address = address();
      if (!first) { report.say(said); history.replaceState(null, "", kind.address); }
      first = false;
      if (focus) { results.closest("section").querySelector("h1").focus(); window.scrollTo(0, 0); }
    }

    function address() {
      const query = new URLSearchParams();
      for (const filter of kind.filters) if (state[filter.name]) query.set(filter.name, state[filter.name]);
      if (state.sort !== Object.keys(kind.sorts)[0]) query.set("sort", state.sort);
      if (page) query.set("page", page + 1);
      return "#" + kind.name + (String(query) ? "?" + query : "");
    }

    section.replaceChildren(el("h1", { tabindex: "-1" }, kind.title), el("p", {}, kind.lead), el("div", { class: "filters", role: "search", "aria-label": "Filter and sort" }, controls), results);
    show();
  };

  function control(filter, value, changed) {
    let field;
    if (filter.options) {
      const options = filter.always ? filter.options : [["", "all"], ...filter.options];
      field = el("select", { name: filter.name, onchange: () => changed(field.value) },
        options.map(([name, label]) => el("option", { value: name, selected: name === value }, label)));
      if (value && field.value !== value) field.append(el("option", { value, selected: true }, value));
    } else {
      field = el("input", { name: filter.name, type: "search", value, autocomplete: "off", spellcheck: "false", oninput: () => changed(field.value) });
    }
    return el("label", {}, filter.label, field);
  }

  /* What occurs in items, most frequent first, as options. */
  report.options = function (items, values, most = 200) {
    const counts = new Map();
    for (const item of items) for (const value of values(item)) counts.set(value, (counts.get(value) || 0) + 1);
    const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return sorted.slice(0, most).map(([value, count]) => [value, value + " (" + report.number(count) + ")"]);
  };

  /* Links to what stands before and after in the list that was looked at last. */
  report.neighbours = function (kind, index, link) {
    const to = (item, label) => (item ? el("a", { href: link(item) }, label) : el("span", { class: "soft" }, label));
    const place = index < 0 ? "" : report.number(index + 1) + " of " + report.number(kind.order.length);
    return el("nav", { class: "pager", "aria-label": "In the list" },
      el("a", { href: kind.address }, kind.back),
      el("div", { class: "row" }, to(kind.order[index - 1], "Previous"), el("span", { class: "soft" }, place), to(index < 0 ? null : kind.order[index + 1], "Next")));
  };

  report.by = (value, direction = 1) => (a, b) => {
    const [left, right] = [value(a), value(b)];
    return left < right ? -direction : left > right ? direction : 0;
  };
}
