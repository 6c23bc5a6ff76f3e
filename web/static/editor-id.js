// The editor's own words in Indonesian: it takes no texts, so they are put in their place whenever it draws.
const WORDS = {
  "Add tab": "Tambah tab", "Add a new tab": "Tambah tab", "Close tab": "Tutup tab", "Clear endpoint": "Kosongkan alamat",
  "Open settings": "Buka pengaturan", "Close settings": "Tutup pengaturan", Settings: "Pengaturan", "Run query": "Jalankan kueri",
  "Share query": "Bagikan kueri", "Download result": "Unduh hasil", "Download Results": "Unduh hasil", Query: "Kueri", "SPARQL endpoint": "Alamat SPARQL",
  "View documentation of Table": "Penjelasan tabel (bahasa Inggris)", "Shows Response view": "Tampilkan jawaban mentah",
  "Shows Table view": "Tampilkan tabel", Table: "Tabel", Response: "Jawaban", First: "Pertama", Previous: "Sebelumnya",
  Next: "Berikutnya", Last: "Terakhir", pagination: "Halaman", "Filter query results": "Saring hasil", "Page size:": "Baris per halaman:",
  "Simple view": "Ringkas", Ellipse: "Potong teks panjang", All: "Semua", "Accept Headers": "Tajuk Accept", Arguments: "Parameter",
  "Header Arguments": "Tajuk permintaan", "Default Graphs": "Graf bawaan", "Named Graphs": "Graf bernama", "Request method": "Metode",
  "No matching records found": "Tidak ada baris yang cocok", "No data available in table": "Tidak ada hasil",
};
const PATTERNS = [
  [/^Showing (.+) to (.+) of (.+?) entries(.*)$/, "Baris $1–$2 dari $3"],
  [/^(.+) results? in (.+) seconds?$/, "$1 hasil dalam $2 detik"],
  [/^(.+): Activate to .*$/, "$1: urutkan"],
];
const said = (text) => {
  const found = PATTERNS.find(([pattern]) => pattern.test(text));
  return WORDS[text] ?? (found ? text.replace(...found) : text);
};
const put = (place) => {
  for (const one of [place, ...place.querySelectorAll("[title], [aria-label], [placeholder]")])
    for (const name of ["title", "aria-label", "placeholder"]) {
      const text = one.getAttribute(name);
      if (text && said(text) !== text) one.setAttribute(name, said(text));
    }
  const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const one = texts.currentNode, text = one.data.trim();
    if (text && !one.parentElement.closest("td, .CodeMirror") && said(text) !== text) one.data = said(text);
  }
};
export const inIndonesian = (place) => {
  put(place);
  const changes = { subtree: true, childList: true, characterData: true, attributeFilter: ["title", "aria-label"] };
  new MutationObserver(() => put(place)).observe(place, changes);
};
