// The colours that the style sheets have for the theme now: tokens of `kit/tokens.css`, and the map's own.
const NAMES = [
  "surface", "text", "text-soft", "line-strong", "leaf", "on-leaf", "honey",
  "map-land", "map-sea", "map-green", "map-building", "map-street", "map-street-edge", "map-main", "map-main-edge",
  "map-rail", "map-label", "map-water-label", "map-border",
];

export function colours(element) {
  const probe = document.createElement("span");
  element.append(probe);
  const read = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const found = Object.fromEntries(NAMES.map((name) => [name, read(name)]));
  probe.remove();
  return found;
}
