/* Which view is shown: the address says it. And the theme. */
"use strict";

{
  const { el } = report;
  const VIEWS = {
    overview: { title: "Overview" },
    groups: { title: "Removed texts", show: report.showGroups },
    group: { title: "Removed text", show: report.showGroup, within: "groups" },
    documents: { title: "Documents", show: report.showDocuments },
    document: { title: "Document", show: report.showDocument, within: "documents" },
    mined: { title: "Mined rules", show: report.showMined },
    review: { title: "Review", show: report.showReview },
  };
  let latest = 0;

  async function route(first) {
    const turn = (latest += 1);
    const [path, query] = location.hash.slice(1).split("?");
    const [wanted, key] = path.split("/");
    const name = Object.hasOwn(VIEWS, wanted) ? wanted : "overview";
    const view = VIEWS[name];
    const section = document.getElementById("view-" + name);
    try {
      if (view.show) {
        const making = document.createElement("section"); // so that of two quick turns the later one stays
        await view.show(making, key === undefined ? new URLSearchParams(query) : decodeURIComponent(key));
        if (turn !== latest) return;
        section.replaceChildren(...making.childNodes);
      }
    } catch (error) {
      section.replaceChildren(el("h1", { tabindex: "-1" }, "This cannot be shown"), el("p", { class: "note bad" }, error.message));
    }
    for (const other of document.querySelectorAll("main > section")) other.hidden = other !== section;
    for (const link of document.querySelectorAll(".top nav a")) {
      const current = link.getAttribute("href") === "#" + (view.within || name);
      if (current) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    const heading = section.querySelector("h1");
    document.title = (view.within ? heading.textContent.slice(0, 80) : view.title) + " – report of cleaner";
    if (!first) { heading.focus({ preventScroll: true }); window.scrollTo(0, 0); }
  }

  report.refresh = () => route(false);
  window.addEventListener("hashchange", report.refresh);
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault(); // its address is none of a view
    document.getElementById("main").focus();
  });

  const theme = document.getElementById("theme");
  const place = "cleaner-report-theme";
  function paint() {
    if (theme.value) document.documentElement.dataset.theme = theme.value;
    else delete document.documentElement.dataset.theme;
  }
  try { theme.value = localStorage.getItem(place) || ""; } catch { /* no storage here */ }
  theme.addEventListener("change", () => {
    paint();
    try { localStorage.setItem(place, theme.value); } catch { /* likewise */ }
  });
  paint();
  route(true);
}
