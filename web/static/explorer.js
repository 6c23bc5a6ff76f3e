// The neighbourhood as a picture one can walk in; the page /hubungan says the same in a table.
const holder = document.querySelector("#explorer");
const colour = { library: "#0b5351", agreement: "#7c3f12", network: "#1d5e8a", partnership: "#1d5e8a" };
const cy = cytoscape({
  container: holder, minZoom: 0.2, maxZoom: 3,
  style: [
    { selector: "node", style: { label: "data(text)", "background-color": (node) => colour[node.data("kind")] ?? "#4c5654", "font-size": 11, "text-wrap": "wrap", "text-max-width": 110, "text-valign": "bottom", color: "#1d2423", "text-background-color": "#fbf9f4", "text-background-opacity": 0.8 } },
    { selector: "edge", style: { width: 1.3, "line-color": "#8a958f", "curve-style": "straight" } },
    { selector: "edge[tie = 'agreement']", style: { "line-style": "dashed" } },
    { selector: ".off", style: { display: "none" } },
  ],
});
const opened = new Set();
const filter = () => {
  for (const [id, tie] of [["#agreements", "agreement"], ["#memberships", "membership"]])
    cy.edges(`[tie = '${tie}']`).toggleClass("off", !document.querySelector(id).checked);
};
const expand = async (name) => {
  opened.add(name);
  const address = new URL(holder.dataset.query, location.href);
  address.searchParams.set("dari", name);
  const found = await (await fetch(address)).json();
  for (const node of found.nodes) if (cy.getElementById(node.id).empty()) cy.add({ data: node });
  for (const edge of found.edges) if (cy.getElementById(edge.id).empty()) cy.add({ data: edge });
  filter();
  cy.layout({ name: "cose", animate: false, randomize: opened.size === 1, nodeRepulsion: 90000, idealEdgeLength: 110, padding: 20 }).run();
};
cy.on("tap", "node", (event) => {
  const node = event.target.data();
  if (opened.has(node.name)) location.href = node.href; else expand(node.name);
});
for (const id of ["#agreements", "#memberships"]) document.querySelector(id).addEventListener("change", filter);
await expand(holder.dataset.start);
