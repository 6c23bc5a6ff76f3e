// One key a decision: whatever bears data-key is pressed, followed or focused by that key, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = document.activeElement;
  if (at.matches("input:not([type=hidden]), textarea, select")) { if (event.key === "Escape") at.blur(); return; }
  const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!found) return;
  event.preventDefault();
  if (found.matches("input")) found.focus(); else found.click();
});
