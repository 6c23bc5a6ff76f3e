// The neighbourhood as a picture one can walk in; the pages /hubungan and /jalur say the same in tables.
const holder = document.querySelector("#explorer");
const colour = { library: "#0b5351", agreement: "#7c3f12", network: "#1d5e8a", partnership: "#1d5e8a" };
const shape = { agreement: "round-rectangle", network: "hexagon", partnership: "diamond" };
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
const [ink, paper] = dark ? ["#eceae3", "#151a1a"] : ["#1d2423", "#fbf9f4"];
const cy = cytoscape({
  container: holder, minZoom: 0.2, maxZoom: 1.5,
  style: [
    { selector: "node", style: { label: "data(text)", "background-color": (node) => colour[node.data("kind")] ?? "#4c5654", shape: (node) => shape[node.data("kind")] ?? "ellipse", "font-size": 11, "text-wrap": "wrap", "text-max-width": 110, "text-valign": "bottom", color: ink, "text-background-color": paper, "text-background-opacity": 0.8 } },
    { selector: "node.opened", style: { "border-width": 3, "border-color": "#b3541e" } },
    { selector: "edge", style: { width: 1.3, "line-color": "#8a958f", "curve-style": "straight" } },
    { selector: "edge[tie = 'agreement']", style: { "line-style": "dashed" } },
    { selector: "edge[!now]", style: { "line-style": "dotted", opacity: 0.6 } },
    { selector: ".off", style: { display: "none" } },
  ],
});
const opened = new Set();
const kinds = [...document.querySelectorAll("[data-kind]")];
const past = document.querySelector("#show-past");
const filter = () => {
  const hidden = new Set(kinds.filter((box) => !box.checked).map((box) => box.dataset.kind));
  cy.nodes().forEach((node) => node.toggleClass("off", hidden.has(node.data("kind"))));
  cy.edges().forEach((edge) => edge.toggleClass("off", !past.checked && !edge.data("now")));
  cy.nodes().forEach((node) => {
    const tied = node.connectedEdges().some((edge) => !edge.hasClass("off"));
    if (!tied && !opened.has(node.data("name"))) node.addClass("off");
  });
};
const count = () => { holder.dataset.nodes = cy.nodes().filter((node) => !node.hasClass("off")).length; };
const ask = async (parameters) => {
  const address = new URL(holder.dataset.query, location.href);
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  const answer = await fetch(address);
  return answer.ok ? answer.json() : { nodes: [], edges: [] };
};
const add = (found) => {
  for (const node of found.nodes) if (cy.getElementById(node.id).empty()) cy.add({ data: node });
  for (const edge of found.edges) if (cy.getElementById(edge.id).empty()) cy.add({ data: edge });
  filter();
  const around = { name: "concentric", concentric: (node) => (opened.has(node.data("name")) ? 2 : 1), levelWidth: () => 1, minNodeSpacing: 40 };
  const apart = { name: "cose", randomize: false, nodeRepulsion: 90000, nodeOverlap: 20, idealEdgeLength: 110 };
  const layout = opened.size < 2 && !holder.dataset.goal ? around : apart;
  cy.elements().not(".off").layout({ ...layout, animate: false, padding: 20, nodeDimensionsIncludeLabels: true }).run();
  count();
};
const expand = async (name) => {
  opened.add(name);
  add(await ask({ dari: name }));
  cy.nodes().forEach((node) => node.toggleClass("opened", opened.has(node.data("name"))));
};
cy.on("tap", "node", (event) => {
  const node = event.target.data();
  if (opened.has(node.name)) location.href = node.href; else expand(node.name);
});
for (const box of [...kinds, past]) box.addEventListener("change", () => { filter(); count(); });
if (holder.dataset.goal) {
  const way = await ask({ dari: holder.dataset.start, ke: holder.dataset.goal });
  opened.add(holder.dataset.start).add(holder.dataset.goal);
  add(way);
  if (!way.edges.length) { const told = document.querySelector("#told"); told.textContent = told.dataset.none; }
} else await expand(holder.dataset.start);
