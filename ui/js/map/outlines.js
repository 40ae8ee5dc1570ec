// Where no street tiles answer, and below them until they do: countries, Korea's coast and its districts; and the
// stations of the capital area, which go on top of every map.
import { LngLatBounds } from "maplibre-gl";
import { feature, mesh } from "topojson-client";

export const empty = () => ({ type: "FeatureCollection", features: [] });
export const points = (items, properties) => ({
  type: "FeatureCollection",
  features: items.map((item) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [item.lon, item.lat] },
    properties: properties(item),
  })),
});

// The middle of a district's largest outline: good enough for its name.
function middle(geometry) {
  const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.coordinates.map((polygon) => polygon[0]);
  const ring = rings.reduce((a, b) => (b.length > a.length ? b : a));
  const box = ring.reduce((bounds, point) => bounds.extend(point), new LngLatBounds(ring[0], ring[0]));
  return { lon: box.getCenter().lng, lat: box.getCenter().lat };
}

// The operators' own colours, by which people know the lines.
const LINES = {
  "1호선": "#0052a4", "2호선": "#00a84d", "3호선": "#ef7c1c", "4호선": "#00a5de", "5호선": "#996cac", "6호선": "#cd7c2f", "7호선": "#747f00",
  "8호선": "#e6186c", "9호선": "#bdb092", "경의중앙선": "#77c4a3", "수인분당선": "#fabe00", "신분당선": "#d4003b", "경춘선": "#0c8e72",
  "공항철도": "#0090d2", "경강선": "#003da5", "서해선": "#81a914", "우이신설선": "#b7c452", "신림선": "#6789ca", "김포골드라인": "#a17800",
  "의정부경전철": "#fda600", "에버라인": "#6fb245", "인천1호선": "#7ca8d5", "인천2호선": "#ed8b00", "GTX-A": "#9a6292",
};

function station(row) {
  const [name, lines, lat, lon] = row.split(",");
  const [first] = lines.split(";");
  return { name: name.endsWith("역") ? name : `${name}역`, colour: LINES[first] ?? "#777", lat: Number(lat), lon: Number(lon) };
}

let loading;
/** The contents of the sources, by name. */
export function loadOutlines(assets) {
  const get = async (name) => (await fetch(assets[name])).json();
  const stations = async () => (await (await fetch(assets["geo/stations.csv"])).text()).trim().split("\n").slice(1).map(station);
  loading ??= Promise.all([get("geo/world.json"), get("geo/korea.json"), get("geo/korea-seas.json"), stations()]);
  return loading.then(([world, korea, sea, stops]) => ({
    land: feature(world, world.objects.countries),
    borders: mesh(world, world.objects.countries, (a, b) => a !== b),
    "korea-sea": sea,
    districts: mesh(korea, korea.objects.districts),
    names: points(
      feature(korea, korea.objects.districts).features.map(({ properties, geometry }) => ({ ...middle(geometry), name: properties.name })),
      ({ name }) => ({ name }),
    ),
    stations: points(stops, ({ name, colour }) => ({ name, colour })),
  })).catch((error) => {
    loading = undefined;
    throw error;
  });
}
