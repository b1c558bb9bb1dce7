/* Data comes in files that hand themselves over, since a page from file:// may not fetch; in a report of a single
   file it stands in the page. */
"use strict";

report.about = JSON.parse(document.getElementById("about").textContent);

{
  const promised = new Map();
  const waiting = new Map();
  const NAME = /^(rules|groups|documents|mined|group-\d+|document-\d+)$/;
  const policy = window.trustedTypes
    ? window.trustedTypes.createPolicy("cleaner", { createScriptURL: (url) => (/^data\/[a-z]+(-\d+)?\.js$/.test(url) ? url : "") })
    : { createScriptURL: (url) => url };

  /* What a file of data calls. */
  window.cleanerData = (name, value) => { if (waiting.has(name)) waiting.get(name)(value); };

  /* A promise of the data under a name; each is loaded once. */
  report.load = function (name) {
    if (!NAME.test(name)) throw new Error("no such data: " + name);
    if (!promised.has(name)) promised.set(name, read(name));
    return promised.get(name);
  };

  function read(name) {
    const block = document.getElementById("data-" + name);
    if (block) return Promise.resolve(JSON.parse(block.textContent));
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      waiting.set(name, (value) => { waiting.delete(name); script.remove(); resolve(value); });
      script.onerror = () => {
        promised.delete(name);
        script.remove();
        reject(new Error("data/" + name + ".js cannot be read; it belongs beside this page"));
      };
      script.src = policy.createScriptURL("data/" + name + ".js");
      document.head.append(script);
    });
  }
}

/* Groups and documents as objects, by what their rows hold. */
report.groups = async function () {
  const [data, rules] = await Promise.all([report.load("groups"), report.rules()]);
  if (!data.items) {
    data.items = data.rows.map(([key, text, ruleNumbers, removals, documents, risk, reasons, places, lowest, languages, shard]) => ({
      key, text, removals, documents, risk, lowest, languages, shard, reasons,
      rules: ruleNumbers.map((number) => rules.list[number][0]),
      places: places.map((number) => data.places[number]),
      category: rules.list[ruleNumbers[0]][0].split("/")[0],
      folded: text.toLowerCase(),
    }));
    data.byKey = new Map(data.items.map((item) => [item.key, item]));
  }
  return data;
};

report.documents = async function () {
  const data = await report.load("documents");
  if (!data.items) {
    data.items = data.rows.map(([number, name, place, language, share, removals, held, categories, shard]) => ({
      number, name, language, share, removals, held: Boolean(held), categories, shard,
      place: data.places[place],
      folded: name.toLowerCase(),
    }));
    data.byNumber = new Map(data.items.map((item) => [item.number, item]));
  }
  return data;
};

report.rules = async function () {
  const list = await report.load("rules");
  return { list, summaries: new Map(list) };
};
